/** CloudWatch namespace of everything that the platform itself publishes; the jobs' right to publish is limited to it. */
export const METRIC_NAMESPACE = "SmartRetail";

interface Metric {
  /** Unit of PutMetricData. */
  readonly unit: "Percent" | "None";
  readonly meaning: string;
}

/** Published per environment and category, once a night. */
export const METRICS = {
  Wape: { unit: "Percent", meaning: "weighted absolute percentage error, category x store x day" },
  Bias: { unit: "Percent", meaning: "forecast less sales, as a share of sales; above 0 is too much" },
  SkillOverSeasonalNaive: {
    unit: "Percent",
    meaning: "how much smaller the error is than the one of seasonal naive",
  },
  ForecastCompleteness: { unit: "None", meaning: "forecasts written, as a share of those expected, 0 to 1" },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Dimensions in order, with their values. */
export function metricDimensions(environment: string, category: string) {
  return { Environment: environment, Category: category } as const;
}
