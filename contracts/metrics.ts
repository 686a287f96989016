/** CloudWatch namespace of everything that the platform itself publishes; the jobs' right to publish is limited to it. */
export const METRIC_NAMESPACE = "SmartRetail";

interface Metric {
  /** Unit of PutMetricData. */
  readonly unit: "Percent" | "Count" | "None";
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
  Mape: {
    unit: "Percent",
    meaning: "mean absolute percentage error of whole days, category x day over all stores",
  },
  StockOutRate: { unit: "Percent", meaning: "open stores' SKUs that ran out on the day, store x SKU x day" },
  WasteRate: {
    unit: "Percent",
    meaning:
      "delivered units that expire, as our orders are simulated on the evaluation's days; of all categories",
  },
  DailyWape: { unit: "Percent", meaning: "the same of the last known day, SKU x day over all stores" },
  DailySkill: { unit: "Percent", meaning: "skill against seasonal naive of the last known day" },
  ErrorCusum: { unit: "None", meaning: "cumulative sum of standardised errors; over 5 the error has risen" },
  InputDrift: {
    unit: "None",
    meaning: "stability index of the week's demand ratios; from 0.1 on it is drift",
  },
  UnseenSkuShare: { unit: "Percent", meaning: "rows of SKUs that the serving model has not been trained on" },
  PromotionShare: { unit: "Percent", meaning: "units of the week that were sold in a promotion" },
  PriceIndex: { unit: "None", meaning: "what was paid against the usual price; 1 is as usual" },
  DriftActions: { unit: "Count", meaning: "actions that the monitor decided on this night" },
  DataFaults: {
    unit: "Count",
    meaning: "price files that are not believed this night; of all categories, stores whose sales are not",
  },
  ForecastCompleteness: { unit: "None", meaning: "forecasts written, as a share of those expected, 0 to 1" },
  ExperimentChange: {
    unit: "Percent",
    meaning: "how much larger the challenger's error is than the champion's; below 0 is better",
  },
  ExperimentLower: {
    unit: "Percent",
    meaning: "lower end of the interval of that change, safe to look at daily",
  },
  ExperimentUpper: { unit: "Percent", meaning: "upper end of the same interval" },
  ExperimentEvidence: {
    unit: "None",
    meaning: "evidence against no change: 20 is what one experiment needs",
  },
  ExperimentDays: { unit: "None", meaning: "days on which champion and challenger were compared" },
  ExperimentDecisions: { unit: "Count", meaning: "decisions that release control wrote down at a look" },
  ChallengerShare: { unit: "Percent", meaning: "stores that the challenger serves" },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;

/** Value of the dimension Category of what belongs to all of them. */
export const ALL_CATEGORIES = "all";

/** Kinds of stores of which the monitor tells the error: the location types of the store master, and what it does not name. */
export const STORE_KINDS = ["office", "residential", "station", "roadside", "tourist", "other"] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/**
 * Field of the monitor's log line of all categories that holds the last day's WAPE of one kind of store, in percent. A field
 * and no metric: a dashboard reads it as well, and six metrics more would cost 1.80 USD a month.
 */
export const storeKindField = (kind: StoreKind): string => `StoreWape_${kind}`;

/** Fields of the same line while a category is calibrated (docs/adr/0106). */
export const CALIBRATION_FIELDS = {
  /** What the next night's forecasts of ordinary items are multiplied by. */
  factor: (category: string): string => `LevelCalibration_${category}`,
  /** DailySkill as it would be without, in percent. */
  skillWithout: (category: string): string => `SkillWithoutCalibration_${category}`,
} as const;

/** Where SageMaker writes what processing jobs print. */
export const PROCESSING_LOG_GROUP = "/aws/sagemaker/ProcessingJobs";

/** From where on people are alarmed; of ErrorCusum, what it may not exceed (docs/adr/0094, 0095). */
export const DRIFT_LIMITS = {
  ErrorCusum: 5,
  // Severe: what is less is noted for the decisions, and no reason to act by itself.
  InputDrift: 0.25,
  UnseenSkuShare: 1,
  DataFaults: 1,
} as const satisfies Partial<Record<MetricName, number>>;

/** What the chain wants to get under, in percent: lines of the dashboards. */
export const KPI_LINES = { Mape: 15, StockOutRate: 3, WasteRate: 2 } as const satisfies Partial<
  Record<MetricName, number>
>;

/** Dimensions in order, with their values. */
export function metricDimensions(environment: string, category: string) {
  return { Environment: environment, Category: category } as const;
}

/**
 * Namespace of what watches deployments from outside: its own, so that who may publish there cannot tell the platform's
 * models good or bad.
 */
export const DEPLOYMENT_NAMESPACE = "SmartRetail/Deployments";

/** Published per environment, every half hour. */
export const DEPLOYMENT_METRICS = {
  EndpointsBehind: {
    unit: "Count",
    meaning: "endpoints that run another configuration than the last deployment made for them",
  },
} as const satisfies Record<string, Metric>;

export type DeploymentMetricName = keyof typeof DEPLOYMENT_METRICS;

/** Minutes between two looks at what endpoints run; the workflow's clock says the same. */
export const DEPLOYMENT_CHECK_MINUTES = 30;

export function deploymentDimensions(environment: string) {
  return { Environment: environment } as const;
}
