import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type NightMetrics, RUN_DOCUMENTS } from "../../../contracts/run-documents";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { COMPARISON_KEY } from "../../../contracts/experiment";
import { parseComparison } from "../../../runtime/experiment/comparison-file";
import type { MonitorNight } from "../../../runtime/monitoring/night";
import { CATEGORIES } from "../../../contracts/categories";
import type { MachineKind } from "../../../contracts/machines";
import type { NightManifest, WeekManifest } from "../../../contracts/runs";
import { readSimulation } from "../../../runtime/ordering/simulate-orders";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../runtime/pipelines/local/local-place";
import type { LocalRuns } from "../../../runtime/pipelines/local/local-runs";
import { deliverDay, openLocalAccount } from "../../../scripts/pipeline/local-account";
import { METRIC_NAMESPACE } from "../../../contracts/metrics";
import { METRICS_FILE } from "../../../runtime/monitoring/monitor-folder";
import { metricsRead } from "../../support/metrics-read";
import { planOf } from "../../support/plans";
import { temporaryFolder } from "../support/temporary-folder";
import { published } from "./support/run-night";

const WORLD = { stores: 4, skus: 60, days: 110, seed: 7 };

type Emitted = readonly [namespace: string, name: string, dimensions: Readonly<Record<string, string>>];

/** A call of PutMetricData. */
function putMetrics(call: unknown): Emitted[] {
  const { Namespace, MetricData } = call as {
    readonly Namespace: string;
    readonly MetricData: readonly { MetricName: string; Dimensions: { Name: string; Value: string }[] }[];
  };
  return MetricData.map(({ MetricName, Dimensions }) => [
    Namespace,
    MetricName,
    Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  ]);
}

/** A log line that CloudWatch reads metrics from (Embedded Metric Format). */
interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

function loggedMetrics(line: EmbeddedMetrics): Emitted[] {
  return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.flatMap(({ Name }) => {
      assert.equal(typeof line[Name], "number", Name);
      return Dimensions.map((names): Emitted => [
        Namespace,
        Name,
        Object.fromEntries(names.map((name) => [name, String(line[name])])),
      ]);
    }),
  );
}

describe("the machines on real stages", () => {
  const folder = temporaryFolder();
  let cloud: LocalCloud;
  let runs: LocalRuns;
  before(async () => {
    cloud = new LocalCloud(folder.path("account"));
    runs = await openLocalAccount({ account: cloud.root, world: WORLD, deliveredDays: 1 });
  });

  /** @returns the states that were left, without those inside maps */
  async function succeed(kind: MachineKind, runDate?: string): Promise<string[]> {
    const states: string[] = [];
    const end = await runs.follow(await runs.start(kind, runDate), ({ kind: what, state }) => {
      if (what === "left") states.push(state);
    });
    assert.equal(end.status, "SUCCEEDED", end.detail);
    return states;
  }

  const manifest = (name: "week" | "night") => published(cloud, name) as unknown;

  it("go from files to a published week, and hold a candidate of each category against what is live", async () => {
    const states = await succeed("weekly");

    const week = manifest("week") as WeekManifest;
    for (const uri of [week.lake, week.baseline, week.evaluation, week.features, week.trainingSet])
      assert.ok(existsSync(cloud.pathOf(uri)), uri);
    assert.ok(states.includes("IngestHistory") && states.includes("EvaluateLive"));
    const judged = states.filter((state) => state.endsWith("/Judge")).length;
    const tooFew = states.filter((state) => state.endsWith("/TooFewRows")).length;
    assert.equal(judged + tooFew, CATEGORIES.length);
    assert.ok(judged > 0);
  });

  it("tune right after the week, and take the best job through the same gate", async () => {
    const states = await succeed("tuning");

    const tuned = states.filter((state) => state.endsWith("/Tune")).length;
    assert.ok(tuned > 0);
    assert.equal(states.filter((state) => state.endsWith("/Judge")).length, tuned);
  });

  it("publish a whole night with orders from simulated stock", async () => {
    const states = await succeed("nightly");

    const night = manifest("night") as NightManifest;
    const completeness = JSON.parse(
      readFileSync(join(cloud.pathOf(night.forecasts), "completeness.json"), "utf8"),
    ) as { expected: number; found: number };
    assert.deepEqual([completeness.found, completeness.expected], [night.expected, night.expected]);
    assert.ok(existsSync(join(cloud.pathOf(night.orders), "orders.csv")));
    assert.ok((await readSimulation(join(cloud.pathOf(night.orders), "..", "simulation")))!.series > 0);
    assert.ok(states.indexOf("MayPublish") < states.indexOf("Publish"));
    assert.ok(!states.includes("AddDay"), "the lake had the day already");
    assert.equal(cloud.names("online", localPlace().onlineGroup).length > 0, true);
  });

  it("add the day that was delivered, and look back on the night before", async () => {
    const before = manifest("night") as NightManifest;
    const runDate = isoDate(dayNumber(before.runDate) + 1);
    await deliverDay(cloud.root, WORLD, dayNumber(before.runDate));

    const states = await succeed("nightly", runDate);

    for (const state of ["AddDay", "LookBack", "LookBack 0/MeasureWent", "LookBack 1/MonitorWent"])
      assert.ok(states.includes(state), `${state} of ${states.join(", ")}`);
    assert.ok(!states.includes("TellNotLookedBack"));
    const night = manifest("night") as NightManifest;
    assert.deepEqual(night.nights, [night.forecasts, before.forecasts]);
    const { folder: monitored } = published(cloud, "monitor")! as { folder: string };
    const judged = JSON.parse(
      readFileSync(join(cloud.pathOf(monitored), "monitor.json"), "utf8"),
    ) as MonitorNight;
    assert.equal(judged.day, before.runDate);
    assert.ok(judged.findings.some(({ before: reference }) => reference.cells > 0));
    const { metrics } = JSON.parse(
      readFileSync(join(cloud.pathOf(night.forecasts), "../metrics", RUN_DOCUMENTS.metrics), "utf8"),
    ) as NightMetrics;
    for (const name of ["Wape", "Mape", "StockOutRate", "WasteRate"]) {
      const values = metrics.filter((metric) => metric.name === name).map(({ value }) => value);
      assert.ok(
        values.length > 0 && values.every((value) => value >= 0 && value < 300),
        `${name} ${values.join()}`,
      );
    }
    const { buckets } = localPlace();
    const comparison = readFileSync(cloud.objectPath(buckets.results, COMPARISON_KEY), "utf8");
    assert.equal(parseComparison(comparison, COMPARISON_KEY).cutoff, before.runDate);
  });

  it("tell CloudWatch what the alarms and the dashboards read, and nothing else", async () => {
    const { folder: monitored } = published(cloud, "monitor")! as { folder: string };
    const told = cloud.names("metrics").flatMap((file) => putMetrics(cloud.readJson("metrics", file)));
    const logged = readFileSync(join(cloud.pathOf(monitored), METRICS_FILE), "utf8")
      .trim()
      .split("\n");
    const emitted = [
      ...told,
      ...logged.flatMap((line) => loggedMetrics(JSON.parse(line) as EmbeddedMetrics)),
    ];
    const { recording } = await planOf("dev");
    // What experiments publish is release control's, which looks where an endpoint has two variants.
    const read = metricsRead(recording.resources).filter(
      ({ namespace, name }) =>
        namespace === METRIC_NAMESPACE && !/^(?:Experiment|ChallengerShare)/.test(name),
    );

    const words = (namespace: string, name: string, dimensions: object) =>
      `${namespace} ${name} ${JSON.stringify(Object.entries(dimensions).sort())}`;
    assert.deepEqual(
      [...new Set(emitted.map((metric) => words(...metric)))].sort(),
      [...new Set(read.map(({ namespace, name, dimensions }) => words(namespace, name, dimensions)))].sort(),
    );
  });

  it("let a night in once", async () => {
    const { runDate } = manifest("night") as NightManifest;
    const before = manifest("night");
    const states: string[] = [];

    const end = await runs.follow(await runs.start("nightly", runDate), ({ state }) => states.push(state));

    assert.equal(end.status, "SUCCEEDED");
    assert.ok(states.includes("AlreadyClaimed") && !states.includes("PlanRun"));
    assert.deepEqual(manifest("night"), before);
  });
});
