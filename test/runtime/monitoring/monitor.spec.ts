import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../../contracts/categories";
import { lakePaths } from "../../../contracts/lake-layout";
import {
  CALIBRATION_FIELDS,
  METRIC_NAMESPACE,
  STORE_KINDS,
  storeKindField,
} from "../../../contracts/metrics";
import { dayNumber } from "../../../forecasting/calendar/day";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { main } from "../../../runtime/entry/processing";
import { SCORED_FILE } from "../../../runtime/evaluation/scored-file";
import { generateLake } from "../../../runtime/generate/generate";
import { withLake } from "../../../runtime/lake/lake-views";
import { readErrorRows } from "../../../runtime/monitoring/error-rows";
import { openEvaluationCells } from "../../../runtime/monitoring/forecast-cells";
import { writeNightModels } from "../../../runtime/scoring/night-models";
import { readInputSignals } from "../../../runtime/monitoring/input-signals";
import { readLake } from "../../../runtime/lake/read-lake";
import { windowsOf } from "../../../runtime/lake/windows-of";
import { readDriftPicture } from "../../../runtime/monitoring/drift-course";
import { monitor } from "../../../runtime/monitoring/monitor";
import type { MonitorNight } from "../../../runtime/monitoring/night";
import { temporaryFolder } from "../support/temporary-folder";

const LAST = "2026-11-22";

describe("monitor", () => {
  const folder = temporaryFolder();
  const lake = () => folder.path("lake");
  const evaluation = () => folder.path("evaluation");
  let database: Database;

  before(async () => {
    await generateLake({ stores: 6, skus: 80, days: 120, seed: 5, out: lake(), truth: false });
    database = await Database.open();
    mkdirSync(evaluation(), { recursive: true });
    await database.run(
      `COPY (${scored(lake())}) TO ${quote(join(evaluation(), SCORED_FILE))} (FORMAT parquet)`,
    );
  });

  after(() => database.close());

  const daily = (of: string) => `read_parquet(${quote(lakePaths.daily(of))}, hive_partitioning = false)`;
  const master = (of: string, table: "stores" | "products") => quote(lakePaths.master(of, table));

  /** What a forecaster that is right on average would have said on the evaluation days: the week before and after. */
  const scored = (of: string) => `
    SELECT store_id, sku_id, day, 0 AS category, units, mean AS champion, lag AS naive
    FROM (${series(of)}) WHERE day BETWEEN DATE '${LAST}' - 48 AND DATE '${LAST}' - 7`;

  const series = (of: string) => `
    SELECT store_id, sku_id, day, units, lag(units, 7) OVER days AS lag,
      avg(units) OVER (PARTITION BY store_id, sku_id ORDER BY day ROWS BETWEEN 14 PRECEDING AND 14 FOLLOWING) AS mean
    FROM ${daily(of)} WINDOW days AS (PARTITION BY store_id, sku_id ORDER BY day)`;

  /** Forecasts of the last week of a lake, and that lake with what `change` does to its days. */
  async function night(name: string, change?: string) {
    const [own, forecasts] = [folder.path(`${name}-lake`), folder.path(`${name}-forecasts`)];
    mkdirSync(join(own, "daily/block=000"), { recursive: true });
    mkdirSync(join(forecasts, "block=000"), { recursive: true });
    const select = change ?? "SELECT * FROM days";
    await database.run(`
      COPY (WITH days AS (SELECT * FROM ${daily(lake())}) ${select}) TO ${quote(join(own, "daily/block=000/part.parquet"))} (FORMAT parquet);
      COPY (
        SELECT store_code, sku_code, category, day, mean AS mean_units, coalesce(lag, 0) AS naive_units
        FROM (${series(lake())}) JOIN ${master(lake(), "stores")} USING (store_id) JOIN ${master(lake(), "products")} USING (sku_id)
        WHERE day > DATE '${LAST}' - 7
      ) TO ${quote(join(forecasts, "block=000/forecasts.parquet"))} (FORMAT parquet)`);
    for (const table of ["stores", "products", "weather", "events", "promotions"] as const) {
      const path = quote(lakePaths.master(lake(), table));
      await database.run(`COPY (FROM ${path}) TO ${quote(lakePaths.master(own, table))} (FORMAT parquet)`);
    }
    copyFileSync(lakePaths.summary(lake()), lakePaths.summary(own));
    const out = folder.path(`${name}-out`);
    const options = { lake: own, evaluation: evaluation(), forecasts, environment: "dev", out };
    return { options, out, report: await monitor(options) };
  }

  const read = (out: string) => JSON.parse(readFileSync(join(out, "monitor.json"), "utf8")) as MonitorNight;

  it("judges the days that have come since the evaluation, and finds nothing wrong on ordinary ones", async () => {
    const { report, out } = await night("calm");

    assert.deepEqual(report, { day: LAST, newDays: 7, faults: 0, actions: [] });
    const { findings, inputs, history } = read(out);
    assert.ok(findings.every(({ after: { cells, actual } }) => cells > 0 && actual > 0));
    assert.ok(inputs.every(({ priceIndex }) => priceIndex > 0.8 && priceIndex < 1.1));
    assert.equal(history.food.length, 49);
    const { kinds, change, before, after } = read(out).storeKinds!;
    assert.ok(kinds.length > 1 && kinds.every(({ kind }) => STORE_KINDS.includes(kind)));
    const sum = kinds.reduce((total, part) => total + part.change, 0);
    assert.ok(Math.abs(sum - change) < 1e-12 && Math.abs(after - before - change) < 1e-12);
  });

  it("sees no drift of the inputs in a week whose holiday sold three times as much", async () => {
    // A Tuesday; the last ordinary one stands in for it.
    const change =
      "SELECT * REPLACE (CASE WHEN day = DATE '2026-11-03' THEN 3 * units ELSE units END AS units) FROM days";
    const indices = async (of: string) =>
      withLake(of, { memoryMegabytes: 200 }, async (views) => {
        const days = { day: dayNumber("2026-11-05"), referenceTo: dayNumber("2026-10-11") };
        return (await readInputSignals(views, days)).map(({ drift }) => drift?.index);
      });

    const found = await indices((await night("holiday", change)).options.lake);

    assert.ok(found.every((index) => index !== undefined && index > 0));
    assert.deepEqual(found, await indices(lake()));
  });

  it("follows the days of the hold-out for the report's picture, and marks what would have been done", async () => {
    const { courses: found, storeKinds } = await readDriftPicture(
      lake(),
      evaluation(),
      windowsOf(lake(), await readLake(lake())),
    );

    assert.deepEqual(
      found.map(({ category }) => category),
      [...CATEGORIES],
    );
    for (const { days, actions } of found) {
      assert.equal(days.length, 42);
      // The evaluation ends a week before the lake does.
      assert.equal(days.filter(({ cusum }) => cusum !== null).length, 7);
      assert.ok(days.every(({ wape, skill }) => wape! > 0 && skill! < 1));
      assert.deepEqual(actions, []);
    }
    const { change, days } = storeKinds!;
    assert.equal(days.length, 42);
    assert.equal(days.filter(({ isJudged }) => isJudged).length, 7);
    for (const { wapes } of days) assert.deepEqual(Object.keys(wapes).length, change.kinds.length);
    const sum = change.kinds.reduce((total, part) => total + part.change, 0);
    assert.ok(Math.abs(sum - change.change) < 1e-12 && change.kinds.length > 1);
  });

  it("writes one line of embedded metrics a category, which the job's log repeats", async () => {
    const { options } = await night("metrics");
    const lines: string[] = [];
    const out = folder.path("metrics-job");
    const { lake: own, forecasts } = options;

    const code = await main(
      [
        "monitor",
        "--lake",
        own,
        "--evaluation",
        evaluation(),
        "--forecasts",
        forecasts,
        "--environment",
        "dev",
        "--output",
        out,
      ],
      (line) => lines.push(line),
    );

    assert.equal(code, 0, lines.join("\n"));
    const [drinks] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(lines.length, 6);
    const { CloudWatchMetrics } = drinks!._aws as {
      CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
    };
    assert.equal(CloudWatchMetrics[0]!.Namespace, METRIC_NAMESPACE);
    assert.deepEqual(CloudWatchMetrics[0]!.Dimensions, [["Environment", "Category"]]);
    for (const { Name } of CloudWatchMetrics[0]!.Metrics) assert.equal(typeof drinks![Name], "number", Name);
    assert.ok(CloudWatchMetrics[0]!.Metrics.some(({ Name }) => Name === "DailyWape"));
    // Fields of the line, and no metrics: each of those would cost 0.30 USD a month.
    const all = lines.map((line) => JSON.parse(line) as Record<string, unknown>)[4]!;
    assert.equal(all["Category"], "all");
    const shown = STORE_KINDS.map(storeKindField).filter((field) => field in all);
    assert.ok(shown.length > 1 && shown.every((field) => Number(all[field]) > 0));
    assert.ok(!JSON.stringify(all["_aws"]).includes("StoreWape"));
  });

  it("goes on from the night before, reading no day twice", async () => {
    const { options, out } = await night("first");

    const again = await monitor({ ...options, previous: out, out: folder.path("second-out") });

    assert.equal(again.newDays, 0);
    assert.deepEqual(read(folder.path("second-out")).history, read(out).history);
    assert.deepEqual(read(folder.path("second-out")).storeKinds, read(out).storeKinds);
  });

  it("takes for seasonal naive after a holiday the last ordinary day of that weekday", async () => {
    await withLake(lake(), { memoryMegabytes: 200 }, async (database) => {
      await openEvaluationCells(database, evaluation());
      const rows = await readErrorRows(database, "reference_cells");
      const naive = (day: string) =>
        rows.filter((row) => row.day === dayNumber(day)).reduce((sum, row) => sum + row.naiveError, 0);
      const [expected] = await database.rows<{ after: number; plain: number }>(`
        SELECT sum(abs(earlier - units)) FILTER (day = DATE '2026-11-10')::DOUBLE AS after,
          sum(abs(naive - units)) FILTER (day = DATE '2026-11-11')::DOUBLE AS plain
        FROM (
          SELECT c.day, c.sku_id, sum(c.units) AS units, sum(c.naive) AS naive, sum(coalesce(d.units, c.naive)) AS earlier
          FROM reference_cells c LEFT JOIN daily d ON d.store_id = c.store_id AND d.sku_id = c.sku_id
            AND d.day = c.day - 14 AND NOT d.is_closed AND NOT d.is_stocked_out
          WHERE NOT c.is_closed AND NOT c.is_stocked_out GROUP BY ALL)`);
      // 3 November is a holiday.
      assert.ok(Math.abs(naive("2026-11-10") - expected!.after) < 0.01);
      assert.ok(Math.abs(naive("2026-11-11") - expected!.plain) < 0.01);
    });
  });

  it("takes a planned offer of which the tills show nothing for no ordinary item", async () => {
    await withLake(lake(), { memoryMegabytes: 200 }, async (database) => {
      await openEvaluationCells(database, evaluation());
      const rows = await readErrorRows(database, "reference_cells");
      const [planned] = await database.rows<{ shown: number; calledOff: number }>(`
        SELECT count(*) FILTER (shown >= 0.5)::INTEGER AS shown, count(*) FILTER (shown < 0.5)::INTEGER AS "calledOff"
        FROM (
          SELECT avg((c.promo_type > 0)::INTEGER) AS shown FROM reference_cells c
          JOIN promotions USING (sku_id, day) JOIN products USING (sku_id)
          WHERE NOT c.is_closed AND NOT c.is_stocked_out AND c.day - launched_on >= 28
          GROUP BY c.sku_id, c.day)`);

      const calledOff = rows.filter(({ kind }) => kind === "called-off");
      assert.ok(planned!.calledOff > 0 && planned!.shown > planned!.calledOff);
      assert.equal(calledOff.length, planned!.calledOff);
    });
  });

  it("remembers what a night was multiplied by, and tells its skill with and without", async () => {
    const { options, out } = await night("calibrated");
    const { lake: own, forecasts } = options;
    const file = join(forecasts, "block=000/forecasts.parquet");
    const champion = { drinks: "20261012-0123abcd" };
    await writeNightModels(forecasts, {
      cutoff: LAST,
      champion,
      challenger: {},
      calibrations: { drinks: 0.8 },
    });
    await withLake(own, { memoryMegabytes: 200 }, async (database) => {
      await database.run(
        `CREATE TABLE f AS SELECT *, (CASE WHEN category = 'drinks' THEN 0.8 ELSE 1 END)::FLOAT AS calibration FROM ${quote(file)}`,
      );
      await database.run(
        `COPY (SELECT * REPLACE (mean_units * calibration AS mean_units) FROM f) TO ${quote(file)} (FORMAT parquet)`,
      );
    });

    await monitor({ ...options, out: folder.path("calibrated-once") });
    await monitor({
      ...options,
      previous: folder.path("calibrated-once"),
      out: folder.path("calibrated-twice"),
    });

    for (const name of ["calibrated-once", "calibrated-twice"]) {
      const of = (where: string) => read(where).findings.find(({ category }) => category === "drinks")!;
      const [before, after] = [of(out), of(folder.path(name))];
      const ratio = (after.after.actual + after.after.error) / (before.after.actual + before.after.error);
      assert.ok(Math.abs(ratio - 0.8) < 1e-4, `${name} ${ratio}`);
      assert.ok(Math.abs(after.uncalibrated!.absoluteError / before.after.absoluteError - 1) < 1e-4);
      assert.equal(
        read(folder.path(name)).findings.find(({ category }) => category === "food")!.uncalibrated,
        undefined,
      );
      const lines = readFileSync(join(folder.path(name), "metrics.jsonl"), "utf8").split("\n");
      const all = JSON.parse(lines[4]!) as Record<string, number>;
      const drinks = JSON.parse(readFileSync(join(out, "metrics.jsonl"), "utf8").split("\n")[0]!) as Record<
        string,
        number
      >;
      assert.ok(Math.abs(all[CALIBRATION_FIELDS.skillWithout("drinks")]! - drinks["DailySkill"]!) < 0.01);
    }
  });

  for (const [name, kind, change] of [
    [
      "a store that stops sending",
      "silent-store",
      `SELECT * REPLACE (CASE WHEN store_id = 2 AND day = DATE '${LAST}' THEN 0 ELSE units END AS units, is_closed OR (store_id = 2 AND day = DATE '${LAST}') AS is_closed) FROM days`,
    ],
    [
      "a till whose clock is a day behind",
      "till-clock",
      `SELECT days.* REPLACE (CASE WHEN days.store_id = 2 AND days.day = DATE '${LAST}' THEN 0 WHEN days.store_id = 2 AND days.day = DATE '${LAST}' - 1 THEN days.units + next.units ELSE days.units END AS units) FROM days LEFT JOIN days AS next ON next.store_id = days.store_id AND next.sku_id = days.sku_id AND next.day = days.day + 1`,
    ],
    [
      "a price file with a slipped decimal point",
      "price-file",
      `SELECT * REPLACE (CASE WHEN day = DATE '${LAST}' AND sku_id % 4 = 0 THEN price_yen * 10 ELSE price_yen END AS price_yen) FROM days`,
    ],
  ] as const) {
    it(`holds on ${name}, and calls it no drift`, async () => {
      const { report, out } = await night(kind, change);

      const { faults, records } = read(out);
      assert.deepEqual([...new Set(faults.map((fault) => fault.kind))], [kind]);
      assert.deepEqual(report.actions, []);
      assert.ok(
        records.length > 0 &&
          records.every(({ action, reason }) => action === "hold" && reason === "data-fault"),
      );
    });
  }
});
