import { charge, notKnownYet, unpriced } from "./charge";
import { inputAt, listAt, numberAt, textAt, NOT_KNOWN_YET, type PlannedResource } from "./planned-resource";
import type { Pricers } from "./pricer";
import { exactly, times, upTo } from "./range";
import { usageFor } from "./usage";

const DAYS_PER_MONTH = 365 / 12;
/** Dashboards of an account that cost nothing. Other stacks may have used them up: only the minimum counts on them. */
const FREE_DASHBOARDS = 3;
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const BUDGET = "aws:budgets/budget:Budget";
const FREE_BUDGETS = 2;

export const OBSERVABILITY_PRICERS: Pricers = {
  "aws:cloudwatch/logGroup:LogGroup": (group, { prices, usage }) => {
    const ingested = usageFor(usage.logGigabytesPerMonth, group.name);
    const infrequent = textAt(group.inputs, "logGroupClass") === "INFREQUENT_ACCESS";
    const ingestion = charge(prices, group, {
      what: "log ingestion",
      quantity: ingested,
      priceKey: infrequent ? "cloudwatch-logs-ingest-infrequent" : "cloudwatch-logs-ingest",
      assumptions: ["logGigabytesPerMonth"],
    });
    const days = numberAt(group.inputs, "retentionInDays");
    if (days === NOT_KNOWN_YET) return [ingestion, notKnownYet(group, "stored logs", "retentionInDays")];
    if (days === undefined || days === 0)
      return [ingestion, unpriced(group, "stored logs", "they are kept without end")];
    const stored = charge(prices, group, {
      what: `logs kept ${days} days`,
      quantity: times(ingested, exactly((usage.logCompressionShare * days) / DAYS_PER_MONTH)),
      priceKey: "cloudwatch-logs-storage",
      assumptions: ["logGigabytesPerMonth", "logCompressionShare"],
    });
    return [ingestion, stored];
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": (alarm, { prices }) => {
    const queries = listAt(alarm.inputs, "metricQueries");
    if (queries === NOT_KNOWN_YET) return [notKnownYet(alarm, "alarm", "metricQueries")];
    const metrics = queries.filter((query) => inputAt(query, ["metric"]) !== undefined).length || 1;
    const period = numberAt(alarm.inputs, "period");
    const fast = typeof period === "number" && period < 60;
    // An anomaly-detection alarm is billed as three metrics: the metric and the two bounds of the band.
    const anomaly = textAt(alarm.inputs, "thresholdMetricId") !== undefined;
    return [
      charge(prices, alarm, {
        what: `alarm on ${metrics} metric${metrics === 1 ? "" : "s"}`,
        quantity: exactly(anomaly ? metrics + 2 : metrics),
        priceKey: fast ? "cloudwatch-alarm-high-resolution" : "cloudwatch-alarm",
      }),
    ];
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (alarm, { prices }) => [
    charge(prices, alarm, {
      what: "composite alarm",
      quantity: exactly(1),
      priceKey: "cloudwatch-composite-alarm",
    }),
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": (filter, { prices }) => [
    charge(prices, filter, {
      what: "metric of the filter",
      quantity: upTo(1),
      priceKey: "cloudwatch-metric",
    }),
  ],
  "aws:appautoscaling/policy:Policy": (policy, { prices }) =>
    // Application Auto Scaling makes an alarm for scaling out and one for scaling in.
    textAt(policy.inputs, "policyType") === "TargetTrackingScaling"
      ? [
          charge(prices, policy, {
            what: "two alarms of target tracking",
            quantity: exactly(2),
            priceKey: followsHighResolution(policy) ? "cloudwatch-alarm-high-resolution" : "cloudwatch-alarm",
          }),
        ]
      : [],
  "aws:apigateway/stage:Stage": (stage) =>
    inputAt(stage.inputs, ["cacheClusterEnabled"]) === true
      ? [unpriced(stage, "cache cluster", "no price for cache clusters")]
      : [],
  [DASHBOARD]: (dashboard, { plan, prices }) => {
    const free = plan.ofType(DASHBOARD).indexOf(dashboard) < FREE_DASHBOARDS;
    return [
      charge(prices, dashboard, {
        what: "dashboard",
        quantity: free ? upTo(1) : exactly(1),
        priceKey: "cloudwatch-dashboard",
      }),
    ];
  },
  [BUDGET]: (budget, { plan, prices }) => {
    const free = plan.ofType(BUDGET).indexOf(budget) < FREE_BUDGETS;
    return [
      charge(prices, budget, {
        what: "budget",
        quantity: free ? upTo(1) : exactly(1),
        priceKey: "budget-extra",
      }),
    ];
  },
};

/** AWS names its predefined metrics of every ten seconds so. */
function followsHighResolution(policy: PlannedResource): boolean {
  const metric = inputAt(policy.inputs, [
    "targetTrackingScalingPolicyConfiguration",
    "predefinedMetricSpecification",
    "predefinedMetricType",
  ]);
  return typeof metric === "string" && metric.endsWith("HighResolution");
}
