import * as pulumi from "@pulumi/pulumi";
import * as scheduler from "@pulumi/aws/scheduler";
import { sortedJson } from "./sorted-json";
import { undeliveredQueue } from "./undelivered-queue";

interface WorkflowSchedule {
  /** Physical name, at most 64 characters. */
  readonly scheduleName: string;
  readonly description: string;
  /** `cron(0 2 * * ? *)`, in the zone. */
  readonly expression: string;
  readonly machineArn: pulumi.Input<string>;
}

interface WorkflowSchedulesArgs {
  /** Physical name of the group, at most 64 characters. */
  readonly groupName: string;
  /** Physical name of the queue of starts that could not be delivered, at most 80 characters. */
  readonly queueName: string;
  readonly queueArn: string;
  /** By logical name. */
  readonly schedules: Readonly<Record<string, WorkflowSchedule>>;
  readonly timezone: string;
  readonly isEnabled: boolean;
  readonly roleArn: string;
  /** Key of payloads and of the queue. */
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: string;
}

/** A start that is later than this is none: the next one comes. */
const RETRY = { maximumRetryAttempts: 30, maximumEventAgeInSeconds: 3600 };

/**
 * Schedules that start state machines with the minute that they were due at; what cannot be started ends in a queue with an alarm.
 * Scheduler delivers at least once: a machine's first state has to claim its run.
 */
export class WorkflowSchedules extends pulumi.ComponentResource {
  constructor(name: string, args: WorkflowSchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:pipelines:WorkflowSchedules", name, args, opts);
    const group = new scheduler.ScheduleGroup(`${name}-group`, { name: args.groupName }, { parent: this });
    const queue = undeliveredQueue(
      `${name}-undelivered`,
      {
        queueName: args.queueName,
        queueArn: args.queueArn,
        kmsKeyArn: args.kmsKeyArn,
        alarmTopicArn: args.alarmTopicArn,
        meaning: "A schedule could not start its state machine",
        section: "schedule-undelivered",
      },
      this,
    );
    for (const [key, schedule] of Object.entries(args.schedules)) {
      new scheduler.Schedule(
        `${name}-${key}`,
        {
          name: schedule.scheduleName,
          groupName: group.name,
          description: schedule.description,
          scheduleExpression: schedule.expression,
          scheduleExpressionTimezone: args.timezone,
          state: args.isEnabled ? "ENABLED" : "DISABLED",
          flexibleTimeWindow: { mode: "OFF" },
          kmsKeyArn: args.kmsKeyArn,
          target: {
            arn: schedule.machineArn,
            roleArn: args.roleArn,
            input: sortedJson({ scheduledTime: "<aws.scheduler.scheduled-time>" }),
            deadLetterConfig: { arn: queue.arn },
            retryPolicy: RETRY,
          },
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
