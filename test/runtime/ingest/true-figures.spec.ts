import assert from "node:assert/strict";
import { isoDate } from "../../../forecasting/calendar/day";
import { lakePaths } from "../../../contracts/lake-layout";
import { SERIES_TAIL_DAYS } from "../../../forecasting/lake/schema";
import { quote } from "../../../runtime/engine/duckdb/database";
import { ingestRuns, quarantined, reconcile } from "../support/ingest-runs";

const FIRST = 20_600;
const day = (i: number) => isoDate(FIRST + i);

describe("figures that the ingest gives on", () => {
  const { rows, run, daily } = ingestRuns();

  it("counts equal lines of one receipt, and a receipt in two files once", async () => {
    const header = "receipt,store,sku,date,qty,price";
    const milk = "55,S1,MILK,2026-11-20 09:10,1,210";
    const report = await run({
      "pos_a.csv": [header, milk, milk, "56,S1,MILK,2026-11-20 09:30,1,210"].join("\n"),
      "pos_b.csv": [
        header,
        milk.replace("2026-11-20 09:10", "2026/11/20 9:10:00"),
        milk,
        "57,S1,MILK,2026-11-21,4,210",
      ].join("\n"),
    });

    assert.deepEqual(await daily(report.lake), ["S1 MILK 2026-11-20 3", "S1 MILK 2026-11-21 4"]);
    assert.deepEqual(report.figures.merged, { rows: 2, units: 2, sales: 420 });
    assert.match(
      report.warnings.join("\n"),
      /2 lines had been sent before and count once \(2 units, 420 JPY\)/,
    );
    reconcile(report);
  });

  it("lists a line of a till without clock once, however many files have it", async () => {
    const header = "receipt,store,sku,date,qty,price";
    const days = Array.from({ length: 40 }, (_, i) => `${100 + i},S1,MILK,${day(i)},2,210`);
    const lost = "55,S1,MILK,2000-01-01,1,210";
    const report = await run(
      { "pos_a.csv": [header, ...days, lost, lost].join("\n"), "pos_b.csv": [header, lost].join("\n") },
      { today: day(60) },
    );

    assert.equal(quarantined(report).length, 2);
    assert.deepEqual(report.figures.rejected, { rows: 2, units: 2, sales: 420 });
    assert.deepEqual(report.figures.merged, { rows: 1, units: 1, sales: 210 });
    reconcile(report);
  });

  it("holds rows, units and sales against a till total, rejected ones included", async () => {
    const report = await run(
      {
        "sales.csv":
          "store,sku,date,qty,price\nS1,A,2026-11-20,3,1.25\nS1,A,2026-11-21,-1,1.25\nS1,A,soon,10,2\nS1,A,2026-11-21,1,2\nS1,,2026-11-21,5,2\n",
      },
      { maxRejectedShare: 0.9 },
    );
    const { read, kept, merged, rejected } = report.figures;

    assert.deepEqual(read, { rows: 5, units: 18, sales: 34.5 });
    assert.deepEqual(rejected, { rows: 2, units: 15, sales: 30 });
    for (const what of ["rows", "units", "sales"] as const)
      assert.equal(read[what], kept[what] + merged[what] + rejected[what]);
  });

  it("leaves a till without clock out of the span, and says whose line it was", async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `S1,A,${day(i)},2,100`);
    const report = await run({
      "pos.csv": ["store,sku,date,qty,price", "S1,A,2001-01-01,7,100", ...lines].join("\n"),
    });

    assert.deepEqual([report.summary.firstDay, report.summary.cutoff], [day(0), day(29)]);
    assert.deepEqual(report.figures.rejected, { rows: 1, units: 7, sales: 700 });
    reconcile(report);
  });

  it("multiplies large figures without overflow", async () => {
    const report = await run({
      "sales.csv": `sku,date,qty,price\nM,${day(0)},90000,98765432\nM,${day(1)},90000,98765432\n`,
    });

    assert.equal(report.figures.kept.sales, 2 * 90_000 * 98_765_432);
  });

  it("takes a price that rises or falls for good for no promotion, and one that comes back for one", async () => {
    const price = (i: number) => (i < 40 ? 200 : 230);
    const steps = Array.from({ length: 80 }, (_, i) => [
      `S1,RISE,${day(i)},3,${price(i)}`,
      `S1,CUT,${day(i)},3,${i < 40 ? 300 : 250}`,
      `S1,PROMO,${day(i)},3,${i >= 30 && i < 35 ? 150 : 200}`,
    ]).flat();
    const report = await run({ "sales.csv": ["store,sku,date,qty,price", ...steps].join("\n") });

    const promoted = await rows<{ sku_code: string; first: string; days: number }>(`
      SELECT sku_code, min(day) AS first, count(*) AS days FROM ${quote(lakePaths.daily(report.lake))}
      JOIN ${quote(lakePaths.master(report.lake, "products"))} USING (sku_id) WHERE promo_type > 0 GROUP BY sku_code`);
    assert.deepEqual(promoted, [{ sku_code: "PROMO", first: day(30), days: 5 }]);
  });

  it("costs nothing for pairs that never sold, and ends a series that sells no more", async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `S${i % 40},K${i},${day(0)},1,100`);
    const report = await run(
      { "sales.csv": ["store,sku,date,qty,price", ...lines, `S0,K0,${day(300)},1,100`].join("\n") },
      { today: "2027-12-31" },
    );

    assert.equal(report.summary.rowCount, 399 * (SERIES_TAIL_DAYS + 1) + 301);
  });

  it("tells a store that was closed from one whose file has not come", async () => {
    const header = "store,sku,date,qty";
    const sold = (store: string, i: number) => `${store},A,${day(i)},2`;
    const report = await run({
      // S1 and S2 share files; S3 sends its own, and the one of day 2 is missing.
      "pos_all.csv": [
        header,
        ...[0, 1, 2, 3].map((i) => sold("S1", i)),
        ...[0, 3].map((i) => sold("S2", i)),
      ].join("\n"),
    });
    const own = await run({
      "pos_1.csv": [header, sold("S3", 0)].join("\n"),
      "pos_3.csv": [header, sold("S3", 2)].join("\n"),
    });

    const states = (lake: string) =>
      rows<{ day: string; is_covered: boolean }>(
        `SELECT day, is_covered FROM ${quote(`${lake}/store_days.parquet`)} WHERE line_count = 0 ORDER BY ALL`,
      );
    assert.deepEqual(await states(report.lake), [
      { day: day(1), is_covered: true },
      { day: day(2), is_covered: true },
    ]);
    assert.deepEqual(await states(own.lake), [{ day: day(1), is_covered: false }]);
  });

  it("gives more than 65,536 items numbers of their own", async () => {
    const count = 66_000;
    const lines = Array.from({ length: count }, (_, i) => `S${i % 3},${100_000 + i},${day(0)},1`);
    const report = await run({ "sales.csv": ["store,sku,date,qty", ...lines].join("\n") });

    assert.deepEqual([report.summary.skuCount, report.summary.rowCount], [count, count]);
  });

  it("says in one line that it may hold too little memory, and what to do", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `S1,${i % 7000},${day(i % 300)},1,100`);

    await assert.rejects(
      run({ "sales.csv": ["store,sku,date,qty,price", ...lines].join("\n") }, { memoryMegabytes: 4 }),
      /the ingest needs more than the 4 MB that it may hold: set memoryMegabytes higher/,
    );
  });
});
