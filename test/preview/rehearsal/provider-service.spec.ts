import assert from "node:assert/strict";
import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb";
import type { Empty as EmptyMessage } from "google-protobuf/google/protobuf/empty_pb";
import * as pulumi from "@pulumi/pulumi";
import provider from "@pulumi/pulumi/proto/provider_pb";
import type plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { RecordedResource } from "../../../preview/recorded-resource";
import { livingAfter, ProviderJournal } from "../../../preview/rehearsal/provider-journal";
import { pluginVersion } from "../../../preview/rehearsal/plugin-settings";
import replacements from "../../../preview/replacements.json";
import { Empty, Struct } from "../../../preview/sdk/sdk-copies";
import { unwrapOutputs } from "../../../preview/sdk/wire";
import { temporaryFolder } from "../../runtime/support/temporary-folder";
import { planOf } from "../../support/plans";
import { startProvider, type ProviderProcess } from "./provider-process";

type Values = Record<string, unknown>;

const struct = (values: Values) => Struct.fromJavaScript(values as Record<string, never>);
const without = (values: Values, left: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== left));
const plain = (message: StructMessage | undefined) => (message?.toJavaScript() ?? {}) as Values;

describe("the AWS provider of a rehearsal, over gRPC", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let aws: ProviderProcess;
  let journal: ProviderJournal;
  let resources: RecordedResource[];
  const states = new Map<string, { id: string; inputs: Values; outputs: Values }>();
  before(async () => {
    const file = folder.path("journal");
    journal = new ProviderJournal(file);
    aws = await startProvider("aws", { REHEARSAL_JOURNAL: file });
    const { recording } = await planOf("dev");
    resources = recording.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  });
  after(() => aws.stop());

  async function check(urn: string, olds: Values, news: Values): Promise<Values> {
    const request = new provider.CheckRequest();
    request.setUrn(urn);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const answer = await aws.call<provider.CheckResponse>("check", request);
    assert.deepEqual(answer.getFailuresList(), []);
    return plain(answer.getInputs());
  }

  async function create(urn: string, inputs: Values): Promise<{ id: string; outputs: Values }> {
    const request = new provider.CreateRequest();
    request.setUrn(urn);
    request.setProperties(struct(inputs));
    const answer = await aws.call<provider.CreateResponse>("create", request);
    return { id: answer.getId(), outputs: plain(answer.getProperties()) };
  }

  async function diff(urn: string, news: Values): Promise<provider.DiffResponse> {
    const { id, outputs } = states.get(urn)!;
    const request = new provider.DiffRequest();
    request.setId(id);
    request.setUrn(urn);
    request.setOlds(struct(outputs));
    request.setNews(struct(news));
    return aws.call<provider.DiffResponse>("diff", request);
  }

  it("says the version that the SDK asks for, and takes its configuration", async () => {
    const info = await aws.call<plugin.PluginInfo>("getPluginInfo", new Empty());
    const configured = await aws.call<provider.ConfigureResponse>(
      "configure",
      new provider.ConfigureRequest(),
    );

    assert.equal(info.getVersion(), pluginVersion("aws"));
    assert.equal(configured.getAcceptsecrets(), true);
  });

  it("makes everything of the program with the ids that the plan has, after what it depends on", async () => {
    for (const { urn, wireInputs, id } of resources) {
      const inputs = await check(urn, {}, unwrapOutputs(wireInputs) as Values);
      const made = await create(urn, inputs);
      states.set(urn, { ...made, inputs });
      assert.equal(made.id, id, urn);
    }

    assert.equal(livingAfter(journal.read()).size, resources.length);
    assert.ok(resources.length > 300);
  });

  it("sees no difference in what has not changed", async () => {
    const differing = await Promise.all(
      resources.map(async ({ urn }) => {
        const { inputs, outputs } = states.get(urn)!;
        const answer = await diff(urn, await check(urn, outputs, inputs));
        return answer.getChanges() === provider.DiffResponse.DiffChanges.DIFF_NONE ? [] : [urn];
      }),
    );

    assert.equal(differing.length, resources.length);
    assert.deepEqual(differing.flat(), []);
  });

  it("replaces what the real provider replaces, and updates the rest", async () => {
    let replaced = 0;
    for (const [type, paths] of Object.entries(replacements.replacing)) {
      const one = resources.find((each) => each.type === type);
      if (one === undefined) continue;
      const { inputs } = states.get(one.urn)!;
      for (const property of new Set(paths.map((path) => path.split(".")[0]!))) {
        const answer = await diff(one.urn, { ...inputs, [property]: "another" });
        assert.ok(answer.getReplacesList().includes(property), `${type} ${property}`);
        replaced += 1;
      }
      const tagged = await diff(one.urn, { ...inputs, tags: { of: "another" } });
      assert.deepEqual(tagged.getReplacesList(), [], type);
      assert.equal(tagged.getChanges(), provider.DiffResponse.DiffChanges.DIFF_SOME);
    }
    assert.ok(replaced > 20);
  });

  it("replaces an endpoint configuration by one of another name, and deletes first only what the program names", async () => {
    const configuration = resources.find(({ type }) => type.includes("endpointConfiguration"))!;
    const { inputs, outputs } = states.get(configuration.urn)!;
    const given = { ...inputs, productionVariants: [{ variantName: "champion" }] };
    const updated = await check(configuration.urn, outputs, without(given, "name"));
    const answer = await diff(configuration.urn, updated);
    const anew = await check(configuration.urn, {}, without(given, "name"));
    const made = await create(configuration.urn, anew);
    const bucket = resources.find(({ type }) => type === "aws:s3/bucket:Bucket")!;
    const moved = await diff(bucket.urn, { ...states.get(bucket.urn)!.inputs, objectLockEnabled: true });
    await remove(configuration.urn, made.id, made.outputs);

    assert.equal(updated.name, inputs.name, "an update keeps the name");
    assert.deepEqual(answer.getReplacesList(), ["productionVariants"]);
    assert.equal(answer.getDeletebeforereplace(), false);
    assert.notEqual(anew.name, inputs.name);
    assert.match(String(anew.name), /-[0-9a-f]{7}$/);
    assert.deepEqual(
      [moved.getReplacesList(), moved.getDeletebeforereplace()],
      [["objectLockEnabled"], true],
    );
  });

  it("refuses what AWS would: the same name twice, and a change of what is not there", async () => {
    const topic = resources.find(({ type }) => type === "aws:sns/topic:Topic")!;
    const { inputs } = states.get(topic.urn)!;

    await assert.rejects(create(topic.urn, inputs), /exists already/);
    const request = new provider.DeleteRequest();
    request.setId("arn:aws:sns:nowhere");
    request.setUrn(topic.urn);
    request.setProperties(struct({}));
    await assert.rejects(aws.call("delete", request), /does not exist/);
  });

  it("answers the functions that the program calls, and no other", async () => {
    const invoke = async (token: string) => {
      const request = new provider.InvokeRequest();
      request.setTok(token);
      request.setArgs(struct({}));
      return plain((await aws.call<provider.InvokeResponse>("invoke", request)).getReturn());
    };

    assert.equal((await invoke("aws:index/getCallerIdentity:getCallerIdentity")).accountId, "123456789012");
    await assert.rejects(invoke("aws:ec2/getAmi:getAmi"), /nobody answers/);
  });

  it("keeps secrets secret, by the marks that the engine puts on them", async () => {
    const secret = { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value: "hidden" };
    const urn = "urn:pulumi:dev::smartretail::aws:ssm/parameter:Parameter::secret";
    const inputs = await check(urn, {}, { name: "/of/a/spec", type: "SecureString", value: secret });
    const { id, outputs } = await create(urn, inputs);
    states.set(urn, { id, inputs, outputs });

    assert.deepEqual(outputs.value, secret);
    assert.equal((await diff(urn, inputs)).getChanges(), provider.DiffResponse.DiffChanges.DIFF_NONE);
    await remove(urn, id, outputs);
  });

  async function remove(urn: string, id: string, outputs: Values): Promise<void> {
    const request = new provider.DeleteRequest();
    request.setId(id);
    request.setUrn(urn);
    request.setProperties(struct(outputs));
    await aws.call<EmptyMessage>("delete", request);
  }

  it("leaves nothing when all is deleted, the last first", async () => {
    for (const { urn } of [...resources].reverse()) {
      const { id, outputs } = states.get(urn)!;
      await remove(urn, id, outputs);
    }

    assert.deepEqual([...livingAfter(journal.read()).values()], []);
  });
});
