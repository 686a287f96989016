import assert from "node:assert/strict";
import type { Recording } from "../../preview/recorded-resource";
import { API_ENVIRONMENT, API_FUNCTIONS, type ApiFunction } from "../../contracts/api";
import { experimentTableName } from "../../contracts/experiment";
import { readEnvironment } from "../../runtime/api/environment";
import { createApi } from "../../stacks/api";
import { createFeatureStore } from "../../stacks/feature-store";
import { functionCode } from "../../stacks/function-code";
import { createNotifications } from "../../stacks/notifications";
import { createServing } from "../../stacks/serving";
import { testContext } from "../support/context";
import { createFoundation } from "../support/foundation";
import { find, record } from "../support/record";
import { statementsOf } from "../support/statements";

const FUNCTION = "aws:lambda/function:Function";

async function recordApi(
  environment: "dev" | "prod",
  changes: Record<string, unknown> = {},
): Promise<Recording> {
  const code = await functionCode();
  return record(() => {
    const context = testContext(environment, changes);
    const foundation = createFoundation(context);
    const notifications = createNotifications(context, foundation);
    const featureStore = createFeatureStore(context, foundation);
    const serving = createServing(context, { ...foundation, notifications });
    createApi(context, { ...foundation, notifications, featureStore, serving }, code);
  });
}

describe("createApi", () => {
  let dev: Recording;
  let prod: Recording;
  before(async () => {
    dev = await recordApi("dev");
    prod = await recordApi("prod");
  });

  for (const name of Object.keys(API_FUNCTIONS) as ApiFunction[]) {
    it(`gives the ${name} function the environment that it reads, and nothing else`, () => {
      for (const recording of [dev, prod]) {
        const { environment } = find(recording, FUNCTION, `${name}-function`).inputs;
        const { variables } = environment as { variables: Record<string, string> };

        assert.doesNotThrow(() => readEnvironment(name, variables));
        const { required, optional } = API_ENVIRONMENT[name];
        const known = [...Object.keys(required), ...Object.keys(optional)];
        assert.deepEqual(
          Object.keys(required).filter((key) => !(key in variables)),
          [],
        );
        assert.deepEqual(
          Object.keys(variables).filter((key) => !known.includes(key)),
          [],
        );
      }
    });

    it(`makes the ${name} function of its own bundle, role and size`, () => {
      const { inputs } = find(prod, FUNCTION, `${name}-function`);
      const { role, memoryMegabytes, timeoutSeconds } = API_FUNCTIONS[name];

      assert.equal(inputs.name, `smartretail-prod-${role}`);
      assert.equal(inputs.role, `arn:aws:iam::123456789012:role/smartretail-prod-${role}`);
      assert.deepEqual([inputs.memorySize, inputs.timeout], [memoryMegabytes, timeoutSeconds]);
      assert.match(JSON.stringify(inputs.code), /"index\.js":\{"\$asset":"sha256:[0-9a-f]{64}"\}/);
    });
  }

  it("lets a private API be called through the network's endpoint only, by the account only", () => {
    const { inputs } = find(prod, "aws:apigateway/restApi:RestApi");
    const endpoint = find(prod, "aws:ec2/vpcEndpoint:VpcEndpoint", "endpoints-execute-api");

    assert.deepEqual(inputs.endpointConfiguration, { types: "PRIVATE" });
    const denials = statementsOf(inputs.policy).filter(({ Effect }) => Effect === "Deny");
    assert.deepEqual(
      denials.map(({ Condition }) => Condition),
      [
        { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
        { StringNotEquals: { "aws:SourceVpce": endpoint.id } },
      ],
    );
    assert.ok(prod.resources.every(({ type }) => !type.startsWith("aws:wafv2/")));
  });

  it("puts a firewall before a regional API, and keeps other accounts out", () => {
    const { inputs } = find(dev, "aws:apigateway/restApi:RestApi");

    assert.deepEqual(inputs.endpointConfiguration, { types: "REGIONAL" });
    assert.equal(statementsOf(inputs.policy).filter(({ Effect }) => Effect === "Deny").length, 1);
    find(dev, "aws:wafv2/webAcl:WebAcl");
    find(dev, "aws:wafv2/webAclAssociation:WebAclAssociation");
  });

  it("answers every operation of the document by the live version of a function", () => {
    const { body } = find(prod, "aws:apigateway/restApi:RestApi").inputs;
    const { paths } = JSON.parse(String(body)) as {
      paths: Record<string, Record<string, { "x-amazon-apigateway-integration": { uri: string } }>>;
    };
    const uris = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation["x-amazon-apigateway-integration"].uri),
    );

    const lambda = "arn:aws:lambda:ap-northeast-1:123456789012:function:smartretail-prod-";
    assert.deepEqual(
      [...new Set(uris)].sort(),
      ["order-api", "router"].map(
        (name) =>
          `arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/${lambda}${name}:live/invocations`,
      ),
    );
  });

  it("tells the router where the experiments are", () => {
    const { environment } = find(prod, FUNCTION, "forecast-function").inputs;

    const { variables } = environment as { variables: Record<string, string> };
    assert.equal(variables.EXPERIMENTS_TABLE, experimentTableName("smartretail-prod"));
  });

  it("makes the stage only when API Gateway may write logs", () => {
    const stage = find(prod, "aws:apigateway/stage:Stage");
    const account = find(prod, "aws:apigateway/account:Account");

    assert.ok(stage.dependencies.includes(account.urn));
  });

  it("takes functions out of the network when the settings say so, and lets their roles through the perimeter", async () => {
    const outside = await recordApi("dev", { functionsInNetwork: false });

    const { vpcConfig, tracingConfig } = find(outside, FUNCTION, "orders-function").inputs;
    assert.deepEqual([vpcConfig, tracingConfig], [undefined, { mode: "Active" }]);
    const policyOf = (recording: Recording) =>
      String(
        recording.resources.find(
          ({ type, inputs }) =>
            type === "aws:s3/bucketPolicy:BucketPolicy" && String(inputs.bucket).includes("-results-"),
        )?.inputs.policy,
      );
    assert.match(policyOf(outside), /role\/smartretail-dev-order-api/);
    assert.doesNotMatch(policyOf(dev), /role\/smartretail-dev-order-api/);
  });
});
