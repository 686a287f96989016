import { metricAlarm, type MetricAlarmDecisions } from "../../components/metric-alarm";
import { physicalName } from "../../components/physical-name";
import type { Slice } from "../../components/slice";
import { CATEGORIES } from "../../contracts/categories";
import { ALL_CATEGORIES, DRIFT_LIMITS, METRIC_NAMESPACE, metricDimensions } from "../../contracts/metrics";
import type { Context } from "../context";

/** CloudWatch: an alarm name has at most 255 characters. */
const ALARM_NAME_MAX = 255;
const DAY_SECONDS = 86_400;
/**
 * A night's figures carry the day that they judge, and come up to a day later: when they come, that may be the day before the
 * newest one. One high day of two is enough.
 */
const DAYS = { bad: 1, of: 2 };

interface Watched {
  readonly metric: keyof typeof DRIFT_LIMITS;
  /** Section of the runbook. */
  readonly section: string;
  readonly what: string;
  readonly breaches: MetricAlarmDecisions["breaches"];
}

const WATCHED: readonly Watched[] = [
  {
    metric: "ErrorCusum",
    section: "error-drift",
    what: "forecast errors have risen beyond what chance does",
    breaches: { above: DRIFT_LIMITS.ErrorCusum },
  },
  {
    metric: "InputDrift",
    section: "input-drift",
    what: "a week's demand is far from what the models were trained on",
    breaches: { from: DRIFT_LIMITS.InputDrift },
  },
  {
    metric: "UnseenSkuShare",
    section: "unseen-skus",
    what: "too many sales are of items that the model does not know",
    breaches: { from: DRIFT_LIMITS.UnseenSkuShare },
  },
  {
    metric: "DataFaults",
    section: "data-faults",
    what: "data of stores or prices is not believed",
    breaches: { from: DRIFT_LIMITS.DataFaults },
  },
];

/**
 * An alarm a category for each thing that the nightly monitor watches (docs/adr/0105). A night without figures says nothing either way: that
 * the monitor itself failed, the nightly machine tells.
 */
export function createDriftAlarms({ settings, prefix }: Context, topicArn: string, parent: Slice): void {
  for (const { metric, section, what, breaches } of WATCHED) {
    for (const category of section === "data-faults" ? [...CATEGORIES, ALL_CATEGORIES] : CATEGORIES) {
      metricAlarm(
        `${section}-${category}`,
        {
          alarmName: physicalName(ALARM_NAME_MAX, prefix, `${section}-${category}`),
          meaning: `${category} in ${settings.environment}: ${what}`,
          section,
          namespace: METRIC_NAMESPACE,
          metricName: metric,
          dimensions: metricDimensions(settings.environment, category),
          // A night that was run again says the same or more.
          statistic: "Maximum",
          breaches,
          periodSeconds: DAY_SECONDS,
          periods: DAYS,
          silence: "nothing",
          topicArn,
        },
        parent,
      );
    }
  }
}
