import type * as sns from "@pulumi/aws/sns";
import { AlertTopic } from "../components/alert-topic";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import type { Keys } from "./keys";

/** SNS: a topic name has at most 256 characters. */
const TOPIC_NAME_MAX = 256;

export interface Notifications {
  /** Operations: alarms, budget, failed jobs. */
  readonly alerts: sns.Topic;
  readonly topicArn: string;
  /** Done when services may publish: AWS Budgets rejects a topic that does not let it. */
  readonly alertsReady: AlertTopic;
  /** Model quality: accuracy, drift, experiments and releases. */
  readonly modelEvents: sns.Topic;
  readonly modelEventsArn: string;
}

/** Who is told: one topic for those who keep the platform running, one for those who answer for the models. */
export function createNotifications(context: Context, { keys }: { keys: Keys }): Notifications {
  const slice = new Slice("notifications");
  const topic = (role: string, displayName: string, publishers: readonly string[]) =>
    new AlertTopic(
      role,
      {
        topicName: physicalName(TOPIC_NAME_MAX, context.prefix, role),
        displayName,
        accountId: context.accountId,
        region: context.region,
        kmsKeyArn: keys.operations.arn,
        publishers,
        emails: context.settings.alertEmails,
      },
      { parent: slice },
    );
  const environment = context.settings.environment;
  const alerts = topic("alerts", `SmartRetail ${environment} alerts`, [
    "budgets.amazonaws.com",
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
  ]);
  const modelEvents = topic("model-events", `SmartRetail ${environment} models`, [
    "cloudwatch.amazonaws.com",
    "events.amazonaws.com",
  ]);
  return {
    alerts: alerts.topic,
    topicArn: alerts.arn,
    alertsReady: alerts,
    modelEvents: modelEvents.topic,
    modelEventsArn: modelEvents.arn,
  };
}
