import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { lakePaths } from "../../../contracts/lake-layout";
import {
  DAILY,
  EVENTS,
  PRODUCTS,
  PROMOTIONS,
  STORES,
  TRUTH,
  WEATHER,
} from "../../../forecasting/lake/schema";
import { generateLake } from "../../../runtime/generate/generate";
import { readLake } from "../../../runtime/lake/read-lake";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { temporaryFolder } from "../support/temporary-folder";

const OPTIONS = { stores: 5, skus: 40, days: 90, seed: 20 };

describe("generateLake", () => {
  const folder = temporaryFolder();
  let database: Database;
  before(async () => {
    database = await Database.open();
    await generateLake({ ...OPTIONS, out: folder.path("lake") });
  });
  after(() => database.close());

  const pathOf = (lake: string, table: string) => {
    if (table === "daily") return lakePaths.daily(lake);
    if (table === "truth") return lakePaths.truth(lake);
    return lakePaths.master(lake, table as "stores");
  };

  /** A sum of row hashes that are computed here from the values, so that no engine's hash function can change it. */
  async function checksum(lake: string): Promise<number> {
    const [row] = await database.rows<{ sum: number }>(`
      SELECT sum((store_id * 7919 + sku_id * 104729 + (day - DATE '2020-01-01') * 31 + units * 1299709
        + promo_type * 15485863 + CAST(is_stocked_out AS INTEGER) * 32452843 + CAST(is_closed AS INTEGER) * 49979687)
        % 1000003) AS sum FROM ${quote(lakePaths.daily(lake))}`);
    return row?.sum ?? NaN;
  }

  it("writes the tables of the schema, column by column", async () => {
    const lake = folder.path("lake");

    for (const table of [DAILY, STORES, PRODUCTS, WEATHER, EVENTS, PROMOTIONS, TRUTH]) {
      const described = await database.rows<{ column_name: string; column_type: string }>(
        `DESCRIBE SELECT * FROM read_parquet(${quote(pathOf(lake, table.name))}, hive_partitioning = false)`,
      );
      assert.deepEqual(
        described.map((column) => [column.column_name, column.column_type]),
        table.columns.map(({ name, type }) => [name, type]),
        table.name,
      );
    }
  });

  it("writes dense series, sorted by store, SKU and day, up to the cutoff", async () => {
    const [row] = await database.rows<Record<string, number>>(`
      WITH numbered AS (
        SELECT *, lead(day) OVER file AS next_day, lead(sku_id) OVER file AS next_sku, lead(store_id) OVER file AS next_store
        FROM (SELECT *, file_row_number AS n
          FROM read_parquet(${quote(lakePaths.daily(folder.path("lake"), 0))}, file_row_number = true))
        WINDOW file AS (ORDER BY n)
      )
      SELECT count(*) AS rows,
        count(*) FILTER (WHERE store_id = next_store AND sku_id = next_sku AND next_day <> day + 1) AS gaps,
        count(*) FILTER (WHERE store_id = next_store AND sku_id > next_sku) AS unsorted,
        count(*) FILTER (WHERE sku_id IS DISTINCT FROM next_sku AND day <> DATE '2026-11-22') AS short
      FROM numbered`);

    assert.ok((row?.rows ?? 0) > 5000);
    assert.deepEqual([row?.gaps, row?.unsorted, row?.short], [0, 0, 0]);
  });

  it("gives the same rows for the same seed, pinned, and others for another", async () => {
    const again = folder.path("again");
    const other = folder.path("other");
    await generateLake({ ...OPTIONS, out: again, truth: false });
    await generateLake({ ...OPTIONS, out: other, truth: false, seed: 21 });

    const sum = await checksum(folder.path("lake"));
    assert.equal(await checksum(again), sum);
    assert.notEqual(await checksum(other), sum);
    assert.equal(sum, PINNED);
  });

  it("knows the truth of every cell and of the seven days after the cutoff", async () => {
    const lake = folder.path("lake");
    const [row] = await database.rows<Record<string, number>>(`
      SELECT count(*) FILTER (WHERE t.demand_units IS NULL) AS unknown,
        count(*) FILTER (WHERE d.units <> t.demand_units AND NOT d.is_closed AND NOT d.is_stocked_out) AS wrong,
        count(*) FILTER (WHERE t.mean_known <= 0) AS empty
      FROM ${quote(lakePaths.daily(lake))} AS d LEFT JOIN ${quote(lakePaths.truth(lake))} AS t USING (store_id, sku_id, day)`);
    const [future] = await database.rows<{ days: number }>(
      `SELECT count(DISTINCT day) AS days FROM ${quote(lakePaths.truth(lake))} WHERE day > DATE '2026-11-22'`,
    );

    assert.deepEqual([row?.unknown, row?.wrong, row?.empty], [0, 0, 0]);
    assert.equal(future?.days, 7);
  });

  it("keeps what is measured after the cutoff out of the weather", async () => {
    const [row] = await database.rows<Record<string, number>>(`
      SELECT count(temperature_actual) FILTER (WHERE day > DATE '2026-11-22') AS leaked,
        count(temperature_forecast) FILTER (WHERE day > DATE '2026-11-22') AS forecast
      FROM ${quote(lakePaths.master(folder.path("lake"), "weather"))}`);

    assert.equal(row?.leaked, 0);
    assert.equal(row?.forecast, 6 * 7);
  });

  it("sums itself up in lake.json", async () => {
    const lake = folder.path("lake");
    const summary = await readLake(lake);
    const [row] = await database.rows<{ count: number }>(
      `SELECT count(*) AS count FROM ${quote(lakePaths.daily(lake))}`,
    );

    assert.equal(summary.rowCount, row?.count);
    assert.deepEqual([summary.storeCount, summary.skuCount, summary.blocks.length], [5, 40, 2]);
    assert.match(readFileSync(lakePaths.summary(lake), "utf8"), /"cutoff": "2026-11-22"/);
  });

  it("rejects options before it writes anything", async () => {
    await assert.rejects(generateLake({ ...OPTIONS, stores: -1, out: folder.path("none") }), /stores is -1/);
  });
});

/** Changes when the generator changes: on purpose only, since every accuracy figure in the documents belongs to it. */
const PINNED = 8_734_010_069;
