import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { LAKE_FEATURE_NAMES } from "../../../contracts/model-input";
import { lakePaths } from "../../../contracts/lake-layout";
import { type LakeSummary } from "../../../forecasting/lake/schema";
import { buildAllFeatures } from "../../../bench/support/all-features";
import type { BuildFeaturesOptions } from "../../../runtime/features/build-features";
import { generateLake } from "../../../runtime/generate/generate";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { temporaryFolder } from "../support/temporary-folder";
import { oracleRow, readPlainLake } from "./oracle";

const WORLD = { stores: 3, skus: 7, days: 170, seed: 3 };
const ROW = ["store_id", "sku_id", "day", ...LAKE_FEATURE_NAMES].join(", ");

describe("buildFeatures", () => {
  const folder = temporaryFolder();
  let database: Database;
  let lake = "";
  let summary: LakeSummary;

  before(async () => {
    lake = folder.path("lake");
    summary = await generateLake({ ...WORLD, out: lake });
    database = await Database.open();
  });
  after(() => database.close());

  /** Builds a range and returns the files as a table expression. */
  async function build(name: string, options: Partial<BuildFeaturesOptions>): Promise<string> {
    const out = folder.path(name);
    await buildAllFeatures({ lake, out, from: summary.firstDay, to: summary.cutoff, ...options });
    return `read_parquet(${quote(`${out}/*/*.parquet`)}, hive_partitioning = false)`;
  }

  async function countDifferent(a: string, b: string, columns = "*"): Promise<number> {
    const [row] = await database.rows<{ count: number }>(`
      SELECT count(*) AS count FROM (
        (SELECT ${columns} FROM ${a} EXCEPT ALL SELECT ${columns} FROM ${b})
        UNION ALL
        (SELECT ${columns} FROM ${b} EXCEPT ALL SELECT ${columns} FROM ${a})
      )`);
    return row?.count ?? -1;
  }

  const ahead = (days: number) => isoDate(dayNumber(summary.cutoff) + days);

  it("gives the same rows from the kernel as from the SQL, history and the days ahead", async () => {
    const kernel = await build("kernel", { to: ahead(7) });
    const sql = await build("sql", { to: ahead(7), engine: "sql" });

    assert.equal(await countDifferent(kernel, sql), 0);
    const [counted] = await database.rows<{ count: number }>(`SELECT count(*) AS count FROM ${kernel}`);
    assert.equal(counted?.count, summary.rowCount + 7 * WORLD.stores * WORLD.skus);
  });

  it("agrees with a plain oracle on every feature", async () => {
    const plain = await readPlainLake(database, lake);
    const rows = await build("for-oracle", { from: ahead(-60), to: ahead(7) });
    const sample = await database.rows<Record<string, number>>(
      `SELECT * REPLACE (day - DATE '1970-01-01' AS day) FROM ${rows} WHERE (store_id * 31 + sku_id * 7 + (day - DATE '2020-01-01')) % 5 = 0`,
    );

    assert.ok(sample.length > 200, `${sample.length}`);
    for (const row of sample) {
      const { store_id: store = 0, sku_id: sku = 0, day = 0 } = row;
      const expected = oracleRow(plain, store, sku, day, dayNumber(summary.cutoff));
      LAKE_FEATURE_NAMES.forEach((name, i) => {
        const want = expected[i] as number;
        const got = row[name] ?? NaN;
        const isSame = Number.isNaN(want) ? Number.isNaN(got) : Math.abs(got - want) < 1e-4;
        assert.ok(
          isSame,
          `${name} of store ${store}, SKU ${sku}, ${isoDate(day)}: ${got} instead of ${want}`,
        );
      });
    }
  });

  for (const engine of ["kernel", "sql"] as const) {
    it(`does not change for any of the seven horizons when the future is altered (${engine})`, async () => {
      const cutoff = ahead(-20);
      const range = {
        from: isoDate(dayNumber(cutoff) + 1),
        to: isoDate(dayNumber(cutoff) + 7),
        cutoff,
        engine,
      };
      const before = await build(`before-${engine}`, range);
      const altered = folder.path(`altered-${engine}`);
      await cp(lake, altered, { recursive: true });
      await alterAfter(database, altered, cutoff, summary.blocks);

      const after = await build(`after-${engine}`, { ...range, lake: altered });

      assert.equal(await countDifferent(before, after, ROW), 0);
      const [days] = await database.rows<{ count: number }>(
        `SELECT count(DISTINCT day) AS count FROM ${after}`,
      );
      assert.equal(days?.count, 7);
    });
  }

  it("gives a training row of day t the features that each of the seven days before t would have given it", async () => {
    const target = ahead(-3);
    const trained = await build("trained", { from: target, to: target });

    for (let horizon = 1; horizon <= 7; horizon++) {
      const cutoff = isoDate(dayNumber(target) - horizon);
      const earlier = await build(`horizon-${horizon}`, { from: target, to: target, cutoff });
      assert.equal(await countDifferent(trained, earlier, ROW), 0, `horizon ${horizon}`);
    }
  });

  it("notices when the past is altered: the leak test can fail", async () => {
    const cutoff = ahead(-20);
    const range = { from: isoDate(dayNumber(cutoff) + 1), to: isoDate(dayNumber(cutoff) + 7), cutoff };
    const altered = folder.path("altered-past");
    await cp(lake, altered, { recursive: true });
    await alterAfter(database, altered, isoDate(dayNumber(cutoff) - 1), summary.blocks);

    const different = await countDifferent(
      await build("past-before", range),
      await build("past-after", { ...range, lake: altered }),
      ROW,
    );

    assert.ok(different > 0);
  });

  it("labels observed days only", async () => {
    const rows = await build("labels", { to: ahead(7) });
    const [wrong] = await database.rows<{ count: number; labelled: number }>(`
      SELECT count(*) FILTER (WHERE f.units IS DISTINCT FROM
        CASE WHEN NOT d.is_closed AND NOT d.is_stocked_out THEN d.units END) AS count, count(f.units) AS labelled
      FROM ${rows} AS f LEFT JOIN ${quote(lakePaths.daily(lake))} AS d USING (store_id, sku_id, day)`);

    assert.equal(wrong?.count, 0);
    assert.ok((wrong?.labelled ?? 0) > 2000);
  });

  it("says what is wrong with a range or a folder", async () => {
    const out = folder.path("never");
    const build7 = (options: object) =>
      buildAllFeatures({ lake, out, from: summary.cutoff, to: summary.cutoff, ...options });

    await assert.rejects(build7({ to: ahead(8) }), /more than 7 days after the cutoff/);
    await assert.rejects(build7({ from: ahead(1) }), /from .* is after to/);
    await assert.rejects(build7({ from: "2020-01-01", to: "2020-01-07" }), /is before the lake's first day/);
    await assert.rejects(build7({ cutoff: ahead(1) }), /is after the lake's last day/);
    await assert.rejects(build7({ lake: folder.path("nothing") }), /is not a lake: it has no lake.json/);
  });
});

/** Replaces everything that happens after a day: sales, prices, promotions, flags and measured weather. */
async function alterAfter(
  database: Database,
  lake: string,
  day: string,
  blocks: readonly number[],
): Promise<void> {
  for (const block of blocks) {
    const path = lakePaths.daily(lake, block).replace("*.parquet", "part-0.parquet");
    await database.run(`
      CREATE OR REPLACE TEMP TABLE altered AS
        SELECT * REPLACE (
          CASE WHEN day > DATE ${quote(day)} THEN 1000 + units ELSE units END AS units,
          CASE WHEN day > DATE ${quote(day)} THEN 3 ELSE promo_type END AS promo_type,
          CASE WHEN day > DATE ${quote(day)} THEN 0.9 ELSE discount_share END AS discount_share,
          is_closed AND day <= DATE ${quote(day)} AS is_closed,
          is_stocked_out AND day <= DATE ${quote(day)} AS is_stocked_out
        ) FROM ${quote(path)};
      COPY altered TO ${quote(path)} (FORMAT parquet)`);
  }
  const weather = quote(lakePaths.master(lake, "weather"));
  await database.run(`
    CREATE OR REPLACE TEMP TABLE altered AS
      SELECT * REPLACE (
        CASE WHEN day > DATE ${quote(day)} THEN -40 ELSE temperature_actual END AS temperature_actual,
        CASE WHEN day > DATE ${quote(day)} THEN 1 ELSE rain_actual END AS rain_actual
      ) FROM ${weather};
    COPY altered TO ${weather} (FORMAT parquet)`);
}
