import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildAllFeatures } from "../../../bench/support/all-features";
import { CATEGORIES } from "../../../contracts/categories";
import { HORIZON_DAYS } from "../../../contracts/horizon";
import { lakePaths } from "../../../contracts/lake-layout";
import { packModelArchive } from "../../../contracts/model-archive";
import { modelVersion } from "../../../contracts/model-artifact";
import { MODEL_INPUT_NAMES } from "../../../contracts/model-input";
import type { NightMetrics, RunPlan, TrainingSet, Verdict } from "../../../contracts/run-documents";
import { SERIES_SET, type SeriesLine } from "../../../contracts/series-set";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { calendarDay } from "../../../forecasting/calendar/japan";
import { originsOf } from "../../../forecasting/evaluation/windows";
import type { LakeSummary } from "../../../forecasting/lake/schema";
import { toXgboostJson } from "../../../forecasting/trees/xgboost-json-writer";
import { CANDIDATE_HYPERPARAMETERS } from "../../../pipelines/hyperparameters";
import { fitBaseline } from "../../../runtime/baseline/fit-baseline";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { MARKER_FILE } from "../../../runtime/engine/files/folder-marker";
import { judge } from "../../../runtime/evaluation/judge";
import { measureNight } from "../../../runtime/evaluation/measure-night";
import { generateLake } from "../../../runtime/generate/generate";
import { planRun } from "../../../runtime/lake/plan-run";
import { windowsOf } from "../../../runtime/lake/windows-of";
import { readChannels, trainOn } from "../../../runtime/pipelines/local/training-jobs";
import { MAX_WRITE_RECORDS, type OnlineRecord } from "../../../runtime/stores/online-writer";
import { putOnline } from "../../../runtime/stores/put-online";
import { writeSeriesSet } from "../../../runtime/training/series-set";
import { writeTrainingSet } from "../../../runtime/training/training-set";
import { temporaryFolder } from "../support/temporary-folder";

const WORLD = { stores: 8, skus: 24, days: 130, seed: 5 };
const CATEGORY = "food";
const ROWS = 2000;

interface Sold {
  readonly store: number;
  readonly sku: number;
  readonly day: string;
  readonly category: string;
  readonly units: number;
  readonly seen: boolean;
}

/** A stage alone, on what the ones before it have made, against figures that are added up here. */
describe("a stage alone", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let summary: LakeSummary;
  let sold: Sold[];
  let at: Record<"lake" | "features" | "baseline", string>;
  let set: string;
  const json = <T>(...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8")) as T;
  const linesOf = (...path: string[]) =>
    readFileSync(join(...path), "utf8")
      .split("\n")
      .filter(Boolean);
  const daily = () => `read_parquet(${quote(lakePaths.daily(at.lake))}, hive_partitioning = false) AS daily`;
  const master = (name: "products" | "stores") =>
    `read_parquet(${quote(lakePaths.master(at.lake, name))}) AS ${name}`;
  const filesIn = (path: string) =>
    readdirSync(path)
      .filter((name) => name !== MARKER_FILE)
      .sort();
  const windows = () => windowsOf(at.lake, summary);
  const inHoldOut = (day: string) => dayNumber(day) > windows().cutoff - windows().holdOutDays;

  before(async () => {
    at = { lake: folder.path("lake"), features: folder.path("features"), baseline: folder.path("baseline") };
    set = folder.path("set");
    const rowsPerBlock = 2 * WORLD.skus * WORLD.days;
    summary = await generateLake({ ...WORLD, rowsPerBlock, out: at.lake, truth: false });
    const { trainFrom } = windows();
    await buildAllFeatures({ ...at, out: at.features, from: isoDate(trainFrom), to: summary.cutoff });
    await fitBaseline({ lake: at.lake, out: at.baseline });
    await writeTrainingSet({ ...at, rows: ROWS, out: set });
    sold = await query<Sold>(`SELECT store_id AS store, sku_id AS sku, day::VARCHAR AS day, category, units,
      NOT is_closed AND NOT is_stocked_out AS seen
      FROM ${daily()}
      JOIN ${master("products")} USING (sku_id) ORDER BY ALL`);
  });

  async function query<T extends object>(sql: string): Promise<T[]> {
    const database = await Database.open({});
    try {
      return await database.rows<T>(sql);
    } finally {
      database.close();
    }
  }

  it("plan: has each block in one shard, each store in one count, and every series of the last day", async () => {
    const plan = await planRun({ lake: at.lake, shards: 3, out: folder.path("plan") });

    assert.deepEqual(json<RunPlan>(folder.path("plan"), "plan.json"), plan);
    assert.deepEqual(plan.shards.flatMap(({ blocks }) => blocks).toSorted(), summary.blocks);
    assert.equal(plan.shards.length, 3);
    assert.equal(plan.shards.flatMap(({ stores }) => stores).length, WORLD.stores);
    assert.equal(plan.seriesCount, sold.filter(({ day }) => day === summary.cutoff).length);
    assert.deepEqual([plan.missingStoreCount, plan.cutoff], [0, summary.cutoff]);
  });

  it("training-set: has as many rows as it says, label, weight and the model's input, up to its last day", () => {
    const { categories, trainedTo } = json<TrainingSet>(set, "training-set.json");

    assert.equal(trainedTo, isoDate(windows().trainTo));
    assert.deepEqual(
      categories.map(({ category }) => category),
      CATEGORIES.filter((name) => sold.some(({ category }) => category === name)),
    );
    for (const { category, ...counts } of categories)
      for (const channel of ["train", "validation"] as const) {
        const lines = linesOf(set, category, channel, "part-0.csv");
        assert.equal(lines.length, counts[`${channel}Rows`], `${category} ${channel}`);
        // A hash of the key takes the sample: about as many.
        assert.ok(lines.length > 0 && lines.length < 1.1 * ROWS, `${lines.length}`);
        for (const line of lines) {
          const [label, weight, ...input] = line.split(",");
          assert.equal(input.length, MODEL_INPUT_NAMES.length);
          const units = Number(label) * Number(weight);
          assert.ok(Math.abs(units - Math.round(units)) < 1e-3, `${label} x ${weight} are no whole units`);
        }
      }
  });

  it("series-set: is DeepAR's JSON Lines: training, a horizon more to test, and a question a series and origin", async () => {
    const out = folder.path("series");
    const rows = 12 * WORLD.days;

    const made = await writeSeriesSet({ lake: at.lake, category: CATEGORY, rows, out });

    const read = (name: string) =>
      linesOf(out, name, SERIES_SET.part).map((line) => JSON.parse(line) as SeriesLine);
    const [train, test, requests] = [read("train"), read("test"), read("requests")];
    const keys = linesOf(out, SERIES_SET.keys).map((line) => line.split(","));
    assert.deepEqual([train.length, test.length, requests.length], [made.series, made.series, made.requests]);
    assert.ok(made.series >= 6 && train.reduce((sum, { target }) => sum + target.length, 0) <= rows);
    assert.equal(made.requests, made.series * originsOf(windows()).length);
    for (const [lines, ahead] of [
      [train, 0],
      [test, 0],
      [requests, HORIZON_DAYS],
    ] as const)
      for (const { start, target, dynamic_feat, ...others } of lines) {
        assert.match(start, /^\d{4}-\d{2}-\d{2} 00:00:00$/);
        assert.deepEqual(others, {});
        assert.ok(target.every((value) => value === "NaN" || (Number.isInteger(value) && value >= 0)));
        assert.deepEqual(
          dynamic_feat.map(({ length }) => length),
          [target.length + ahead, target.length + ahead],
        );
        const first = dayNumber(start.slice(0, 10));
        const holidays = dynamic_feat[0]!.map((_, i) => Number(calendarDay(first + i).isHoliday));
        assert.deepEqual(dynamic_feat[0], holidays);
        assert.ok(dynamic_feat[1]!.every((value) => value === 0 || value === 1));
      }
    train.forEach(({ target }, i) => {
      assert.deepEqual(test[i]!.target.slice(0, target.length), target);
      assert.equal(test[i]!.target.length, target.length + HORIZON_DAYS);
    });
    // What a question knows is what was sold up to its origin.
    keys.forEach(([store, sku, origin = ""], i) => {
      const { start, target } = requests[i]!;
      const days = sold.filter(
        (row) => row.store === Number(store) && row.sku === Number(sku) && row.day <= origin && row.seen,
      );
      assert.equal(dayNumber(start.slice(0, 10)) + target.length - 1, dayNumber(origin));
      assert.equal(target.filter((value) => value !== "NaN").length, days.length);
      for (const { day, units } of days)
        assert.equal(target[dayNumber(day) - dayNumber(start.slice(0, 10))], units);
    });
  });

  it("judge: gives a training job's archive its version, its card and a verdict", async () => {
    const [train, validation] = await readChannels(
      {
        InputDataConfig: ["train", "validation"].map((ChannelName) => ({
          ChannelName,
          DataSource: { S3DataSource: { S3Uri: ChannelName } },
        })),
      },
      (channel) => join(set, CATEGORY, channel),
    );
    const model = await trainOn(train, validation, { ...CANDIDATE_HYPERPARAMETERS, num_round: "5" });
    const file = toXgboostJson(model);
    const candidate = folder.path("candidate/output/model.tar.gz");
    mkdirSync(dirname(candidate), { recursive: true });
    writeFileSync(candidate, packModelArchive(file));
    const out = folder.path("judged");

    const verdict = await judge({
      ...at,
      ...{
        served: folder.path("none"),
        versions: [],
        candidate: dirname(candidate),
        category: CATEGORY,
        out,
      },
    });

    const { version, rows, origins } = verdict;
    assert.equal(version, modelVersion(isoDate(windows().trainTo), file));
    assert.deepEqual(filesIn(out), [`${version}.card.json`, `${version}.tar.gz`, "verdict.json"]);
    assert.deepEqual(json<Verdict>(out, "verdict.json"), verdict);
    assert.deepEqual(readFileSync(join(out, `${version}.tar.gz`)), readFileSync(candidate));
    const judged = sold.filter(({ category, seen, day }) => category === CATEGORY && seen && inHoldOut(day));
    assert.equal(rows, new Set(judged.map(({ store, day }) => `${store} ${day}`)).size);
    assert.equal(origins, originsOf(windows()).length);
  });

  it("judge: takes DeepAR's answers for its forecasts, on the rows that it was asked for", async () => {
    const [series, answers, candidate] = [
      folder.path("series"),
      folder.path("answers"),
      folder.path("deepar.tar.gz"),
    ];
    mkdirSync(answers);
    writeFileSync(candidate, "an archive of somebody else");
    const unitsOf = new Map(sold.map(({ store, sku, day, units }) => [`${store},${sku},${day}`, units]));
    // Twice what was sold: an error of 100 % and as much bias, whatever the others do.
    const keys = linesOf(series, SERIES_SET.keys).map((line) => line.split(","));
    const said = keys.map(([store, sku, origin = ""]) => ({
      mean: Array.from({ length: HORIZON_DAYS }, (_, i) => {
        const day = isoDate(dayNumber(origin) + 1 + i);
        return 2 * (unitsOf.get(`${store},${sku},${day}`) ?? 0);
      }),
      quantiles: {},
    }));
    const write = (lines: readonly object[]) =>
      writeFileSync(
        join(answers, `${SERIES_SET.part}.out`),
        lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
      );
    const judged = () =>
      judge({
        ...at,
        ...{ served: folder.path("none"), versions: [], candidate, category: CATEGORY, series, answers },
        out: folder.path("judged-series"),
      });
    write(said);

    const verdict = await judged();

    assert.deepEqual([verdict.wape, verdict.bias, verdict.isAccepted], [100, 100, false]);
    assert.equal(verdict.version, modelVersion(isoDate(windows().trainTo), "an archive of somebody else"));
    const asked = new Set(keys.map(([store, sku]) => `${store} ${sku}`));
    const rows = sold.filter((row) => asked.has(`${row.store} ${row.sku}`) && row.seen && inHoldOut(row.day));
    assert.equal(verdict.rows, new Set(rows.map(({ store, day }) => `${store} ${day}`)).size);
    assert.deepEqual(filesIn(folder.path("judged-series")), [`${verdict.version}.tar.gz`, "verdict.json"]);
    write(said.slice(1));
    await assert.rejects(judged(), { message: /has \d+ answers to \d+ requests: one each is allowed/ });
    write([{ mean: [1, 2] }, ...said.slice(1)]);
    await assert.rejects(judged(), { message: /answer 1 has the mean \[1,2\]; allowed: 7 numbers/ });
  });

  it("measure: says error and bias of a night as added up by hand", async () => {
    const forecasts = folder.path("forecasts/block=000");
    mkdirSync(forecasts, { recursive: true });
    const day = summary.cutoff;
    // One unit too many of everything.
    await query(`COPY (
      SELECT store_code, sku_code, category, day, units + 1.0 AS mean_units, units * 1.0 AS naive_units
      FROM ${daily()}
      JOIN ${master("products")} USING (sku_id)
      JOIN ${master("stores")} USING (store_id)
      WHERE day = DATE '${day}') TO ${quote(join(forecasts, "forecasts.parquet"))} (FORMAT parquet)`);

    const measured = await measureNight({
      ...{ lake: at.lake, forecasts: folder.path("forecasts"), out: folder.path("metrics") },
    });

    assert.deepEqual(json<NightMetrics>(folder.path("metrics"), "metrics.json"), measured);
    assert.deepEqual(measured.days, [day]);
    for (const category of CATEGORIES) {
      const rows = sold.filter((row) => row.category === category && row.day === day && row.seen);
      const share = (100 * rows.length) / rows.reduce((sum, { units }) => sum + units, 0);
      for (const name of ["Wape", "Bias"]) {
        const figure = measured.metrics.find((each) => each.category === category && each.name === name);
        assert.ok(
          Math.abs(figure!.value - share) < 1e-9 && figure!.unit === "Percent",
          `${category} ${name}`,
        );
      }
    }
  });

  it("put-online: writes every row once, again what was not taken, and fails for what is never taken", async () => {
    const rows = folder.path("rows");
    mkdirSync(rows);
    await query(
      `COPY (SELECT range AS id, CASE WHEN range % 2 = 0 THEN NULL ELSE range END AS odd FROM range(1000)) TO ${quote(join(rows, "block=000.parquet"))} (FORMAT parquet)`,
    );
    const stored = new Map<string, OnlineRecord>();
    let calls = 0;
    const writer = {
      write: (records: readonly OnlineRecord[]) => {
        assert.ok(records.length <= MAX_WRITE_RECORDS);
        // Every third call leaves its last record.
        const taken = ++calls % 3 === 0 ? records.slice(0, -1) : records;
        for (const record of taken) stored.set(record.id!, record);
        return Promise.resolve(records.slice(taken.length));
      },
    };
    const put = { rows, out: folder.path("online"), retryMilliseconds: 1 };

    const { written } = await putOnline({ ...put, writer });

    assert.deepEqual([written, stored.size], [1000, 1000]);
    assert.deepEqual([stored.get("7"), stored.get("8")], [{ id: "7", odd: "7" }, { id: "8" }]);
    const never = { write: (records: readonly OnlineRecord[]) => Promise.resolve(records.slice(-1)) };
    await assert.rejects(putOnline({ ...put, writer: never }), {
      message: /^\d+ records were not written after 6 tries$/,
    });
  });
});
