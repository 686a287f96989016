import * as pulumi from "@pulumi/pulumi";
import { ClaimsTable } from "../components/claims-table";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import { sortedJson } from "../components/sorted-json";
import { Workflow } from "../components/workflow";
import { WorkflowSchedules } from "../components/workflow-schedules";
import type { Machine } from "../asl/states";
import {
  CLAIM_EXPIRY,
  CLAIM_KEY,
  claimsTableName,
  MACHINE_KINDS,
  type MachineKind,
  machineName,
} from "../contracts/machines";
import { nightlyMachine } from "../pipelines/nightly";
import type { MachinePlace } from "../pipelines/place";
import { tuningMachine } from "../pipelines/tuning";
import { weeklyMachine } from "../pipelines/weekly";
import type { Containers } from "./containers";
import type { Context } from "./context";
import type { Identity } from "./identity";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Notifications } from "./notifications";
import { machineArn } from "./identity/arns";
import { plainPlace } from "./pipelines/place";

/** EventBridge Scheduler: names of schedules and groups have at most 64 characters; SQS: of queues 80. */
const SCHEDULE_NAME_MAX = 64;
const QUEUE_NAME_MAX = 80;

/** The chain is in Japan, and its night does not move with the season. */
const TIMEZONE = "Asia/Tokyo";

const BUILDERS: Readonly<Record<MachineKind, (place: MachinePlace) => Machine>> = {
  nightly: nightlyMachine,
  weekly: weeklyMachine,
  tuning: tuningMachine,
};

const SCHEDULES: Readonly<Record<MachineKind, { expression: string; description: string }>> = {
  nightly: { expression: "cron(0 2 * * ? *)", description: "Forecasts and orders, every night at two" },
  weekly: { expression: "cron(0 3 ? * MON *)", description: "Training, on Mondays at three" },
  tuning: {
    expression: "cron(0 12 1 * ? *)",
    description: "Hyperparameters, on the first of the month at noon",
  },
};

export interface Pipelines {
  /** ARNs by kind. */
  readonly machines: Readonly<Record<MachineKind, string>>;
  readonly claimsTable: string;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly identity: Identity;
  readonly notifications: Notifications;
  readonly containers: Containers;
}

/** What runs by itself: the night, the week and the tuning, when they are due, once each. */
export function createPipelines(context: Context, earlier: Earlier): Pipelines {
  const slice = new Slice("pipelines");
  const { settings, prefix, accountId, region } = context;
  const { keys, identity, notifications } = earlier;
  const claimsTable = claimsTableName(prefix);
  const { table } = new ClaimsTable(
    "run-claims",
    {
      tableName: claimsTable,
      key: CLAIM_KEY,
      expiry: CLAIM_EXPIRY,
      kmsKeyArn: keys.operations.arn,
      protect: settings.protectData,
    },
    { parent: slice },
  );
  const place = placeOf(context, earlier);
  const workflows = MACHINE_KINDS.map((kind) => {
    const workflow = new Workflow(
      kind,
      {
        machineName: machineName(prefix, kind),
        definition: place.apply((known) => sortedJson(BUILDERS[kind](known))),
        roleArn: identity.roles["state-machines"].arn,
        kmsKeyArn: keys.operations.arn,
        logRetentionDays: settings.logRetentionDays,
        alarmTopicArn: notifications.topicArn,
      },
      // Step Functions checks the role's rights to its managed rules and to the log when a machine is made.
      { parent: slice, dependsOn: [table, identity.roles["state-machines"].component] },
    );
    return [kind, workflow] as const;
  });
  const queueName = physicalName(QUEUE_NAME_MAX, prefix, "undelivered-starts");
  new WorkflowSchedules(
    "schedules",
    {
      groupName: physicalName(SCHEDULE_NAME_MAX, prefix, "pipelines"),
      queueName,
      queueArn: `arn:aws:sqs:${region}:${accountId}:${queueName}`,
      schedules: Object.fromEntries(
        workflows.map(([kind, { machine }]) => [
          kind,
          {
            scheduleName: physicalName(SCHEDULE_NAME_MAX, prefix, kind),
            machineArn: machine.arn,
            ...SCHEDULES[kind],
          },
        ]),
      ),
      timezone: TIMEZONE,
      isEnabled: settings.schedulesEnabled,
      roleArn: identity.roles.scheduler.arn,
      kmsKeyArn: keys.operations.arn,
      alarmTopicArn: notifications.topicArn,
    },
    { parent: slice, dependsOn: [identity.roles.scheduler.component] },
  );
  const arns = MACHINE_KINDS.map((kind) => [kind, machineArn(context, kind)]);
  return { machines: Object.fromEntries(arns) as Pipelines["machines"], claimsTable };
}

/** What is only known once it is there, put to what is known before. */
function placeOf(context: Context, { keys, network, containers }: Earlier): pulumi.Output<MachinePlace> {
  const { processingImageUri } = containers;
  return pulumi
    .all([network.subnetIds, network.workloadSecurityGroupId, keys.dataLake.arn, processingImageUri])
    .apply(([subnetIds, groupId, kmsKeyArn, processing]) =>
      plainPlace(context, { subnetIds, securityGroupIds: [groupId], kmsKeyArn, processing }),
    );
}
