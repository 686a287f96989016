import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../../contracts/categories";
import { packModelArchive } from "../../../contracts/model-archive";
import { modelKey } from "../../../contracts/model-artifact";
import { MODEL_INPUT_NAMES } from "../../../contracts/model-input";
import { buildAllFeatures } from "../../../bench/support/all-features";
import {
  addToTrends,
  computeLevels,
  newBaselineScratch,
} from "../../../forecasting/baseline/baseline-kernel";
import { goesOn, HISTORY_DAYS } from "../../../forecasting/baseline/baseline-tables";
import { addToChain, chainOutlook, newChainSums } from "../../../forecasting/baseline/chain-sums";
import { newTrendSums, trendsOf } from "../../../forecasting/baseline/trends";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import type { LakeSummary } from "../../../forecasting/lake/schema";
import { ROW_STATE } from "../../../forecasting/selection/chosen-baseline";
import { BASELINE_ROWS_FILE, writeBaselineRows } from "../../../runtime/baseline/baseline-file";
import { readChosen, tablesOf } from "../../../runtime/baseline/chosen-file";
import { readMethodHistory } from "../../../runtime/baseline/method-history";
import { fillMethodRows, StoreOpenings } from "../../../runtime/baseline/method-rows";
import { readMethodSums } from "../../../runtime/baseline/method-sums";
import { readBaseline } from "../../../runtime/baseline/read-baseline";
import { SqlBaseline } from "../../../runtime/baseline/sql-baseline";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { openLakeViews } from "../../../runtime/lake/lake-views";
import { ModelStore } from "../../../runtime/models/model-store";
import { orderWeek } from "../../../runtime/ordering/order-week";
import { batchScore } from "../../../runtime/scoring/batch-score";
import { CellFileReader, readCells, seriesAt, type CellBlock } from "../../../runtime/scoring/cell-block";
import { allForecasts, FORECAST_COLUMNS } from "../../../runtime/scoring/forecast-files";
import { scoringRows } from "../../../runtime/scoring/score-block";
import { readScoreTables } from "../../../runtime/scoring/score-tables";
import { readRowSet, type RowSet } from "../../../runtime/training/row-set";
import { makeSmallChain, type SmallChain } from "../support/small-chain";
import { temporaryFolder } from "../support/temporary-folder";

/** Relative, from a thousandth of a unit on; the SQL keeps some sums as FLOAT. */
const TOLERANCE = 1e-4;

function assertSame(name: string, row: number, actual: number, expected: number): void {
  const isSame = Number.isNaN(actual)
    ? Number.isNaN(expected)
    : Math.abs(actual - expected) <= TOLERANCE * Math.max(1e-3, Math.abs(expected));
  assert.ok(isSame, `${name} of row ${row} is ${actual}, the SQL has ${expected}`);
}

describe("batchScore", () => {
  const folder = temporaryFolder();
  let chain: SmallChain;
  let database: Database;
  let expected: RowSet;

  /** The coming week by the SQL alone: what the kernels must agree with. */
  before(async () => {
    const world = { stores: 4, skus: 50, days: 170, seed: 3, rowsPerBlock: 10_000 };
    chain = await makeSmallChain(folder.path("chain"), world, endSomeSeries);
    const { lake } = chain;
    const cutoff = dayNumber(chain.summary.cutoff);
    const range = { from: cutoff + 1, to: cutoff + 7 };
    const features = folder.path("week-features");
    await buildAllFeatures({
      lake,
      out: features,
      from: isoDate(range.from),
      to: isoDate(range.to),
      engine: "sql",
    });
    database = await Database.open();
    await openLakeViews(database, lake);
    const state = await readBaseline(chain.baseline);
    const sql = new SqlBaseline(database, state.settings);
    await sql.load(state);
    await sql.predict(range.from, range.to, cutoff);
    const baseline = folder.path("week-baseline");
    await chooseComingWeek(baseline, range.from, cutoff);
    expected = await readRowSet(database, { features, baseline, ...range });
  });

  after(() => database.close());

  /** The chosen baseline of the coming week by the way that past rows take: history and weights by SQL. */
  async function chooseComingWeek(out: string, from: number, cutoff: number): Promise<void> {
    const firstDay = dayNumber(chain.summary.firstDay);
    const chosen = await readChosen(chain.baseline);
    const tables = tablesOf(chosen, firstDay, cutoff + 7, { storeCount: 5, skuCount: 51 });
    const sums = await readMethodSums(database, firstDay, cutoff);
    const openings = new StoreOpenings(sums.storeDays, cutoff);
    for (const block of chain.summary.blocks) {
      const history = await readMethodHistory(database, block, cutoff - HISTORY_DAYS + 1);
      const rows = await fillMethodRows(database, block, isoDate(from), history, openings, () => tables);
      const target = join(out, `block=00${block}`);
      mkdirSync(target, { recursive: true });
      await writeBaselineRows(join(target, BASELINE_ROWS_FILE), rows, chosen.selection, chosen.countsRanOut);
    }
  }

  /** Takes SKU 7 off in all stores 60 days before the cutoff, and SKU 9 in store 2 a day before it. */
  async function endSomeSeries(lake: string, { cutoff }: LakeSummary): Promise<void> {
    const writer = await Database.open();
    for (const name of readdirSync(join(lake, "daily"))) {
      const file = quote(join(lake, "daily", name, "part-0.parquet"));
      await writer.run(`
        CREATE OR REPLACE TEMP TABLE kept AS FROM ${file}
          WHERE NOT (sku_id = 7 AND day > DATE '${cutoff}' - 60)
            AND NOT (sku_id = 9 AND store_id = 2 AND day = DATE '${cutoff}');
        COPY (FROM kept ORDER BY store_id, sku_id, day) TO ${file} (FORMAT parquet)`);
    }
    writer.close();
  }

  it("forecasts no series that was taken off before the cutoff", () => {
    const series = new Set(Array.from(expected.skuIds, (sku, row) => `${expected.storeIds[row]} ${sku}`));

    assert.equal(series.size, 4 * 50 - 4 - 1);
    assert.equal(expected.rowCount, 7 * series.size);
  });

  async function readBlocks(): Promise<CellBlock[]> {
    const blocks: CellBlock[] = [];
    for (const block of chain.summary.blocks) {
      blocks.push(await readCells(database, chain.lake, block, chain.summary.cutoff));
    }
    return blocks;
  }

  it("computes what the SQL defines: every feature, the baseline and last week, row by row", async () => {
    const { lake, summary } = chain;
    const state = await readBaseline(chain.baseline);
    const tables = await readScoreTables(
      lake,
      dayNumber(summary.cutoff),
      state,
      await readChosen(chain.baseline),
    );
    const blocks = await readBlocks();
    const sums = newChainSums(tables.baseline.categories.length);
    const trendSums = newTrendSums(tables.baseline);
    const scratch = newBaselineScratch();
    const all = blocks.flatMap((block) => Array.from(block.storeIds, (_, series) => seriesAt(block, series)));

    for (const series of all) addToChain(tables.baseline, series, sums);
    const outlookOfChain = chainOutlook(tables.baseline, sums);
    for (const series of all) {
      if (!goesOn(tables.baseline, series)) continue;
      computeLevels(tables.baseline, outlookOfChain, series, scratch);
      addToTrends(tables.baseline, series, scratch, trendSums);
    }
    const outlook = { chain: outlookOfChain, trends: trendsOf(tables.baseline, trendSums) };

    const files = new CellFileReader();
    let row = 0;
    for (const block of blocks) {
      for (const batch of scoringRows(block, files.seriesBlock(block), tables, outlook)) {
        for (let i = 0; i < batch.features.rows; i++, row++) {
          assert.equal(batch.storeIds[i], expected.storeIds[row]);
          assert.equal(batch.skuIds[i], expected.skuIds[row]);
          assert.equal(batch.days[i], expected.days[row]);
          MODEL_INPUT_NAMES.forEach((name, f) =>
            assertSame(name, row, batch.features.columns[f]![i]!, expected.model.features.columns[f]![row]!),
          );
          assertSame("baseline", row, batch.baseline[i]!, expected.model.baseline[row]!);
          assertSame("SQL baseline", row, batch.sqlBaseline[i]!, expected.sqlBaseline[row]!);
          assert.equal(batch.states[i], expected.rowStates[row]);
          assertSame("naive", row, batch.naive[i]!, expected.model.naive[row]!);
        }
      }
    }
    assert.equal(row, expected.rowCount);
  });

  it("writes the forecasts of both models for every store, SKU and day, with baseline, naive and quantiles", async () => {
    const out = folder.path("forecasts");

    const report = await batchScore({ ...chain, out });

    assert.equal(report.forecasts, expected.rowCount);
    const rows = await database.rows<Record<string, number | string>>(`
      SELECT ${FORECAST_COLUMNS.join(", ")} FROM ${allForecasts(out)}
      JOIN stores USING (store_code) JOIN (SELECT sku_id, sku_code FROM products) USING (sku_code)
      ORDER BY store_id, sku_id, day`);
    assert.equal(rows.length, expected.rowCount);
    const store = new ModelStore(chain.models);
    for (const role of ["champion", "challenger"] as const) {
      const column = role === "champion" ? "mean_units" : "challenger_mean_units";
      for (const [code, category] of CATEGORIES.entries()) {
        const model = await store.load(category, (await store.current(role, category))!);
        const means = model.score(expected.model);
        rows.forEach((row, i) => {
          const mean = expected.rowStates[i] === ROW_STATE.open ? means[i]! : 0;
          if (expected.categories[i] === code) assertSame(column, i, Number(row[column]), mean);
        });
      }
    }
    rows.forEach((row, i) => {
      assertSame("baseline", i, Number(row.baseline_units), expected.sqlBaseline[i]!);
      assertSame("naive", i, Number(row.naive_units), expected.model.naive[i]!);
      assert.ok(row.q05! <= row.q50! && row.q50! <= row.q95!);
    });
    assert.deepEqual(
      readdirSync(out).filter((name) => !name.startsWith(".")),
      [...chain.summary.blocks.map((block) => `block=00${block}`), "models.json"],
    );
  });

  it("keeps the rows in the order store, SKU, day", async () => {
    const out = folder.path("ordered");
    await batchScore({ ...chain, out });

    const [row] = await database.rows<{ wrong: number }>(`
      SELECT count(*) FILTER (WHERE row_key <= earlier) AS wrong FROM (
        SELECT *, lag(row_key) OVER (ORDER BY place) AS earlier FROM (
          SELECT row_number() OVER () AS place, store_id * 1e9 + sku_id * 1e5 + (day - DATE '2020-01-01') AS row_key
          FROM ${allForecasts(out)} JOIN stores USING (store_code) JOIN (SELECT sku_id, sku_code FROM products) USING (sku_code)))`);

    assert.equal(row!.wrong, 0);
  });

  it("orders from these files against a stock file: the same lines in the blocks and in the CSV", async () => {
    const forecasts = folder.path("to-order");
    await batchScore({ ...chain, out: forecasts });
    const data = folder.path("stock");
    mkdirSync(data);
    const [first] = await database.rows<{ store_code: string; sku_code: string }>(`
      SELECT store_code, sku_code FROM ${allForecasts(forecasts)} GROUP BY ALL ORDER BY sum(mean_units) DESC LIMIT 1`);
    writeFileSync(
      join(data, "stock.csv"),
      `store_code,sku_code,on_hand\n${first!.store_code},${first!.sku_code},100000\n`,
    );
    const order = (name: string, more: object) =>
      orderWeek({
        lake: chain.lake,
        evaluation: chain.evaluation,
        forecasts,
        out: folder.path(name),
        ...more,
      });

    const empty = await order("orders-empty", {});
    const stocked = await order("orders-stocked", { data });

    assert.equal(empty.considered, expected.rowCount / 7);
    assert.equal(stocked.lines, empty.lines - 1);
    assert.equal(stocked.stockSource, "stock.csv: 1 items");
    const lines = (name: string) =>
      `read_parquet(${quote(`${folder.path(name)}/block=*/orders.parquet`)}, hive_partitioning = false)`;
    const csv = quote(join(folder.path("orders-empty"), "orders.csv"));
    const [different] = await database.rows<{ count: number; all: number }>(`
      SELECT count(*) AS count, (SELECT count(*) FROM ${csv}) AS "all" FROM (
        SELECT store_code, sku_code::VARCHAR, units, cost_yen FROM ${lines("orders-empty")}
        EXCEPT ALL SELECT store_code, sku_code::VARCHAR, units, cost_yen FROM ${csv})`);
    assert.deepEqual([different!.count, different!.all], [0, empty.lines]);
    const missing = await database.rows(`
      SELECT store_code, sku_code FROM ${lines("orders-empty")}
      EXCEPT SELECT store_code, sku_code FROM ${lines("orders-stocked")}`);
    assert.deepEqual(missing, [first]);
  });

  it("leaves nothing behind when it fails", async () => {
    const out = folder.path("failed");
    const models = folder.path("broken-models");
    cpSync(chain.models, models, { recursive: true });
    const version = (await new ModelStore(models).current("champion", "food"))!;
    writeFileSync(join(models, modelKey("food", version)), packModelArchive("not a model"));

    await assert.rejects(batchScore({ ...chain, models, out }), /XGBoost model: it is not JSON/);

    assert.ok(!existsSync(out));
    assert.deepEqual(
      readdirSync(folder.path(".")).filter((name) => name.startsWith("failed")),
      [],
    );
  });
});
