import assert from "node:assert/strict";
import { EventRoute, type EventRouteArgs } from "../../components/event-route";
import { find, listing, record } from "../support/record";

const QUEUE = "arn:aws:sqs:ap-northeast-1:123456789012:shop-undelivered";
const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:shop-alerts";
const ALIAS = "arn:aws:lambda:ap-northeast-1:123456789012:function:shop-release:live";
const ARGS: EventRouteArgs = {
  ruleName: "shop-look",
  description: "every five minutes",
  from: { schedule: "rate(5 minutes)" },
  to: { functionName: "shop-release", alias: "live", aliasArn: ALIAS },
  maxAgeSeconds: 300,
  undeliveredArn: QUEUE,
};

const recordRoute = (changes: Partial<EventRouteArgs> = {}) =>
  record(() => void new EventRoute("look", { ...ARGS, ...changes }));

describe("EventRoute", () => {
  it("invokes a function's alias, which this rule alone is permitted to", async () => {
    const recording = await recordRoute();

    assert.deepEqual(listing(recording), [
      "aws:cloudwatch/eventRule:EventRule look-rule",
      "aws:cloudwatch/eventTarget:EventTarget look-target",
      "aws:lambda/permission:Permission look-invocation",
      "smartretail:operations:EventRoute look",
    ]);
    const rule = find(recording, "aws:cloudwatch/eventRule:EventRule");
    const permission = find(recording, "aws:lambda/permission:Permission");
    const target = find(recording, "aws:cloudwatch/eventTarget:EventTarget");
    assert.equal(rule.inputs.scheduleExpression, "rate(5 minutes)");
    assert.equal(target.inputs.arn, ALIAS);
    assert.deepEqual(
      [permission.inputs.principal, permission.inputs.sourceArn, permission.inputs.qualifier],
      ["events.amazonaws.com", rule.outputs.arn, "live"],
    );
    assert.ok(target.dependencies.includes(permission.urn));
  });

  it("tells a topic, whose own policy permits it, a part of an event", async () => {
    const pattern = { source: ["lambda"], detail: { calls: [{ numeric: [">", 0] }] } };
    const recording = await recordRoute({
      from: { pattern },
      to: { topicArn: TOPIC },
      inputPath: "$.detail",
    });

    const { inputs } = find(recording, "aws:cloudwatch/eventTarget:EventTarget");
    assert.deepEqual([inputs.arn, inputs.inputPath], [TOPIC, "$.detail"]);
    const rule = find(recording, "aws:cloudwatch/eventRule:EventRule").inputs;
    assert.deepEqual(JSON.parse(String(rule.eventPattern)), pattern);
    assert.ok(recording.resources.every(({ type }) => !type.startsWith("aws:lambda/")));
  });

  it("tries again until an event is too old, and keeps it then", async () => {
    const { inputs } = find(await recordRoute(), "aws:cloudwatch/eventTarget:EventTarget");

    assert.deepEqual(inputs.retryPolicy, { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 30 });
    assert.deepEqual(inputs.deadLetterConfig, { arn: QUEUE });
    await assert.rejects(
      recordRoute({ maxAgeSeconds: 30 }),
      /look: maxAgeSeconds is 30; allowed: an integer from 60 to 86400/,
    );
  });
});
