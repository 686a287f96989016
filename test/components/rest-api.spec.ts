import assert from "node:assert/strict";
import { RestApi, type RestApiArgs } from "../../components/rest-api";
import { find, listing, record } from "../support/record";

const STAGE = "aws:apigateway/stage:Stage";
const args: RestApiArgs = {
  apiName: "shop-api",
  description: "Forecasts",
  document: { openapi: "3.0.3", paths: {} },
  policy: '{"Statement":[],"Version":"2012-10-17"}',
  access: "private",
  stageName: "v1",
  region: "ap-northeast-1",
  accountId: "123456789012",
  backends: { forecast: { functionName: "shop-router", alias: "live" } },
  requestsPerSecond: 50,
  burst: 100,
  requestsPerDay: 100_000,
  accessLogGroupName: "/shop/api-access",
  logRetentionDays: 30,
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/operations",
  latencyP99Milliseconds: 500,
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:alerts",
};

function recordApi(changes: Partial<RestApiArgs> = {}) {
  return record(() => {
    const api = new RestApi("api", { ...args, ...changes });
    return { url: api.url };
  });
}

describe("RestApi", () => {
  it("makes an API with one stage, its logs, its limits, the right to its functions and two alarms", async () => {
    assert.deepEqual(listing(await recordApi()), [
      "aws:apigateway/deployment:Deployment api-deployment",
      "aws:apigateway/methodSettings:MethodSettings api-settings",
      "aws:apigateway/restApi:RestApi api-api",
      "aws:apigateway/stage:Stage api-stage",
      "aws:apigateway/usagePlan:UsagePlan api-plan",
      "aws:cloudwatch/logGroup:LogGroup api-access-logs",
      "aws:cloudwatch/logGroup:LogGroup api-execution-logs",
      "aws:cloudwatch/metricAlarm:MetricAlarm api-alarms-latency-p99",
      "aws:cloudwatch/metricAlarm:MetricAlarm api-alarms-server-errors",
      "aws:lambda/permission:Permission api-invoke-forecast",
      "smartretail:api:ApiAlarms api-alarms",
      "smartretail:api:RestApi api",
    ]);
  });

  it("lets only this API's stage invoke the alias of a function", async () => {
    const recording = await recordApi();

    const { inputs } = find(recording, "aws:lambda/permission:Permission");
    const id = find(recording, "aws:apigateway/restApi:RestApi").id;
    assert.deepEqual(
      [inputs.principal, inputs.function, inputs.qualifier, inputs.sourceArn],
      [
        "apigateway.amazonaws.com",
        "shop-router",
        "live",
        `arn:aws:execute-api:ap-northeast-1:123456789012:${id}/v1/*`,
      ],
    );
  });

  it("logs every call as JSON and the gateway's own errors without bodies, both encrypted", async () => {
    const recording = await recordApi();

    const { accessLogSettings } = find(recording, STAGE).inputs;
    const { format, destinationArn } = accessLogSettings as Record<string, string>;
    const line = JSON.parse(format ?? "") as Record<string, string>;
    assert.equal(line.caller, "$context.identity.userArn");
    assert.doesNotMatch(format ?? "", /body|querystring|header/i);
    const logs = (name: string) => find(recording, "aws:cloudwatch/logGroup:LogGroup", name);
    assert.equal(destinationArn, logs("api-access-logs").outputs.arn);
    const id = find(recording, "aws:apigateway/restApi:RestApi").id;
    assert.equal(logs("api-execution-logs").inputs.name, `API-Gateway-Execution-Logs_${id}/v1`);
    for (const name of ["api-access-logs", "api-execution-logs"]) {
      assert.deepEqual([logs(name).inputs.kmsKeyId, logs(name).inputs.retentionInDays], [args.kmsKeyArn, 30]);
    }
    const { settings } = find(recording, "aws:apigateway/methodSettings:MethodSettings").inputs;
    const { loggingLevel, dataTraceEnabled } = settings as Record<string, unknown>;
    assert.deepEqual([loggingLevel, dataTraceEnabled], ["ERROR", false]);
  });

  it("is deployed anew for another document and another policy, and for nothing else", async () => {
    const triggers = async (changes: Partial<RestApiArgs> = {}) =>
      JSON.stringify(find(await recordApi(changes), "aws:apigateway/deployment:Deployment").inputs.triggers);

    assert.equal(await triggers(), await triggers({ requestsPerSecond: 60 }));
    assert.notEqual(
      await triggers(),
      await triggers({ document: { openapi: "3.0.3", paths: { "/a": {} } } }),
    );
    assert.notEqual(await triggers(), await triggers({ policy: "{}" }));
  });

  it("says its address with the version", async () => {
    const recording = await recordApi();

    const { id } = find(recording, "aws:apigateway/restApi:RestApi");
    assert.equal(recording.outputs.url, `https://${id}.execute-api.ap-northeast-1.amazonaws.com/v1`);
  });

  it("stands behind the firewall where its address is public, and refuses to be public without one", async () => {
    const webAclArn = "arn:aws:wafv2:ap-northeast-1:123456789012:regional/webacl/shop/1";
    const recording = await recordApi({ access: "regional", webAclArn });

    const association = find(recording, "aws:wafv2/webAclAssociation:WebAclAssociation").inputs;
    assert.deepEqual(
      [association.webAclArn, association.resourceArn],
      [webAclArn, find(recording, STAGE).outputs.arn],
    );
    await assert.rejects(recordApi({ access: "regional" }), /access is "regional" and webAclArn is not set/);
    await assert.rejects(recordApi({ webAclArn }), /access is "private" and webAclArn is set/);
  });

  it("limits all callers together, and an app with a key by the day", async () => {
    const recording = await recordApi();

    const { settings } = find(recording, "aws:apigateway/methodSettings:MethodSettings").inputs;
    const { throttlingRateLimit, throttlingBurstLimit } = settings as Record<string, unknown>;
    assert.deepEqual([throttlingRateLimit, throttlingBurstLimit], [50, 100]);
    const { quotaSettings } = find(recording, "aws:apigateway/usagePlan:UsagePlan").inputs;
    assert.deepEqual(quotaSettings, { limit: 100_000, period: "DAY" });
    await assert.rejects(recordApi({ burst: 0.5 }), /burst is 0.5; allowed: an integer from 1/);
    await assert.rejects(recordApi({ stageName: "v 1" }), /stageName is "v 1"/);
  });
});
