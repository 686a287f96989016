import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { encryptedLogGroup } from "../components/encrypted-log-group";
import { MonthlyBudget } from "../components/monthly-budget";
import { physicalName } from "../components/physical-name";
import { Slice } from "../components/slice";
import { sortedJson } from "../components/sorted-json";
import type { Context } from "./context";
import type { Keys } from "./keys";
import type { Notifications } from "./notifications";
import { createBehindAlarm } from "./operations/behind-alarm";
import { createDriftAlarms } from "./operations/drift-alarms";
import { experimentsDashboard, modelsDashboard, servingDashboard } from "./operations/dashboards";
import type { Release } from "./release";
import type { Serving } from "./serving";
import { CATEGORIES } from "../contracts/categories";

/** CloudWatch: a dashboard name has at most 255 characters; AWS Budgets: a budget name 100. */
const DASHBOARD_NAME_MAX = 255;
const BUDGET_NAME_MAX = 100;

/** Log groups that SageMaker writes to in every account, whoever starts the job. */
const SAGEMAKER_LOG_GROUPS = {
  processing: "/aws/sagemaker/ProcessingJobs",
  studio: "/aws/sagemaker/studio",
  training: "/aws/sagemaker/TrainingJobs",
  transform: "/aws/sagemaker/TransformJobs",
} as const;

export interface Operations {
  readonly dashboardNames: readonly string[];
  readonly logGroupNames: readonly string[];
}

interface Earlier {
  readonly keys: Keys;
  readonly notifications: Notifications;
  readonly serving: Serving;
  /** Undefined where nothing is released by experiments. */
  readonly release: Release | undefined;
}

/** Log groups, dashboards, the budget, and the alarms about endpoints as such and about drift; the others are made with what they watch. */
export function createOperations(
  context: Context,
  { keys, notifications, serving, release }: Earlier,
): Operations {
  const slice = new Slice("operations");
  const { settings, prefix } = context;

  const logGroups = logGroupNames(serving);
  for (const [key, logGroupName] of Object.entries(logGroups)) {
    encryptedLogGroup(
      `${key}-logs`,
      { logGroupName, retentionDays: settings.logRetentionDays, kmsKeyArn: keys.operations.arn },
      { parent: slice },
    );
  }

  new MonthlyBudget(
    "budget",
    {
      budgetName: physicalName(BUDGET_NAME_MAX, prefix, "monthly"),
      limitUsd: settings.monthlyBudgetUsd,
      alertPercents: settings.budgetAlertPercents,
      topicArn: notifications.alerts.arn,
      emails: settings.alertEmails,
    },
    { parent: slice, dependsOn: [notifications.alertsReady] },
  );
  createBehindAlarm(context, notifications.topicArn, slice);
  createDriftAlarms(context, notifications.topicArn, slice);
  return {
    dashboardNames: createDashboards(context, serving, release, slice),
    logGroupNames: Object.values(logGroups),
  };
}

function createDashboards(
  { settings, prefix, region }: Context,
  { mode, endpoints, variantNames }: Serving,
  release: Release | undefined,
  parent: Slice,
): string[] {
  const endpointNames = Object.values(endpoints).map(({ name }) => name);
  const dashboards = {
    models: modelsDashboard(region, settings.environment, CATEGORIES),
    serving: servingDashboard({
      region,
      endpointNames,
      variantNames,
      mode,
      latencyP99Milliseconds: settings.latencyP99Milliseconds,
      monthlyBudgetUsd: settings.monthlyBudgetUsd,
    }),
    experiments: experimentsDashboard({
      region,
      endpointNames,
      variantNames,
      environment: settings.environment,
      categories: CATEGORIES,
      releaseFunctionName: release?.functionName,
    }),
  };
  return Object.entries(dashboards).map(([key, body]) => {
    const dashboardName = physicalName(DASHBOARD_NAME_MAX, prefix, key);
    new cloudwatch.Dashboard(
      `${key}-dashboard`,
      { dashboardName, dashboardBody: sortedJson(body) },
      { parent },
    );
    return dashboardName;
  });
}

function logGroupNames({ endpoints }: Serving): Record<string, string> {
  const ofEndpoints = Object.entries(endpoints).map(([key, { name }]) => [
    `endpoint-${key}`,
    `/aws/sagemaker/Endpoints/${name}`,
  ]);
  return { ...SAGEMAKER_LOG_GROUPS, ...(Object.fromEntries(ofEndpoints) as Record<string, string>) };
}
