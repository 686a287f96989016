import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { physicalName } from "../../components/physical-name";
import type { Slice } from "../../components/slice";
import { CATEGORIES } from "../../contracts/categories";
import { ALL_CATEGORIES, DRIFT_LIMITS, METRIC_NAMESPACE, metricDimensions } from "../../contracts/metrics";
import { runbookLink } from "../../contracts/runbook";
import type { Context } from "../context";

/** CloudWatch: an alarm name has at most 255 characters. */
const ALARM_NAME_MAX = 255;
const DAY_SECONDS = 86_400;
/**
 * A night's figures carry the day that they judge, and come up to a day later: when they come, that may be the day before the
 * newest one. One high day of two is enough.
 */
const DAYS = 2;
const DAYS_TO_ALARM = 1;

interface Watched {
  readonly metric: keyof typeof DRIFT_LIMITS;
  /** Section of the runbook. */
  readonly section: string;
  readonly what: string;
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold";
}

const WATCHED: readonly Watched[] = [
  {
    metric: "ErrorCusum",
    section: "error-drift",
    what: "forecast errors have risen beyond what chance does",
    comparison: "GreaterThanThreshold",
  },
  {
    metric: "InputDrift",
    section: "input-drift",
    what: "a week's demand is far from what the models were trained on",
    comparison: "GreaterThanOrEqualToThreshold",
  },
  {
    metric: "UnseenSkuShare",
    section: "unseen-skus",
    what: "too many sales are of items that the model does not know",
    comparison: "GreaterThanOrEqualToThreshold",
  },
  {
    metric: "DataFaults",
    section: "data-faults",
    what: "data of stores or prices is not believed",
    comparison: "GreaterThanOrEqualToThreshold",
  },
];

/**
 * An alarm a category for each thing that the nightly monitor watches (docs/adr/0105). A night without figures says nothing either way: that
 * the monitor itself failed, the nightly machine tells.
 */
export function createDriftAlarms({ settings, prefix }: Context, topicArn: string, parent: Slice): void {
  for (const { metric, section, what, comparison } of WATCHED) {
    for (const category of section === "data-faults" ? [...CATEGORIES, ALL_CATEGORIES] : CATEGORIES) {
      new cloudwatch.MetricAlarm(
        `${section}-${category}`,
        {
          name: physicalName(ALARM_NAME_MAX, prefix, `${section}-${category}`),
          alarmDescription: `${category} in ${settings.environment}: ${what}. ${runbookLink(section)}`,
          namespace: METRIC_NAMESPACE,
          metricName: metric,
          dimensions: metricDimensions(settings.environment, category),
          // A night that was run again says the same or more.
          statistic: "Maximum",
          comparisonOperator: comparison,
          threshold: DRIFT_LIMITS[metric],
          period: DAY_SECONDS,
          evaluationPeriods: DAYS,
          datapointsToAlarm: DAYS_TO_ALARM,
          treatMissingData: "missing",
          alarmActions: [topicArn],
          okActions: [topicArn],
        },
        { parent },
      );
    }
  }
}
