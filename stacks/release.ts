import * as pulumi from "@pulumi/pulumi";
import { EventRoute, type EventRouteArgs } from "../components/event-route";
import { BUNDLE_FILE } from "../components/function-bundle";
import { LambdaFunction } from "../components/lambda-function";
import { metricAlarm } from "../components/metric-alarm";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import { undeliveredQueue } from "../components/undelivered-queue";
import { experimentTableName } from "../contracts/experiment";
import { type LookReport, type RELEASE_ENVIRONMENT, RELEASE_FUNCTION } from "../contracts/functions";
import { ROLLBACK_ALARMS, variantAlarmName } from "../contracts/variant-alarms";
import type { Context } from "./context";
import type { DataLake } from "./data-lake";
import type { Identity } from "./identity";
import { functionArns, machineArn, ruleArn } from "./identity/arns";
import type { Keys } from "./keys";
import type { Network } from "./network";
import type { Notifications } from "./notifications";
import type { Serving } from "./serving";

/** Lambda: a function name has at most 64 characters; EventBridge: a rule's 64; SQS: a queue's 80; CloudWatch: an alarm's 255. */
const FUNCTION_NAME_MAX = 64;
const RULE_NAME_MAX = 64;
const QUEUE_NAME_MAX = 80;
const ALARM_NAME_MAX = 255;

const LOOK_MINUTES = 5;
/** A look that is later than the next one is none. */
const LOOK_SECONDS = LOOK_MINUTES * 60;
/** People are told within the hour or by the journal. */
const MESSAGE_SECONDS = 3600;
/** A rollback beside a look that waits for a model to load, and one more: each look is safe beside others. */
const LOOKS_AT_A_TIME = 3;
/** Of looks that are missing in a row before somebody is called. */
const SILENT_LOOKS = 6;

export interface Release {
  /** Physical name. */
  readonly functionName: string;
}

interface Earlier {
  readonly keys: Keys;
  readonly network: Network;
  readonly dataLake: DataLake;
  readonly identity: Identity;
  readonly notifications: Notifications;
  readonly serving: Serving;
}

/**
 * What begins experiments, decides them and rolls back: a function that looks every five minutes, at once when an alarm of the
 * challenger goes off, and after each night and week.
 *
 * An experiment needs two variants of one endpoint. Serverless endpoints have one, so there it is not made (docs/adr/0113).
 *
 * @returns undefined where nothing is released by experiments
 */
export function createRelease(
  context: Context,
  earlier: Earlier,
  bundle: Buffer | undefined,
): Release | undefined {
  if (earlier.serving.mode !== "realtime") return undefined;
  if (bundle === undefined) throw new Error("the release function has no bundle in realtime hosting");
  const slice = new Slice("release");
  const { accountId, region, prefix } = context;
  const { keys, notifications } = earlier;
  const queueName = physicalName(QUEUE_NAME_MAX, prefix, "undelivered-looks");
  const undelivered = undeliveredQueue(
    "release-undelivered",
    {
      queueName,
      queueArn: `arn:aws:sqs:${region}:${accountId}:${queueName}`,
      kmsKeyArn: keys.operations.arn,
      alarmTopicArn: notifications.topicArn,
      meaning: "Release control could not look at the experiments, or could not tell what it decided",
      section: "release-undelivered",
      ruleArns: Object.keys(routesOf(context, earlier)).map((key) =>
        ruleArn(context, ruleName(context, key)),
      ),
    },
    slice,
  );
  const functionName = physicalName(FUNCTION_NAME_MAX, prefix, RELEASE_FUNCTION.role);
  const { function: fn, alias } = createFunction(functionName, context, earlier, bundle, {
    undeliveredArn: undelivered.arn,
    parent: slice,
  });
  for (const [key, { topicArn, ...route }] of Object.entries(routesOf(context, earlier))) {
    new EventRoute(
      key,
      {
        ruleName: ruleName(context, key),
        ...route,
        to:
          topicArn === undefined
            ? { functionName: fn.name, alias: alias.name, aliasArn: alias.arn }
            : { topicArn },
        undeliveredArn: undelivered.arn,
      },
      { parent: slice },
    );
  }
  createSilentAlarm(context, functionName, notifications.topicArn, slice);
  return { functionName };
}

function createFunction(
  functionName: string,
  context: Context,
  earlier: Earlier,
  bundle: Buffer,
  { undeliveredArn, parent }: { readonly undeliveredArn: pulumi.Input<string>; readonly parent: Slice },
): LambdaFunction {
  const { settings, region, accountId } = context;
  const { keys, network, identity, notifications } = earlier;
  const { role, memoryMegabytes, timeoutSeconds } = RELEASE_FUNCTION;
  return new LambdaFunction(
    "release",
    {
      functionName,
      description: "Begins experiments, decides them, and moves weights and model pointers",
      roleArn: identity.roles[role].arn,
      code: new pulumi.asset.AssetArchive({
        [BUNDLE_FILE]: new pulumi.asset.StringAsset(bundle.toString("utf8")),
      }),
      memoryMegabytes,
      timeoutSeconds,
      environment: environmentOf(context, earlier),
      kmsKeyArn: keys.operations.arn,
      logRetentionDays: settings.logRetentionDays,
      reservedConcurrency: LOOKS_AT_A_TIME,
      ...(settings.functionsInNetwork
        ? {
            network: {
              subnetIds: network.subnetIds,
              securityGroupIds: [network.workloadSecurityGroupId],
            },
          }
        : {}),
      events: {
        retryAttempts: 2,
        maxAgeSeconds: LOOK_SECONDS,
        failureDestinationArn: undeliveredArn,
        successDestinationArn: `arn:aws:events:${region}:${accountId}:event-bus/default`,
      },
      alarmTopicArn: notifications.topicArn,
    },
    // Lambda checks that the role may send to the destinations when they are set.
    { parent, dependsOn: [identity.roles[role].component] },
  );
}

/** What the function reads from its environment: plain names, all known in a preview. */
function environmentOf(
  { settings, prefix }: Context,
  { dataLake, serving }: Earlier,
): Readonly<Record<keyof typeof RELEASE_ENVIRONMENT, string>> {
  return {
    SMARTRETAIL_ENVIRONMENT: settings.environment,
    ENDPOINT_NAME: endpointName(serving),
    EXPERIMENTS_TABLE: experimentTableName(prefix),
    MODELS_BUCKET: dataLake.buckets.models.name,
    RESULTS_BUCKET: dataLake.buckets.results.name,
    LATENCY_P99_MILLISECONDS: String(settings.latencyP99Milliseconds),
  };
}

function endpointName({ endpoints }: Serving): string {
  const { forecast } = endpoints;
  if (forecast === undefined) {
    throw new Error(`endpoints are ${Object.keys(endpoints).join(", ")}; release control needs "forecast"`);
  }
  return forecast.name;
}

type Route = Pick<EventRouteArgs, "description" | "from" | "maxAgeSeconds" | "inputPath"> & {
  /** Topic that it goes to. @default the function */
  readonly topicArn?: string;
};

/** What calls the function, and where its answers go. */
function routesOf(context: Context, { serving, notifications }: Earlier): Readonly<Record<string, Route>> {
  const { accountId, region } = context;
  const alarmArn = (kind: string) =>
    `arn:aws:cloudwatch:${region}:${accountId}:alarm:${variantAlarmName(endpointName(serving), "challenger", kind)}`;
  const look = { maxAgeSeconds: LOOK_SECONDS };
  const answer = (counter: keyof LookReport, description: string, topicArn: string): Route => ({
    description,
    from: { pattern: answersWith(context, counter) },
    topicArn,
    inputPath: "$.detail.responsePayload",
    maxAgeSeconds: MESSAGE_SECONDS,
  });
  return {
    "release-every-look": {
      ...look,
      description: `Release control looks at the experiments every ${LOOK_MINUTES} minutes`,
      from: { schedule: `rate(${LOOK_MINUTES} minutes)` },
    },
    "release-challenger-alarm": {
      ...look,
      description: "An alarm of the challenger that stands for a bad release",
      from: {
        pattern: {
          source: ["aws.cloudwatch"],
          "detail-type": ["CloudWatch Alarm State Change"],
          resources: ROLLBACK_ALARMS.map(alarmArn),
          detail: { state: { value: ["ALARM"] } },
        },
      },
    },
    "release-run-ended": {
      ...look,
      description: "A night that was compared, or a week whose candidates were approved",
      from: {
        pattern: {
          source: ["aws.states"],
          "detail-type": ["Step Functions Execution Status Change"],
          detail: {
            stateMachineArn: (["nightly", "weekly"] as const).map((kind) => machineArn(context, kind)),
            status: ["SUCCEEDED"],
          },
        },
      },
    },
    "release-decision": answer(
      "announced",
      "What release control has decided, to those who answer for the models",
      notifications.modelEventsArn,
    ),
    "release-call": answer(
      "calls",
      "What somebody has to look at now, to those who keep the platform running",
      notifications.topicArn,
    ),
  };
}

/**
 * Answers of the function that count something. The function is named with its version or alias at the end.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function answersWith(context: Context, counter: keyof LookReport): object {
  const [arn = ""] = functionArns(context, RELEASE_FUNCTION.role);
  return {
    source: ["lambda"],
    "detail-type": ["Lambda Function Invocation Result - Success"],
    detail: {
      requestContext: { functionArn: [{ prefix: `${arn}:` }] },
      responsePayload: { [counter]: [{ numeric: [">", 0] }] },
    },
  };
}

function ruleName({ prefix }: Context, key: string): string {
  return physicalName(RULE_NAME_MAX, prefix, key);
}

/**
 * Whoever rolls back must not stop in silence: a rule that somebody disabled, a permission that is gone. A function that is not called
 * has no data points, and the alarm says that by INSUFFICIENT_DATA. A new alarm begins in that state and tells nobody.
 */
function createSilentAlarm({ prefix }: Context, functionName: string, topicArn: string, parent: Slice): void {
  metricAlarm(
    "release-silent",
    {
      alarmName: physicalName(ALARM_NAME_MAX, prefix, "release-silent"),
      meaning: `Nothing has called release control for ${SILENT_LOOKS * LOOK_MINUTES} minutes: no experiment is decided and none is rolled back`,
      section: "release-silent",
      namespace: "AWS/Lambda",
      metricName: "Invocations",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      breaches: { below: 1 },
      periodSeconds: LOOK_MINUTES * 60,
      periods: { bad: SILENT_LOOKS, of: SILENT_LOOKS },
      silence: "told",
      topicArn,
    },
    parent,
  );
}
