import * as pulumi from "@pulumi/pulumi";
import * as sfn from "@pulumi/aws/sfn";
import { encryptedLogGroup } from "./encrypted-log-group";
import { metricAlarm } from "./metric-alarm";

interface WorkflowArgs {
  /** Physical name, at most 80 characters. */
  readonly machineName: string;
  /** Amazon States Language. */
  readonly definition: pulumi.Input<string>;
  readonly roleArn: string;
  /** Key of definition, history and log; its policy must let the log delivery decrypt. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
  /** Topic that hears of executions that failed, timed out or could not go on. */
  readonly alarmTopicArn: string;
}

/** Log delivery of AWS services finds groups of this prefix without a policy of its own for each. */
const LOG_PREFIX = "/aws/vendedlogs/states/";
/** Step Functions asks KMS again after so many seconds. */
const DATA_KEY_SECONDS = 300;
const ALARM_PERIOD_SECONDS = 300;

const ALARMED = {
  failed: { metric: "ExecutionsFailed", what: "an execution has failed", section: "machine-failed" },
  "timed-out": {
    metric: "ExecutionsTimedOut",
    what: "an execution has run out of time",
    section: "machine-timed-out",
  },
} as const;

/** A Standard state machine: encrypted, traced, its errors logged without payloads, and an alarm when an execution ends badly. */
export class Workflow extends pulumi.ComponentResource {
  public readonly machine: sfn.StateMachine;

  constructor(name: string, args: WorkflowArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:pipelines:Workflow", name, args, opts);
    const logGroup = encryptedLogGroup(
      `${name}-log`,
      {
        logGroupName: LOG_PREFIX + args.machineName,
        retentionDays: args.logRetentionDays,
        kmsKeyArn: args.kmsKeyArn,
      },
      { parent: this },
    );
    this.machine = new sfn.StateMachine(
      `${name}-machine`,
      {
        name: args.machineName,
        type: "STANDARD",
        definition: args.definition,
        roleArn: args.roleArn,
        encryptionConfiguration: {
          type: "CUSTOMER_MANAGED_KMS_KEY",
          kmsKeyId: args.kmsKeyArn,
          kmsDataKeyReusePeriodSeconds: DATA_KEY_SECONDS,
        },
        loggingConfiguration: {
          level: "ERROR",
          includeExecutionData: false,
          logDestination: pulumi.interpolate`${logGroup.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
      },
      { parent: this },
    );
    for (const [alarm, { metric, what, section }] of Object.entries(ALARMED)) {
      metricAlarm(
        `${name}-${alarm}`,
        {
          alarmName: `${args.machineName}-${alarm}`,
          meaning: `${args.machineName}: ${what}`,
          section,
          namespace: "AWS/States",
          metricName: metric,
          dimensions: { StateMachineArn: this.machine.arn },
          statistic: "Sum",
          breaches: { from: 1 },
          periodSeconds: ALARM_PERIOD_SECONDS,
          silence: "fine",
          tellsEnd: false,
          topicArn: args.alarmTopicArn,
        },
        this,
      );
    }
    this.registerOutputs({ machineArn: this.machine.arn });
  }
}
