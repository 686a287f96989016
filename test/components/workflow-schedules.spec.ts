import assert from "node:assert/strict";
import { WorkflowSchedules } from "../../components/workflow-schedules";
import { find, listing, record } from "../support/record";

const ARGS = {
  groupName: "smartretail-dev-pipelines",
  queueName: "smartretail-dev-undelivered-starts",
  queueArn: "arn:aws:sqs:ap-northeast-1:123456789012:smartretail-dev-undelivered-starts",
  schedules: {
    nightly: {
      scheduleName: "smartretail-dev-nightly",
      description: "every night",
      expression: "cron(0 2 * * ? *)",
      machineArn: "arn:aws:states:ap-northeast-1:123456789012:stateMachine:smartretail-dev-nightly",
    },
  },
  timezone: "Asia/Tokyo",
  isEnabled: true,
  roleArn: "arn:aws:iam::123456789012:role/smartretail-dev-scheduler",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/abc",
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:smartretail-dev-alerts",
};

describe("WorkflowSchedules", () => {
  it("makes a group, a schedule for each machine, and a queue with an alarm for what does not start", async () => {
    const recording = await record(() => void new WorkflowSchedules("schedules", ARGS));

    assert.deepEqual(listing(recording), [
      "aws:cloudwatch/metricAlarm:MetricAlarm schedules-undelivered-alarm",
      "aws:scheduler/schedule:Schedule schedules-nightly",
      "aws:scheduler/scheduleGroup:ScheduleGroup schedules-group",
      "aws:sqs/queue:Queue schedules-undelivered",
      "aws:sqs/queuePolicy:QueuePolicy schedules-undelivered-policy",
      "smartretail:pipelines:WorkflowSchedules schedules",
    ]);
  });

  it("starts a machine with the minute that it was due at, in the chain's own time", async () => {
    const recording = await record(() => void new WorkflowSchedules("schedules", ARGS));

    const { inputs } = find(recording, "aws:scheduler/schedule:Schedule");
    const target = inputs.target as Record<string, unknown>;
    assert.equal(inputs.scheduleExpression, "cron(0 2 * * ? *)");
    assert.equal(inputs.scheduleExpressionTimezone, "Asia/Tokyo");
    assert.equal(inputs.kmsKeyArn, ARGS.kmsKeyArn);
    assert.equal(target.arn, ARGS.schedules.nightly.machineArn);
    assert.deepEqual(JSON.parse(String(target.input)), { scheduledTime: "<aws.scheduler.scheduled-time>" });
  });

  it("gives up a start after an hour, into the queue", async () => {
    const recording = await record(() => void new WorkflowSchedules("schedules", ARGS));

    const target = find(recording, "aws:scheduler/schedule:Schedule").inputs.target as Record<
      string,
      unknown
    >;
    const queue = find(recording, "aws:sqs/queue:Queue");
    assert.deepEqual(target.retryPolicy, { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 30 });
    assert.deepEqual(target.deadLetterConfig, { arn: queue.outputs.arn });
    assert.equal(queue.inputs.kmsMasterKeyId, ARGS.kmsKeyArn);
  });

  it("rests where the environment says so", async () => {
    const stateOf = async (isEnabled: boolean) =>
      find(
        await record(() => void new WorkflowSchedules("schedules", { ...ARGS, isEnabled })),
        "aws:scheduler/schedule:Schedule",
      ).inputs.state;

    assert.deepEqual([await stateOf(true), await stateOf(false)], ["ENABLED", "DISABLED"]);
  });
});
