import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayNumber } from "../../../forecasting/calendar/day";
import { BASELINE_SETTINGS } from "../../../forecasting/baseline/state";
import { generateLake } from "../../../runtime/generate/generate";
import { Database } from "../../../runtime/engine/duckdb/database";
import { openLakeViews } from "../../../runtime/lake/lake-views";
import { SqlBaseline } from "../../../runtime/baseline/sql-baseline";

const CUTOFF = dayNumber("2026-11-22");
const FROM = CUTOFF - 13;

interface Prediction {
  readonly store_id: number;
  readonly sku_id: number;
  readonly day: string;
  readonly baseline: number;
  readonly naive: number;
}

describe("SqlBaseline", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "baseline-"));
    await generateLake({ out: join(folder, "lake"), stores: 3, skus: 30, days: 200, seed: 3 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function open(threadCount = 2): Promise<{ database: Database; baseline: SqlBaseline }> {
    const database = await Database.open({ memoryMegabytes: 300, threadCount });
    await openLakeViews(database, join(folder, "lake"));
    return { database, baseline: new SqlBaseline(database, BASELINE_SETTINGS) };
  }

  const predictions = (database: Database) =>
    database.rows<Prediction>("FROM baseline ORDER BY store_id, sku_id, day");

  it("gives every series a row for each day, the coming week included", async () => {
    const { database, baseline } = await open();

    await baseline.fit(CUTOFF - 14);
    await baseline.predict(FROM, CUTOFF + 7, CUTOFF);

    const [count] = await database.rows<{ rows: number; series: number; lowest: number }>(
      `SELECT count(*) AS rows, count(DISTINCT (store_id, sku_id)) AS series, min(baseline) AS lowest
       FROM baseline WHERE day > DATE '2026-11-22'`,
    );
    assert.equal(count!.rows, count!.series * 7);
    assert.ok(count!.lowest > 0);
    database.close();
  });

  it("is closer to the true mean than the naive forecast", async () => {
    const { database, baseline } = await open();

    await baseline.fit(CUTOFF - 14);
    await baseline.predict(FROM, CUTOFF, CUTOFF);

    const [error] = await database.rows<{ ours: number; naive: number }>(`
      SELECT sum(abs(b.baseline - t.mean_known)) AS ours, sum(abs(b.naive - t.mean_known)) AS naive
      FROM baseline b JOIN read_parquet('${folder}/lake/truth/*/*.parquet') t USING (store_id, sku_id, day)`);
    assert.ok(error!.ours < 0.5 * error!.naive, `${error!.ours} against ${error!.naive}`);
    database.close();
  });

  it("repeats the same weekday of last week as the naive forecast", async () => {
    const { database, baseline } = await open();

    await baseline.fit(CUTOFF - 14);
    await baseline.predict(FROM, CUTOFF, CUTOFF);

    const [wrong] = await database.rows<{ rows: number }>(`
      SELECT count(*) AS rows FROM baseline b
      JOIN daily d ON d.store_id = b.store_id AND d.sku_id = b.sku_id AND d.day = b.day - 7
      WHERE b.naive <> d.units`);
    assert.equal(wrong!.rows, 0);
    database.close();
  });

  it("does not change when the sales of the last seven days do", async () => {
    const { database, baseline } = await open();
    await baseline.fit(CUTOFF - 14);
    await baseline.predict(CUTOFF, CUTOFF, CUTOFF);
    const before = await predictions(database);

    await database.run("CREATE TABLE altered AS FROM daily");
    await database.run(
      "UPDATE altered SET units = units * 9 + 5, is_stocked_out = false WHERE day > DATE '2026-11-15'",
    );
    await database.run("CREATE OR REPLACE VIEW daily AS FROM altered");
    await baseline.predict(CUTOFF, CUTOFF, CUTOFF);

    assert.deepEqual(await predictions(database), before);
    database.close();
  });

  it("fits the same factors whatever happens after its cutoff", async () => {
    const { database, baseline } = await open();
    const before = await baseline.fit(CUTOFF - 30);

    await database.run("CREATE TABLE altered AS FROM daily");
    await database.run("UPDATE altered SET units = 77 WHERE day > DATE '2026-10-23'");
    await database.run("CREATE OR REPLACE VIEW daily AS FROM altered");
    const after = await baseline.fit(CUTOFF - 30);

    assert.deepEqual(after.tables.factors, before.tables.factors);
    database.close();
  });

  it("is the same to the last bit on any number of threads", async () => {
    const runs: string[] = [];
    for (const threads of [1, 2, 2, 4]) {
      const { database, baseline } = await open(threads);
      const state = await baseline.fit(CUTOFF - 14);
      await baseline.predict(FROM, CUTOFF + 7, CUTOFF);
      runs.push(JSON.stringify([state, await predictions(database)]));
      database.close();
    }

    assert.equal(new Set(runs).size, 1);
  });

  it("predicts the same from a state that was loaded", async () => {
    const first = await open();
    const state = await first.baseline.fit(CUTOFF - 14);
    await first.baseline.predict(FROM, CUTOFF + 7, CUTOFF);
    const expected = await predictions(first.database);
    first.database.close();

    const { database, baseline } = await open();
    await baseline.load(JSON.parse(JSON.stringify(state)) as typeof state);
    await baseline.predict(FROM, CUTOFF + 7, CUTOFF);

    assert.deepEqual(await predictions(database), expected);
    database.close();
  });
});
