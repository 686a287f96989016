import assert from "node:assert/strict";
import { Workflow } from "../../components/workflow";
import { find, listing, record } from "../support/record";

const ARGS = {
  machineName: "smartretail-dev-nightly",
  definition: "{}",
  roleArn: "arn:aws:iam::123456789012:role/smartretail-dev-state-machines",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/abc",
  logRetentionDays: 30,
  alarmTopicArn: "arn:aws:sns:ap-northeast-1:123456789012:smartretail-dev-alerts",
};

describe("Workflow", () => {
  it("makes a machine, its log and an alarm for each bad end", async () => {
    const recording = await record(() => void new Workflow("nightly", ARGS));

    assert.deepEqual(listing(recording), [
      "aws:cloudwatch/logGroup:LogGroup nightly-log",
      "aws:cloudwatch/metricAlarm:MetricAlarm nightly-failed",
      "aws:cloudwatch/metricAlarm:MetricAlarm nightly-timed-out",
      "aws:sfn/stateMachine:StateMachine nightly-machine",
      "smartretail:pipelines:Workflow nightly",
    ]);
  });

  it("encrypts definition and history, logs errors without payloads, and traces", async () => {
    const recording = await record(() => void new Workflow("nightly", ARGS));

    const log = find(recording, "aws:cloudwatch/logGroup:LogGroup");
    const { inputs } = find(recording, "aws:sfn/stateMachine:StateMachine");
    assert.equal(log.inputs.name, "/aws/vendedlogs/states/smartretail-dev-nightly");
    assert.equal(log.inputs.kmsKeyId, ARGS.kmsKeyArn);
    assert.deepEqual(inputs.encryptionConfiguration, {
      kmsDataKeyReusePeriodSeconds: 300,
      kmsKeyId: ARGS.kmsKeyArn,
      type: "CUSTOMER_MANAGED_KMS_KEY",
    });
    assert.deepEqual(inputs.loggingConfiguration, {
      includeExecutionData: false,
      level: "ERROR",
      logDestination: `${String(log.outputs.arn)}:*`,
    });
    assert.deepEqual(inputs.tracingConfiguration, { enabled: true });
    assert.equal(inputs.type, "STANDARD");
  });

  it("alarms on the first execution that fails or runs out of time, and not on silence", async () => {
    const recording = await record(() => void new Workflow("nightly", ARGS));

    const alarms = recording.resources.filter(({ type }) => type.endsWith(":MetricAlarm"));
    const machine = find(recording, "aws:sfn/stateMachine:StateMachine");
    assert.deepEqual(alarms.map(({ inputs }) => inputs.metricName).sort(), [
      "ExecutionsFailed",
      "ExecutionsTimedOut",
    ]);
    for (const { inputs } of alarms) {
      assert.deepEqual(inputs.dimensions, { StateMachineArn: machine.outputs.arn });
      assert.deepEqual([inputs.threshold, inputs.treatMissingData], [1, "notBreaching"]);
      assert.deepEqual(inputs.alarmActions, [ARGS.alarmTopicArn]);
    }
  });
});
