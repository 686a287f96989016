import assert from "node:assert/strict";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerFeatureStoreRuntimeClient } from "@aws-sdk/client-sagemaker-featurestore-runtime";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import { MODEL_INPUT_NAMES } from "../../../../contracts/model-input";
import { SageMakerEndpoint } from "../../../../runtime/endpoints/aws/model-endpoint";
import { FeatureStore } from "../../../../runtime/stores/aws/feature-store";
import { S3Objects } from "../../../../runtime/stores/aws/s3-objects";
import { SsmPointers } from "../../../../runtime/stores/aws/ssm-pointers";
import { publishedNight } from "../../../../runtime/stores/published-night";
import { type FakeAnswer, fakeWire } from "../../support/fake-wire";

const OPEN = new AbortController().signal;

function clientOptions(answer: (request: { path: string; body: string }, attempt: number) => FakeAnswer) {
  const wire = fakeWire(answer);
  return {
    wire,
    options: {
      region: "ap-northeast-1",
      credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
      requestHandler: wire.handler,
      maxAttempts: 2,
      retryStrategy: undefined,
    },
  };
}

const json = (body: object, status = 200, headers = {}) => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

describe("FeatureStore", () => {
  const record = (values: Record<string, string>) =>
    Object.entries(values).map(([FeatureName, ValueAsString]) => ({ FeatureName, ValueAsString }));
  const full = {
    day: "2026-11-23",
    ...Object.fromEntries(MODEL_INPUT_NAMES.map((name, i) => [name, String(i / 10)])),
    baseline: "12.5",
    naive: "3",
  };

  it("asks for a batch by name and puts the model's columns in the contract's order, digit by digit", async () => {
    const shuffled = record(full)
      .reverse()
      .filter(({ FeatureName }) => FeatureName !== MODEL_INPUT_NAMES[2]);
    const { wire, options } = clientOptions(() =>
      json({
        Records: [{ FeatureGroupName: "g", RecordIdentifierValueAsString: "a", Record: shuffled }],
        Errors: [],
        UnprocessedIdentifiers: [],
      }),
    );
    const store = new FeatureStore(new SageMakerFeatureStoreRuntimeClient(options), "sales-v2");

    const { rows, unprocessed } = await store.readBatch(["a", "b"], OPEN);

    assert.deepEqual(rows.get("a"), {
      day: "2026-11-23",
      csv: MODEL_INPUT_NAMES.map((_, i) => (i === 2 ? "" : String(i / 10))).join(","),
      baseline: 12.5,
      naive: 3,
    });
    assert.deepEqual([rows.size, unprocessed], [1, []]);
    const [{ path, body, headers }] = wire.requests;
    assert.equal(path, "/BatchGetRecord");
    assert.match(headers.authorization!, /^AWS4-HMAC-SHA256 .*ap-northeast-1\/sagemaker\/aws4_request/);
    const [identifiers] = (JSON.parse(body) as { Identifiers: Record<string, unknown>[] }).Identifiers;
    assert.deepEqual(
      [identifiers!.FeatureGroupName, identifiers!.RecordIdentifiersValueAsString],
      ["sales-v2", ["a", "b"]],
    );
  });

  it("tells what was left unprocessed or failed by itself from what is not there", async () => {
    const { options } = clientOptions(() =>
      json({
        Records: [
          {
            FeatureGroupName: "g",
            RecordIdentifierValueAsString: "bad",
            Record: record({ day: "2026-11-23" }),
          },
        ],
        Errors: [
          {
            FeatureGroupName: "g",
            RecordIdentifierValueAsString: "c",
            ErrorCode: "InternalFailure",
            ErrorMessage: "",
          },
        ],
        UnprocessedIdentifiers: [{ FeatureGroupName: "g", RecordIdentifiersValueAsString: ["b"] }],
      }),
    );
    const store = new FeatureStore(new SageMakerFeatureStoreRuntimeClient(options), "g");

    const { rows, unprocessed } = await store.readBatch(["a", "b", "c", "bad"], OPEN);

    assert.deepEqual([rows.size, unprocessed], [0, ["b", "c"]]);
  });
});

describe("SageMakerEndpoint", () => {
  const invocation = {
    category: "drinks",
    variant: "challenger",
    version: "20260927-aaaaaaaa",
    csv: "1,2\n3,4",
    inferenceId: "r-drinks",
  } as const;

  it("names model and variant to a multi-model endpoint, and reads the container's one line", async () => {
    const { wire, options } = clientOptions(() => ({
      status: 200,
      headers: { "content-type": "text/csv; charset=utf-8" },
      body: "1.5,0.5",
    }));
    const endpoint = new SageMakerEndpoint(new SageMakerRuntimeClient(options), {
      forecast: "prod-forecast",
    });

    const answer = await endpoint.invoke(invocation, OPEN);

    const [{ path, headers, body }] = wire.requests;
    assert.deepEqual([path, body], ["/endpoints/prod-forecast/invocations", "1,2\n3,4"]);
    assert.deepEqual(
      ["target-model", "target-variant", "inference-id"].map((name) => headers[`x-amzn-sagemaker-${name}`]),
      ["drinks/20260927-aaaaaaaa.tar.gz", "challenger", "r-drinks"],
    );
    assert.deepEqual([headers["content-type"], headers.accept], ["text/csv", "text/csv"]);
    assert.deepEqual(answer, { text: "1.5,0.5", contentType: "text/csv; charset=utf-8" });
  });

  it("names neither to a serverless endpoint, which has one of each", async () => {
    const { wire, options } = clientOptions(() => ({ status: 200, headers: {}, body: "1,1" }));
    const names = { drinks: "dev-drinks", food: "f", daily: "d", confectionery: "c" };

    await new SageMakerEndpoint(new SageMakerRuntimeClient(options), names).invoke(invocation, OPEN);

    const [{ path, headers }] = wire.requests;
    assert.equal(path, "/endpoints/dev-drinks/invocations");
    assert.equal(headers["x-amzn-sagemaker-target-model"], undefined);
    assert.equal(headers["x-amzn-sagemaker-target-variant"], undefined);
  });

  it("tries a throttled call again, and a model's own fault not for ever", async () => {
    const throttled = clientOptions((_, attempt) =>
      attempt === 1
        ? json({ message: "slow down" }, 429, { "x-amzn-errortype": "ThrottlingException" })
        : { status: 200, headers: {}, body: "1,1" },
    );
    const broken = clientOptions(() =>
      json({ OriginalStatusCode: 500, Message: "model" }, 424, { "x-amzn-errortype": "ModelError" }),
    );

    const answer = await new SageMakerEndpoint(new SageMakerRuntimeClient(throttled.options), {
      forecast: "e",
    }).invoke(invocation, OPEN);
    const failing = new SageMakerEndpoint(new SageMakerRuntimeClient(broken.options), { forecast: "e" });

    assert.equal(answer.text, "1,1");
    assert.equal(throttled.wire.requests.length, 2);
    await assert.rejects(failing.invoke(invocation, OPEN), { name: "ModelError" });
    assert.ok(broken.wire.requests.length <= 2);
  });
});

describe("SsmPointers", () => {
  it("reads all pointers of the environment, page by page", async () => {
    const page = (names: readonly string[], NextToken?: string) =>
      json({ Parameters: names.map((Name) => ({ Name, Value: `v-${Name.split("/").at(-1)}` })), NextToken });
    const { wire, options } = clientOptions((_, attempt) =>
      attempt === 1
        ? page(
            ["/smartretail/prod/models/champion/drinks", "/smartretail/prod/models/champion/other"],
            "more",
          )
        : page(["/smartretail/prod/models/challenger/food"]),
    );

    const versions = await new SsmPointers(new SSMClient(options), "prod").readAll();

    assert.deepEqual(versions, { champion: { drinks: "v-drinks" }, challenger: { food: "v-food" } });
    assert.deepEqual(
      wire.requests.map(({ body }) => (JSON.parse(body) as { Path: string; Recursive: boolean }).Path),
      ["/smartretail/prod/models/", "/smartretail/prod/models/"],
    );
  });
});

describe("S3Objects", () => {
  const objectsOf = (answer: FakeAnswer) => {
    const { wire, options } = clientOptions(() => answer);
    return { wire, objects: new S3Objects(new S3Client(options), "results") };
  };

  it("reads an object with its ETag, and nothing where there is none", async () => {
    const there = objectsOf({ status: 200, headers: { etag: '"1"' }, body: "content" });
    const gone = objectsOf({ status: 404, headers: {}, body: "<Error><Code>NoSuchKey</Code></Error>" });

    const object = await there.objects.get("published/night.json");

    assert.deepEqual([object!.content.toString(), object!.etag], ["content", '"1"']);
    assert.equal(await gone.objects.get("x"), undefined);
    assert.match(there.wire.requests[0]!.path, /\/published\/night\.json$/);
  });

  it("writes under a condition, and says when it does not hold", async () => {
    const first = objectsOf({ status: 200, headers: { etag: '"2"' }, body: "" });
    const late = objectsOf({
      status: 412,
      headers: {},
      body: "<Error><Code>PreconditionFailed</Code></Error>",
    });
    const denied = objectsOf({ status: 403, headers: {}, body: "<Error><Code>AccessDenied</Code></Error>" });

    assert.equal(await first.objects.put("k", "{}", { ifAbsent: true }), '"2"');
    assert.equal(await late.objects.put("k", "{}", { ifMatch: '"1"' }), undefined);
    await assert.rejects(denied.objects.put("k", "{}", { ifAbsent: true }), { name: "AccessDenied" });

    assert.equal(first.wire.requests[0]!.headers["if-none-match"], "*");
    assert.equal(late.wire.requests[0]!.headers["if-match"], '"1"');
  });

  it("finds the folder of the night that is published", async () => {
    const night = (serving: string) =>
      publishedNight(
        objectsOf({ status: 200, headers: { etag: '"1"' }, body: JSON.stringify({ serving }) }).objects,
        "results",
      );

    assert.equal(await night("s3://results/runs/nightly/1/serving")(), "runs/nightly/1/serving/");
    await assert.rejects(night("s3://other/serving")(), /allowed: a folder of s3:\/\/results\//);
  });
});
