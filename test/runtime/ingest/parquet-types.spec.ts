import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { quote } from "../../../runtime/engine/duckdb/database";
import { ingestRuns, quarantined, reconcile } from "../support/ingest-runs";

const DAY = "DATE '2026-11-20'";

describe("Parquet sales", () => {
  const { folder, rows, run, daily } = ingestRuns();

  const ingested = async (select: string) => {
    const path = folder.path("types.parquet");
    await rows(`COPY (${select}) TO ${quote(path)} (FORMAT parquet)`);
    return run({ "sales.parquet": readFileSync(path) });
  };

  const read: [string, columns: string, expected: string, sales: number][] = [
    [
      "an instant as the day it is in Tokyo",
      "'S1' AS store, 'A' AS sku, TIMESTAMPTZ '2026-11-20 16:30:00+00' AS date, 2 AS quantity, 100 AS price",
      "S1 A 2026-11-21 2",
      200,
    ],
    [
      "a time without a zone as it stands",
      "'S1' AS store, 'A' AS sku, TIMESTAMP_NS '2026-11-20 16:30:00' AS date, 2 AS quantity, 100 AS price",
      "S1 A 2026-11-20 2",
      200,
    ],
    [
      "decimals of three digits, which are no thousands here",
      `'S1' AS store, 'A' AS sku, ${DAY} AS date, 2::DECIMAL(10, 3) AS quantity, 100.50::DECIMAL(18, 3) AS price`,
      "S1 A 2026-11-20 2",
      201,
    ],
    [
      "texts from a dictionary and small numbers",
      `'S2'::ENUM ('S1', 'S2') AS store, 'A' AS sku, ${DAY} AS date, 2::UTINYINT AS quantity, 100::REAL AS price`,
      "S2 A 2026-11-20 2",
      200,
    ],
    [
      "codes as BIGINT and as floats",
      `7::DOUBLE AS store, 4910000000001::BIGINT AS sku, ${DAY} AS date, 2::HUGEINT AS quantity, 100.25::DOUBLE AS price`,
      "7 4910000000001 2026-11-20 2",
      200.5,
    ],
    [
      "bytes that are no text as they are, without harm to the others",
      `'S1' AS store, '\\xFF'::BLOB AS sku, ${DAY} AS date, 2 AS quantity, 100 AS price`,
      "S1 \\xFF 2026-11-20 2",
      200,
    ],
    [
      "texts that are stored as bytes",
      `'S1'::BLOB AS store, encode('弁当') AS sku, 20261120 AS date, 2 AS quantity, 100 AS price`,
      "S1 弁当 2026-11-20 2",
      200,
    ],
  ];

  for (const [what, columns, expected, sales] of read) {
    it(`have ${what}`, async () => {
      const report = await ingested(`SELECT ${columns}`);

      assert.deepEqual(await daily(report.lake), [expected]);
      assert.equal(report.figures.kept.sales, sales);
    });
  }

  it("are rejected by name where a quantity is missing or no number", async () => {
    const row = (quantity: string, from = "") =>
      `SELECT 'A' AS sku, ${DAY} AS date, ${quantity} AS quantity ${from}`;
    const report = await ingested(
      [row("3::DOUBLE", "FROM range(60)"), row("NULL::DOUBLE"), row("'NaN'::DOUBLE")].join(" UNION ALL "),
    );

    assert.deepEqual(report.rejectedByReason, { "quantity is not a number": 2 });
    assert.equal(report.figures.kept.units, 180);
    assert.equal(quarantined(report).length, 2);
    reconcile(report);
  });

  it("with a list for an item are named, and no code is made of its brackets", async () => {
    await assert.rejects(
      ingested(`SELECT ['A', 'B'] AS sku, ${DAY} AS date, 2 AS quantity`),
      /not read, for lists are no single value: sku \(VARCHAR\[\]\); write one row for each/,
    );
  });
});
