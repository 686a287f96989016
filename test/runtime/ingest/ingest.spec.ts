import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { isoDate } from "../../../forecasting/calendar/day";
import { lakePaths } from "../../../contracts/lake-layout";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { writeTruth } from "../../../runtime/generate/write-truth";
import { generateFiles } from "../../../runtime/generate/generate-files";
import { ingest } from "../../../runtime/ingest/ingest";
import { quote } from "../../../runtime/engine/duckdb/database";
import { GOOD, HEADER, TODAY, csv, ingestRuns, reconcile, type Files } from "../support/ingest-runs";

describe("ingest", () => {
  const { folder, rows, run, daily } = ingestRuns();

  it("fills the days between sales and tells a closed day from one without demand", async () => {
    const report = await run({
      "pos.csv": csv(...GOOD, "3,1,S1,B,2026-11-23,1,200"),
    });

    assert.deepEqual(await daily(report.lake), [
      "S1 A 2026-11-20 2",
      "S1 A 2026-11-21 1",
      "S1 A 2026-11-22 0 closed",
      "S1 A 2026-11-23 0",
      "S1 B 2026-11-20 1",
      "S1 B 2026-11-21 0",
      "S1 B 2026-11-22 0 closed",
      "S1 B 2026-11-23 1",
    ]);
    reconcile(report);
  });

  it("reads the same sales from every format, encoding, delimiter and date form", async () => {
    const japanese =
      "伝票番号,行番号,店舗コード,商品コード,販売日,数量,単価\n1,1,S1,弁当,令和8年11月20日,2,100\n";
    const english = "transaction;line;store;sku;date;quantity;price\r\n1;1;S1;弁当;20261120;2;100\r\n";
    const quoted = `${HEADER}\n1,"1","S1","弁当",2026/11/20,"2","100"`;
    const parquet = folder.path("sales.parquet");
    await rows(`COPY (SELECT 1 AS transaction, 1 AS line, 'S1' AS store, '弁当' AS sku,
      DATE '2026-11-20' AS date, 2 AS quantity, 100 AS price) TO ${quote(parquet)}`);
    const variants: Files = {
      "pos-utf8.csv": japanese,
      "pos-bom.csv": `\ufeff${english}`,
      "pos-sjis.csv": encodeShiftJis(japanese),
      "pos-quoted.csv": quoted,
      "pos-tab.tsv": english.replaceAll(";", "\t"),
      "pos-packed.csv.gz": gzipSync(encodeShiftJis(japanese)),
      "sales.parquet": readFileSync(parquet),
    };

    for (const [name, content] of Object.entries(variants)) {
      const report = await run({ [name]: content });
      assert.deepEqual(await daily(report.lake), ["S1 弁当 2026-11-20 2"], name);
    }
  });

  it("nets returns, merges repeated lines across files and keeps a corrected line", async () => {
    const report = await run({
      "pos_1.csv": csv(...GOOD, "9,1,S1,A,2026-11-20,-1,100"),
      "pos_2.csv": csv(GOOD[0] ?? "", "2,1,S1,A,2026-11-21,5,100"),
    });

    assert.deepEqual((await daily(report.lake)).slice(0, 2), ["S1 A 2026-11-20 1", "S1 A 2026-11-21 6"]);
    assert.deepEqual([report.mergedCount, report.returnCount, report.keptCount], [1, 1, 5]);
    reconcile(report);
  });

  it("never merges lines without a transaction number, but never reads a copied file twice", async () => {
    const text = "store,sku,date,quantity,price\nS1,A,2026-11-20,1,100\nS1,A,2026-11-20,1,100\n";
    const report = await run({ "pos_1.csv": text, "pos_2.csv": text });

    assert.deepEqual(await daily(report.lake), ["S1 A 2026-11-20 2"]);
    assert.match(report.warnings.join("\n"), /pos_2.csv: not read: the same bytes as pos_1.csv/);
  });

  it("puts late rows where they belong and counts them", async () => {
    const report = await run({
      "pos_20261120.csv": csv("1,1,S1,A,2026-11-20,1,100"),
      "pos_20261122.csv": csv("2,1,S1,A,2026-11-22,1,100", "8,1,S1,A,2026-11-20,3,100"),
    });

    assert.equal(report.lateCount, 1);
    assert.equal((await daily(report.lake))[0], "S1 A 2026-11-20 4");
  });

  it("takes no line for late in an export of weeks that is named by the day of the export", async () => {
    const report = await run({
      "pos_20261122.csv": csv(
        ...["18", "19", "20", "22"].map((day, i) => `${i},1,S1,A,2026-11-${day},1,100`),
      ),
    });

    assert.equal(report.lateCount, 0);
  });

  it("learns codes from the sales of a lone file and says what it does not know", async () => {
    const input = folder.path("one-shop.csv");
    await writeFile(input, csv(...GOOD));
    const report = await ingest({ input, lake: folder.path("one-shop"), today: TODAY });

    assert.deepEqual([report.summary.storeCount, report.summary.skuCount], [1, 2]);
    assert.match(
      report.warnings.join("\n"),
      /no store master: .*\n.*no product master: .*\n.*no item has a category.*\nassumed, .*30 days on the shelf.*\n.*no weather file/,
    );
  });

  it("takes one store with one SKU that never sells", async () => {
    const report = await run({ "pos.csv": csv("1,1,S1,A,2026-11-20,0,100", "2,1,S1,A,2026-11-22,0,100") });

    assert.deepEqual(await daily(report.lake), [
      "S1 A 2026-11-20 0",
      "S1 A 2026-11-21 0 closed",
      "S1 A 2026-11-22 0",
    ]);
    assert.match(report.warnings.join("\n"), /all sales are zero/);
  });

  it("infers a stock-out from zeros that demand cannot explain, and only from those", async () => {
    const days = Array.from({ length: 60 }, (_, i) => isoDate(20_700 - 60 + i));
    const lines = days.flatMap((day, i) => [
      `${i},1,S1,A,${day},${i >= 50 && i < 53 ? 0 : 6},100`,
      `${i},2,S1,B,${day},${i % 20 === 0 ? 1 : 0},100`,
    ]);
    const report = await run({ "pos.csv": csv(...lines) }, { today: "2026-11-23" });

    const out = await rows<{ sku_id: number; day: string }>(
      `SELECT sku_id, day FROM ${quote(lakePaths.daily(report.lake))} WHERE is_stocked_out ORDER BY ALL`,
    );
    assert.deepEqual(
      out.map((row) => `${row.sku_id} ${row.day}`),
      days.slice(50, 53).map((day) => `1 ${day}`),
    );
  });

  it("brings back the generated chain from its files, cell by cell", async () => {
    const world = { stores: 4, skus: 30, days: 120, seed: 6 };
    const input = folder.path("chain");
    const written = await generateFiles({ ...world, out: input });
    const lake = folder.path("chain-lake");

    const report = await ingest({ input, lake, today: TODAY });
    const truth = folder.path("chain-truth");
    await writeTruth({ ...world, lake, out: truth });

    assert.equal(report.readCount, written.lineCount);
    assert.equal(report.mergedCount, written.repeatedCount);
    assert.equal(report.rejectedCount, written.damagedCount);
    reconcile(report);
    const [row] = await rows<Record<string, number>>(`
      SELECT count(*) AS cells, sum(abs(units - demand_units)) FILTER (WHERE NOT is_closed AND NOT is_stocked_out) AS wrong
      FROM ${quote(lakePaths.daily(lake))} JOIN ${quote(`${truth}/block=*/*.parquet`)} USING (store_id, sku_id, day)`);
    assert.equal(row?.wrong, 0);
    assert.equal(row?.cells, report.summary.rowCount);
  });
});
