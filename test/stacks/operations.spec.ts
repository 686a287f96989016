import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CATEGORIES } from "../../contracts/categories";
import {
  ALL_CATEGORIES,
  DRIFT_LIMITS,
  METRIC_NAMESPACE,
  PROCESSING_LOG_GROUP,
} from "../../contracts/metrics";
import { createKeys } from "../../stacks/keys";
import { createNotifications } from "../../stacks/notifications";
import { LOCATION_TYPES } from "../../forecasting/lake/schema";
import { createOperations } from "../../stacks/operations";
import { modelsDashboard } from "../../stacks/operations/dashboards";
import type { Serving } from "../../stacks/serving";
import { testContext } from "../support/context";
import { find, record } from "../support/record";

const SERVING: Serving = {
  mode: "realtime",
  endpoints: {
    forecast: {
      name: "smartretail-prod-forecast",
      arn: "arn:endpoint",
      endpointConfigurationName: pulumi.output("config"),
    },
  },
  variantNames: ["champion", "challenger"],
  modelPointers: {},
};

function program(serving: Serving = SERVING) {
  return () => {
    const context = testContext("prod");
    const keys = createKeys(context);
    const notifications = createNotifications(context, { keys });
    const release = { functionName: "smartretail-prod-release-control" };
    createOperations(context, { keys, notifications, serving, release });
  };
}

interface Chart {
  readonly title: string;
  readonly markdown?: string;
  readonly region?: string;
  /** Of a text none. */
  readonly metrics?: string[][];
  readonly annotations?: unknown;
}

async function servingCharts(serving: Serving): Promise<Chart[]> {
  const recording = await record(program(serving));
  const { dashboardBody } = find(recording, "aws:cloudwatch/dashboard:Dashboard", "serving-dashboard").inputs;
  const { widgets } = JSON.parse(String(dashboardBody)) as { widgets: { properties: Chart }[] };
  return widgets.map(({ properties }) => properties);
}

/** The charts of endpoints among those of the board. */
const ofEndpoints = (charts: readonly Chart[]) =>
  charts.filter(({ metrics }) => metrics?.some(([namespace]) => /SageMaker/i.test(String(namespace))));

describe("operations", () => {
  it("keeps the logs of jobs, Studio and endpoints encrypted and for the set time", async () => {
    const recording = await record(program());

    const groups = recording.resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(groups.map(({ inputs }) => inputs.name).sort(), [
      "/aws/sagemaker/Endpoints/smartretail-prod-forecast",
      "/aws/sagemaker/ProcessingJobs",
      "/aws/sagemaker/TrainingJobs",
      "/aws/sagemaker/TransformJobs",
      "/aws/sagemaker/studio",
    ]);
    const key = find(recording, "aws:kms/key:Key", "operations-key").outputs.arn;
    for (const { inputs } of groups) {
      assert.equal(inputs.retentionInDays, 365);
      assert.equal(inputs.kmsKeyId, key);
    }
  });

  it("asks the group that jobs write to for kinds of stores and calibrations, of its own environment", async () => {
    const { resources } = await record(program());

    const groups = resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.ok(groups.some(({ inputs }) => inputs.name === PROCESSING_LOG_GROUP));
    const { widgets } = modelsDashboard("ap-northeast-1", "prod", ["food"]);
    const queries = widgets
      .filter(({ type }) => type === "log")
      .map(({ properties }) => String(properties["query"]));
    const of = `SOURCE '${PROCESSING_LOG_GROUP}' | filter Environment = 'prod' and Category = 'all' | stats `;
    const kinds = [...LOCATION_TYPES, "other"].map((kind) => `max(StoreWape_${kind}) as ${kind}`);
    assert.deepEqual(queries, [
      `${of}${kinds.join(", ")} by bin(1d)`,
      `${of}max(LevelCalibration_food) as food by bin(1d)`,
      `${of}max(SkillWithoutCalibration_food) as food by bin(1d)`,
    ]);
  });

  it("charts every variant of every endpoint, with both dimensions", async () => {
    for (const { title, metrics } of ofEndpoints(await servingCharts(SERVING))) {
      assert.deepEqual(
        metrics?.map((metric) => metric.slice(2, 6)),
        ["champion", "challenger"].map((variant) => [
          "EndpointName",
          "smartretail-prod-forecast",
          "VariantName",
          variant,
        ]),
        title,
      );
    }
  });

  it("charts what an answer's time is made of, with the line that the alarm waits for", async () => {
    const charts = ofEndpoints(await servingCharts(SERVING));

    const metricOf = (title: string) =>
      charts.find((each) => each.title.startsWith(title))?.metrics?.[0]?.[1];
    assert.deepEqual(
      ["Model latency", "Overhead", "Longest wait for a model", "Model cache hits"].map(metricOf),
      ["ModelLatency", "OverheadLatency", "ModelLoadingWaitTime", "ModelCacheHit"],
    );
    assert.deepEqual(charts[0]?.annotations, { horizontal: [{ label: "alarm", value: 400_000 }] });
  });

  it("charts of serverless endpoints only what SageMaker publishes for them", async () => {
    const charts = ofEndpoints(
      await servingCharts({ ...SERVING, mode: "serverless", variantNames: ["champion"] }),
    );

    // https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html
    const published = [
      "ModelLatency",
      "OverheadLatency",
      "ModelSetupTime",
      "Invocations",
      "Invocation4XXErrors",
      "Invocation5XXErrors",
      "MemoryUtilization",
      "ServerlessConcurrentExecutionsUtilization",
      "ServerlessProvisionedConcurrencyUtilization",
      "ServerlessProvisionedConcurrencySpilloverInvocations",
    ];
    assert.deepEqual(
      charts.flatMap(({ metrics }) => metrics!.map((metric) => metric[1])).sort(),
      [...published].sort(),
    );
  });

  it("charts what the month has cost beside the budget, where AWS publishes it, and says why there may be nothing", async () => {
    const charts = await servingCharts(SERVING);

    const [all, byService] = charts.filter(({ title }) => title?.startsWith("Charges of the month"));
    assert.deepEqual([all?.region, byService?.region], ["us-east-1", "us-east-1"]);
    assert.deepEqual(all?.metrics?.[0]?.slice(0, 4), ["AWS/Billing", "EstimatedCharges", "Currency", "USD"]);
    assert.deepEqual(all?.annotations, { horizontal: [{ label: "budget", value: 1500 }] });
    assert.match(JSON.stringify(byService?.metrics), /SEARCH\('\{AWS\/Billing,Currency,ServiceName\}/);
    assert.ok(charts.some(({ markdown }) => markdown?.includes("Receive CloudWatch billing alerts")));
  });

  it("charts the accuracy of every category", async () => {
    const recording = await record(program());

    const { dashboardBody } = find(
      recording,
      "aws:cloudwatch/dashboard:Dashboard",
      "models-dashboard",
    ).inputs;
    for (const category of ["drinks", "food", "daily", "confectionery"]) {
      assert.match(String(dashboardBody), new RegExp(`"Category","${category}"`));
    }
  });

  it("makes a log group for each serverless endpoint", async () => {
    const endpoint = (name: string) => ({
      name,
      arn: "arn",
      endpointConfigurationName: pulumi.output("config"),
    });
    const serverless = {
      ...SERVING,
      endpoints: { food: endpoint("dev-food"), daily: endpoint("dev-daily") },
    };

    const recording = await record(program(serverless));

    const names = recording.resources.map(({ inputs }) => inputs.name);
    assert.ok(names.includes("/aws/sagemaker/Endpoints/dev-food"));
    assert.ok(names.includes("/aws/sagemaker/Endpoints/dev-daily"));
  });

  it("sets the environment's budget and sends its alerts to the alerts topic", async () => {
    const recording = await record(program());

    const { inputs, dependencies } = find(recording, "aws:budgets/budget:Budget");
    const topicPolicy = find(recording, "aws:sns/topicPolicy:TopicPolicy", "alerts-policy");
    assert.ok(dependencies.includes(topicPolicy.urn), "AWS Budgets checks the topic's policy");
    assert.equal(inputs.limitAmount, "1500.0");
    assert.equal(inputs.costFilters, undefined);
    const [first] = inputs.notifications as { subscriberSnsTopicArns: string[] }[];
    assert.deepEqual(first?.subscriberSnsTopicArns, [
      "arn:aws:sns:ap-northeast-1:123456789012:smartretail-prod-alerts",
    ]);
  });

  it("alarms once a day and category on drift and on data that is not believed", async () => {
    const recording = await record(program());

    const alarms = recording.resources.filter(
      ({ type, inputs }) =>
        type === "aws:cloudwatch/metricAlarm:MetricAlarm" && inputs.namespace === METRIC_NAMESPACE,
    );
    const limits = new Map(alarms.map(({ inputs }) => [inputs.metricName, inputs.threshold]));
    assert.deepEqual(Object.fromEntries(limits), DRIFT_LIMITS);
    const categories = (metric: string) =>
      alarms
        .filter(({ inputs }) => inputs.metricName === metric)
        .map(({ inputs }) => (inputs.dimensions as { Category: string }).Category);
    assert.deepEqual(categories("ErrorCusum"), [...CATEGORIES]);
    assert.deepEqual(categories("DataFaults"), [...CATEGORIES, ALL_CATEGORIES]);
    for (const { inputs, name } of alarms) {
      const { period, evaluationPeriods, datapointsToAlarm } = inputs;
      assert.deepEqual([period, evaluationPeriods, datapointsToAlarm], [86_400, 2, 1], name);
      assert.equal(inputs.treatMissingData, "missing", name);
    }
  });

  it("tells of endpoints that are behind for an hour, and when nobody looks any more", async () => {
    const recording = await record(program());

    const alarm = find(recording, "aws:cloudwatch/metricAlarm:MetricAlarm", "endpoints-behind").inputs;
    const topic = find(recording, "aws:sns/topic:Topic", "alerts-topic").outputs.arn;
    const { period, evaluationPeriods, datapointsToAlarm } = alarm as Record<string, number>;
    // The first and the last of the looks are an hour apart.
    assert.equal(((evaluationPeriods ?? 0) - 1) * (period ?? 0), 3600);
    assert.equal(datapointsToAlarm, evaluationPeriods);
    assert.deepEqual(
      [alarm.statistic, alarm.comparisonOperator, alarm.threshold],
      ["Minimum", "GreaterThanThreshold", 0],
    );
    assert.deepEqual(alarm.dimensions, { Environment: "prod" });
    assert.equal(alarm.treatMissingData, "missing");
    for (const actions of [alarm.alarmActions, alarm.insufficientDataActions, alarm.okActions]) {
      assert.deepEqual(actions, [topic]);
    }
  });
});
