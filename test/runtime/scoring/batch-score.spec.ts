import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { DEFAULT_DISPERSION } from "../../../forecasting/distribution/dispersion";
import { CATEGORIES } from "../../../contracts/categories";
import { type LakeSummary } from "../../../forecasting/lake/schema";
import { boostedTrees } from "../../../forecasting/models/boosted-trees";
import type { BaselineState } from "../../../forecasting/baseline/state";
import { sqlBaselineModel } from "../../../forecasting/models/sql-baseline-model";
import {
  addToTrends,
  computeLevels,
  newBaselineScratch,
} from "../../../forecasting/baseline/baseline-kernel";
import { addToChain, chainOutlook, newChainSums } from "../../../forecasting/baseline/chain-sums";
import { newTrendSums, trendsOf } from "../../../forecasting/baseline/trends";
import { trainTrees } from "../../../forecasting/trees/train-trees";
import { MODEL_INPUT_NAMES } from "../../../contracts/model-input";
import { readRowSet, type RowSet } from "../../../runtime/training/row-set";
import { readItems } from "../../../runtime/ordering/item-terms";
import { openSession, type ForecastSession } from "../../../runtime/pipelines/session";
import { buildFeatures } from "../../../runtime/features/build-features";
import { generateLake } from "../../../runtime/generate/generate";
import { DEFAULT_KNOBS } from "../../../runtime/ordering/order";
import { scoreNight, type ScoreNightOptions } from "../../../runtime/scoring/batch-score";
import { CellFileReader, readCells, seriesAt, type CellBlock } from "../../../runtime/scoring/cell-block";
import { readNightTables } from "../../../runtime/scoring/batch-tables";
import { nightRows } from "../../../runtime/scoring/score-block";
import type { NightModelFiles } from "../../../runtime/scoring/score-blocks-task";
import { isWorkName } from "../../../runtime/engine/files/work-names";
import { type ThreadPool, withThreadPool } from "../../../runtime/engine/threads/thread-pool";

/** Relative, from a thousandth of a unit on; the SQL keeps some sums as FLOAT. */
const TOLERANCE = 1e-4;

function assertSame(name: string, row: number, actual: number, expected: number): void {
  const isSame = Number.isNaN(actual)
    ? Number.isNaN(expected)
    : Math.abs(actual - expected) <= TOLERANCE * Math.max(1e-3, Math.abs(expected));
  assert.ok(isSame, `${name} of row ${row} is ${actual}, the SQL has ${expected}`);
}

describe("the night at scale", function () {
  this.timeout(20_000);
  let folder: string;
  let lake: string;
  let summary: LakeSummary;
  let session: ForecastSession;
  let state: BaselineState;
  let expected: RowSet;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "smartretail-night-"));
    lake = join(folder, "lake");
    summary = await generateLake({ out: lake, stores: 4, skus: 50, days: 170, seed: 3, truth: false });
    const cutoff = dayNumber(summary.cutoff);
    const features = join(folder, "features");
    await buildFeatures({ lake, out: features, from: isoDate(cutoff + 1), to: isoDate(cutoff + 7) });
    session = await openSession(lake);
    state = await session.baseline.fit(cutoff - 7);
    await session.baseline.predict(cutoff + 1, cutoff + 7, cutoff);
    const range = { from: cutoff + 1, to: cutoff + 7 };
    expected = await readRowSet(session.database, { features: `${features}/*/*.parquet`, ...range });
  });

  after(() => {
    session.database.close();
    rmSync(folder, { recursive: true });
  });

  async function readBlocks(): Promise<CellBlock[]> {
    const cutoff = dayNumber(summary.cutoff);
    const blocks: CellBlock[] = [];
    for (const block of summary.blocks) {
      blocks.push(await readCells(session.database, lake, block, cutoff));
    }
    return blocks;
  }

  it("computes what the SQL defines: every feature, the baseline and last week, row by row", async () => {
    const tables = await readNightTables(lake, dayNumber(summary.cutoff), state);
    const blocks = await readBlocks();
    const sums = newChainSums(tables.baseline.categories.length);
    const trendSums = newTrendSums(tables.baseline);
    const scratch = newBaselineScratch();
    const all = blocks.flatMap((block) => Array.from(block.storeIds, (_, series) => seriesAt(block, series)));

    for (const series of all) addToChain(tables.baseline, series, sums);
    const chain = chainOutlook(tables.baseline, sums);
    for (const series of all) {
      computeLevels(tables.baseline, chain, series, scratch);
      addToTrends(tables.baseline, series, scratch, trendSums);
    }
    const outlook = { chain, trends: trendsOf(tables.baseline, trendSums) };

    const files = new CellFileReader();
    let row = 0;
    for (const block of blocks) {
      for (const batch of nightRows(block, files.seriesBlock(block), tables, outlook)) {
        for (let i = 0; i < batch.features.rows; i++, row++) {
          assert.equal(batch.storeIds[i], expected.storeIds[row]);
          assert.equal(batch.skuIds[i], expected.skuIds[row]);
          assert.equal(batch.days[i], expected.days[row]);
          MODEL_INPUT_NAMES.forEach((name, f) =>
            assertSame(name, row, batch.features.columns[f]![i]!, expected.model.features.columns[f]![row]!),
          );
          assertSame("baseline", row, batch.baseline[i]!, expected.model.baseline[row]!);
          assertSame("naive", row, batch.naive[i]!, expected.model.naive[row]!);
        }
      }
    }
    assert.equal(row, expected.rowCount);
  });

  /** Trees on the night's own rows (what they learn does not matter here), and the baseline as challenger. */
  async function modelFiles(): Promise<{ files: NightModelFiles; trees: ReturnType<typeof boostedTrees> }> {
    const label = expected.model.naive.map((units, row) => units / expected.model.baseline[row]!);
    const data = { features: expected.model.features, label, weight: expected.model.baseline };
    const { model } = await trainTrees(data, { objective: "count:poisson", rounds: 8, maxDepth: 4 });
    const trees = boostedTrees("food", model);
    const champion = { kind: trees.kind, file: trees.save() };
    const challenger = CATEGORIES.map((category) => ({
      kind: "sql-baseline" as const,
      file: sqlBaselineModel(category).save(),
    }));
    return { files: { champion: CATEGORIES.map(() => champion), challenger }, trees };
  }

  async function nightOptions(pool: ThreadPool, out: string): Promise<ScoreNightOptions> {
    const dispersions = CATEGORIES.map(() => DEFAULT_DISPERSION);
    return { lake, out, baseline: state, models: (await modelFiles()).files, dispersions, pool };
  }

  it("writes the forecasts of both models for every store, SKU and day, and the orders", async () => {
    const { trees } = await modelFiles();
    const champions = trees.score(expected.model);
    const out = join(folder, "night");

    const report = await withThreadPool({ threads: 2 }, async (pool) => {
      const items = await readItems(session.database);
      return scoreNight({ ...(await nightOptions(pool, out)), orders: { items, knobs: DEFAULT_KNOBS } });
    });

    assert.equal(report.forecasts, expected.rowCount);
    const files = `read_parquet('${out}/*/forecasts.parquet', hive_partitioning = false)`;
    const rows = await session.database.rows<Record<string, number>>(`
      SELECT mean_units, challenger_mean_units, q50, q95
      FROM ${files} f JOIN stores USING (store_code) JOIN products USING (sku_code)
      ORDER BY store_id, sku_id, day`);
    assert.equal(rows.length, expected.rowCount);
    rows.forEach((row, i) => {
      assertSame("mean", i, row.mean_units!, champions[i]!);
      assertSame("challenger", i, row.challenger_mean_units!, expected.model.baseline[i]!);
      assert.ok(row.q50! <= row.q95!);
    });
    const orders = `read_parquet('${out}/*/orders.parquet', hive_partitioning = false)`;
    const [lines] = await session.database.rows<{ lines: number; packs: number }>(
      `SELECT count(*) AS lines, min(packs) AS packs FROM ${orders}`,
    );
    assert.equal(lines!.lines, report.orderLines);
    assert.ok(report.orderLines > 0 && lines!.packs >= 1);
  });

  it("leaves nothing behind when it fails", async () => {
    const out = join(folder, "failed");

    await withThreadPool({ threads: 2 }, async (pool) => {
      const options = await nightOptions(pool, out);
      const broken = { kind: "boosted-trees" as const, file: "not a model" };
      const models = { ...options.models, champion: CATEGORIES.map(() => broken) };
      await assert.rejects(scoreNight({ ...options, models }), /XGBoost model: it is not JSON/);
    });

    assert.ok(!existsSync(out));
    assert.deepEqual(readdirSync(dirname(out)).filter(isWorkName), []);
  });
});
