import {
  ALL_CATEGORIES,
  CALIBRATION_FIELDS,
  DRIFT_LIMITS,
  KPI_LINES,
  METRIC_NAMESPACE,
  type MetricName,
  metricDimensions,
  PROCESSING_LOG_GROUP,
  STORE_KINDS,
  storeKindField,
} from "../../contracts/metrics";

/** Contents of the CloudWatch dashboards: plain data, one function per board. */

interface Endpoints {
  readonly region: string;
  /** Physical names of the endpoints. */
  readonly endpointNames: readonly string[];
  /** Production variants of each endpoint. */
  readonly variantNames: readonly string[];
}

interface Widget {
  readonly type: "metric" | "text" | "log";
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A dashboard is 24 units wide: two widgets a row. */
const HALF_WIDTH = 12;
const HEIGHT = 6;

type Metric = readonly (string | Readonly<Record<string, unknown>>)[];

function chart(region: string, title: string, stat: string, metrics: readonly Metric[]): Widget {
  return {
    type: "metric",
    width: HALF_WIDTH,
    height: HEIGHT,
    properties: { title, region, stat, period: 300, view: "timeSeries", stacked: false, metrics },
  };
}

/** A line across a chart: what an alarm waits for. */
function withLimit(widget: Widget, label: string, value: number): Widget {
  return { ...widget, properties: { ...widget.properties, annotations: { horizontal: [{ label, value }] } } };
}

/** A line of text across the board. */
function heading(markdown: string): Widget {
  return { type: "text", width: 2 * HALF_WIDTH, height: 2, properties: { markdown } };
}

/** Of figures that come once a night. */
function daily(widget: Widget): Widget {
  return { ...widget, properties: { ...widget.properties, period: 86_400 } };
}

/** One metric of AWS/SageMaker per endpoint and variant. */
function perVariant(
  { endpointNames, variantNames }: Endpoints,
  metricName: string,
  namespace = "AWS/SageMaker",
): Metric[] {
  return endpointNames.flatMap((endpointName) =>
    variantNames.map((variantName) => [
      namespace,
      metricName,
      "EndpointName",
      endpointName,
      "VariantName",
      variantName,
      { label: endpointNames.length > 1 ? endpointName : variantName },
    ]),
  );
}

/** Makes charts of one metric per endpoint and variant. */
function variantCharts(endpoints: Endpoints) {
  return (title: string, stat: string, metricName: string, namespace?: string): Widget =>
    chart(endpoints.region, title, stat, perVariant(endpoints, metricName, namespace));
}

interface ServingBoard extends Endpoints {
  readonly mode: "realtime" | "serverless";
  readonly latencyP99Milliseconds: number;
  readonly monthlyBudgetUsd: number;
}

const ENDPOINT_NAMESPACE = "/aws/sagemaker/Endpoints";

/** Latency in its parts, errors and load of the endpoints, per variant: of each mode the metrics that SageMaker has; and what all of it costs. */
export function servingDashboard(board: ServingBoard): { widgets: Widget[] } {
  const { latencyP99Milliseconds } = board;
  const of = variantCharts(board);
  return {
    widgets: [
      heading("## Service level"),
      withLimit(
        of("Model latency, p99 (microseconds)", "p99", "ModelLatency"),
        "alarm",
        latencyP99Milliseconds * 1000,
      ),
      of("Overhead latency, average (microseconds)", "Average", "OverheadLatency"),
      ...(board.mode === "realtime" ? loadingCharts(board) : coldStartCharts(board)),
      of("Invocations (sum)", "Sum", "Invocations"),
      of("Server errors (share of requests)", "Average", "Invocation5XXErrors"),
      of("Client errors (share of requests)", "Average", "Invocation4XXErrors"),
      of("Memory (%)", "Average", "MemoryUtilization", ENDPOINT_NAMESPACE),
      ...costCharts(board.monthlyBudgetUsd),
    ],
  };
}

/** AWS publishes charges of an account in this region alone: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html */
const BILLING_REGION = "us-east-1";
const BILLING = {
  namespace: "AWS/Billing",
  metricName: "EstimatedCharges",
  periodSeconds: 6 * 3600,
} as const;

/** What the month has cost so far, beside the budget and by service. They stand still until AWS is asked to publish them. */
function costCharts(monthlyBudgetUsd: number): Widget[] {
  const { namespace, metricName, periodSeconds } = BILLING;
  const charges = (title: string, metrics: readonly Metric[]): Widget => {
    const { properties, ...widget } = chart(BILLING_REGION, title, "Maximum", metrics);
    return { ...widget, properties: { ...properties, period: periodSeconds } };
  };
  const byService = `SEARCH('{${namespace},Currency,ServiceName} MetricName="${metricName}"', 'Maximum', ${periodSeconds})`;
  return [
    heading(
      "## Cost\nAll of this account. No figures: switch on *Receive CloudWatch billing alerts* in the account's billing preferences; in an organization, in the account that pays.",
    ),
    withLimit(
      charges("Charges of the month so far (USD)", [
        [namespace, metricName, "Currency", "USD", { label: "all" }],
      ]),
      "budget",
      monthlyBudgetUsd,
    ),
    charges("Charges of the month by service (USD)", [[{ expression: byService, id: "services" }]]),
  ];
}

/** What multi-model containers wait for, and how busy their instances are. */
function loadingCharts(endpoints: Endpoints): Widget[] {
  const of = variantCharts(endpoints);
  return [
    of("Longest wait for a model to load (microseconds)", "Maximum", "ModelLoadingWaitTime"),
    of("Model cache hits (share of requests)", "Average", "ModelCacheHit"),
    of("Models in memory", "Average", "LoadedModelCount", ENDPOINT_NAMESPACE),
    of("Requests at a time (most)", "Maximum", "ConcurrentRequestsPerModel"),
    of("Invocations per instance (sum)", "Sum", "InvocationsPerInstance"),
    of("CPU (%)", "Average", "CPUUtilization", ENDPOINT_NAMESPACE),
  ];
}

/**
 * How serverless containers start and how many there are. SageMaker publishes no other metrics for them:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html
 */
function coldStartCharts(endpoints: Endpoints): Widget[] {
  const of = variantCharts(endpoints);
  return [
    of("Start of a container, p99 (microseconds)", "p99", "ModelSetupTime"),
    of("Containers in use (share of the most)", "Maximum", "ServerlessConcurrentExecutionsUtilization"),
    of("Warm containers in use (share)", "Maximum", "ServerlessProvisionedConcurrencyUtilization"),
    of("Requests beyond the warm ones (sum)", "Sum", "ServerlessProvisionedConcurrencySpilloverInvocations"),
  ];
}

/** One metric of ours per category. */
function perCategory(environment: string, categories: readonly string[], metricName: MetricName): Metric[] {
  return categories.map((category) => [
    METRIC_NAMESPACE,
    metricName,
    ...Object.entries(metricDimensions(environment, category)).flat(),
    { label: category },
  ]);
}

interface ExperimentsBoard extends Endpoints {
  readonly environment: string;
  readonly categories: readonly string[];
  /** What evaluates them, by its physical name; undefined where somebody does it by hand. */
  readonly releaseFunctionName: string | undefined;
}

/** Where the experiments stand, what decides them, and how both variants serve meanwhile. */
export function experimentsDashboard(endpoints: ExperimentsBoard): { widgets: Widget[] } {
  const { region, environment, categories, releaseFunctionName } = endpoints;
  const board = (title: string, metricName: MetricName, stat = "Average") =>
    chart(region, title, stat, perCategory(environment, categories, metricName));
  const interval = categories.map((category) =>
    chart(
      region,
      `Error of the challenger against the champion's, ${category} (%)`,
      "Average",
      (["ExperimentLower", "ExperimentChange", "ExperimentUpper"] as const).map((metricName) => [
        METRIC_NAMESPACE,
        metricName,
        ...Object.entries(metricDimensions(environment, category)).flat(),
        {
          label: { ExperimentLower: "at least", ExperimentChange: "change", ExperimentUpper: "at most" }[
            metricName
          ],
        },
      ]),
    ),
  );
  return {
    widgets: [
      ...interval,
      board("Evidence (20 is enough for one experiment)", "ExperimentEvidence"),
      board("Stores that the challenger serves (%)", "ChallengerShare"),
      board("Compared days", "ExperimentDays"),
      board("Decisions written down (sum)", "ExperimentDecisions", "Sum"),
      ...(releaseFunctionName === undefined ? [] : functionCharts(region, releaseFunctionName)),
      chart(region, "Invocations (sum)", "Sum", perVariant(endpoints, "Invocations")),
      chart(
        region,
        "Server errors (share of requests)",
        "Average",
        perVariant(endpoints, "Invocation5XXErrors"),
      ),
      chart(region, "Model latency, p99 (microseconds)", "p99", perVariant(endpoints, "ModelLatency")),
    ],
  };
}

/** Whether release control looks at all, and what comes of its looks. */
function functionCharts(region: string, functionName: string): Widget[] {
  const of = (...metricNames: readonly string[]): Metric[] =>
    metricNames.map((metricName) => [
      "AWS/Lambda",
      metricName,
      "FunctionName",
      functionName,
      { label: metricName },
    ]);
  return [
    chart(
      region,
      "Looks of release control: called, failed, turned away, given up (sum)",
      "Sum",
      of("Invocations", "Errors", "Throttles", "AsyncEventsDropped"),
    ),
    chart(
      region,
      "Looks of release control: how long they take and wait, longest (ms)",
      "Maximum",
      of("Duration", "AsyncEventAge"),
    ),
  ];
}

/** Figures of which the monitor's log is asked, by their names on the chart: fields cost nothing, metrics do. */
function ofLog(
  region: string,
  environment: string,
  title: string,
  fields: readonly (readonly [string, string])[],
): Widget {
  const figures = fields.map(([name, field]) => `max(${field}) as ${name}`).join(", ");
  const query = [
    `SOURCE '${PROCESSING_LOG_GROUP}'`,
    `filter Environment = '${environment}' and Category = '${ALL_CATEGORIES}'`,
    `stats ${figures} by bin(1d)`,
  ].join(" | ");
  return {
    type: "log",
    width: HALF_WIDTH,
    height: HEIGHT,
    properties: { title, region, query, view: "timeSeries", stacked: false },
  };
}

/** Accuracy and completeness of the forecasts, and what the nightly monitor sees and decides, per category. */
export function modelsDashboard(
  region: string,
  environment: string,
  categories: readonly string[],
): { widgets: Widget[] } {
  const board = (title: string, stat: string, metricName: MetricName) =>
    daily(chart(region, title, stat, perCategory(environment, categories, metricName)));
  const ofAll = (metricName: MetricName) => perCategory(environment, [ALL_CATEGORIES], metricName);
  return {
    widgets: [
      heading("## Forecast quality"),
      withLimit(
        board("MAPE, category x day over all stores (%)", "Average", "Mape"),
        "wanted at most",
        KPI_LINES.Mape,
      ),
      withLimit(
        board("SKUs that ran out, store x SKU x day (%)", "Average", "StockOutRate"),
        "wanted at most",
        KPI_LINES.StockOutRate,
      ),
      withLimit(
        daily(
          chart(region, "Units that expire, simulated with our orders (%)", "Average", ofAll("WasteRate")),
        ),
        "wanted at most",
        KPI_LINES.WasteRate,
      ),
      board("WAPE, category x store x day (%)", "Average", "Wape"),
      board("Bias (%)", "Average", "Bias"),
      board("Skill against seasonal naive (%)", "Average", "SkillOverSeasonalNaive"),
      board("WAPE of the last known day, SKU x day (%)", "Average", "DailyWape"),
      board("Skill of the last known day against seasonal naive (%)", "Average", "DailySkill"),
      ofLog(
        region,
        environment,
        "WAPE of the last known day by kind of store, SKU x day (%)",
        STORE_KINDS.map((kind) => [kind, storeKindField(kind)]),
      ),
      ofLog(
        region,
        environment,
        "What forecasts of ordinary items are multiplied by (none: 1)",
        categories.map((category) => [category, CALIBRATION_FIELDS.factor(category)]),
      ),
      ofLog(
        region,
        environment,
        "Skill of the last known day without that (%)",
        categories.map((category) => [category, CALIBRATION_FIELDS.skillWithout(category)]),
      ),
      heading("## Drift and data health"),
      board("Forecasts written (share of expected)", "Minimum", "ForecastCompleteness"),
      withLimit(
        board("Sum of standardised errors (over 5 the error has risen)", "Maximum", "ErrorCusum"),
        "alarm",
        DRIFT_LIMITS.ErrorCusum,
      ),
      withLimit(
        board("Stability index of demand ratios (from 0.1 on it is drift)", "Maximum", "InputDrift"),
        "alarm",
        DRIFT_LIMITS.InputDrift,
      ),
      withLimit(
        board("Rows of SKUs that the model does not know (%)", "Maximum", "UnseenSkuShare"),
        "alarm",
        DRIFT_LIMITS.UnseenSkuShare,
      ),
      board("Units sold in a promotion (%)", "Average", "PromotionShare"),
      board("Price index (1 is as usual)", "Average", "PriceIndex"),
      board("Actions decided", "Maximum", "DriftActions"),
      daily(
        chart(region, "Price files, and stores (all), that are not believed", "Maximum", [
          ...perCategory(environment, categories, "DataFaults"),
          ...ofAll("DataFaults"),
        ]),
      ),
    ],
  };
}
