import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { isoDate } from "../../../forecasting/calendar/day";
import { lakePaths } from "../../../forecasting/lake/schema";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { addTruth } from "../../../runtime/jobs/add-truth";
import { generateFiles } from "../../../runtime/jobs/generate-files";
import { ingest, type IngestOptions, type IngestReport } from "../../../runtime/jobs/ingest";
import { Database, quote } from "../../../runtime/local/duckdb";
import { temporaryFolder } from "../support/temporary-folder";

const TODAY = "2026-11-23";
const HEADER = "transaction,line,store,sku,date,quantity,price";
const GOOD = ["1,1,S1,A,2026-11-20,2,100", "1,2,S1,B,2026-11-20,1,200", "2,1,S1,A,2026-11-21,1,100"];

type Files = Readonly<Record<string, string | Buffer>>;

describe("ingest", () => {
  const folder = temporaryFolder();
  let database: Database;
  let runs = 0;
  before(async () => {
    database = await Database.open();
  });
  after(() => database.close());

  /** Writes the files into a folder of their own and ingests them. */
  async function run(
    files: Files,
    options: Partial<IngestOptions> = {},
  ): Promise<IngestReport & { lake: string }> {
    const input = folder.path(`input-${++runs}`);
    const lake = folder.path(`lake-${runs}`);
    await mkdir(input);
    for (const [name, content] of Object.entries(files)) await writeFile(`${input}/${name}`, content);
    return { ...(await ingest({ input, lake, today: TODAY, ...options })), lake };
  }

  /** Runs that must fail: nothing but the quarantine may be there afterwards. */
  async function assertFails(files: Files, message: RegExp): Promise<void> {
    await assert.rejects(run(files), message);
    assert.equal(existsSync(folder.path(`lake-${runs}`)), false);
  }

  function csv(...rows: string[]): string {
    return [HEADER, ...rows, ""].join("\n");
  }

  async function daily(lake: string): Promise<string[]> {
    const rows = await database.rows<Record<string, unknown>>(`
      SELECT store_code, sku_code, day, units, is_closed FROM ${quote(lakePaths.daily(lake))}
      JOIN ${quote(lakePaths.master(lake, "stores"))} USING (store_id)
      JOIN ${quote(lakePaths.master(lake, "products"))} USING (sku_id) ORDER BY ALL`);
    return rows.map(
      (row) => `${row.store_code} ${row.sku_code} ${row.day} ${row.units}${row.is_closed ? " closed" : ""}`,
    );
  }

  function reconcile(report: IngestReport): void {
    assert.equal(report.readCount, report.keptCount + report.mergedCount + report.refusedCount);
  }

  const quarantined = (report: IngestReport) =>
    readFileSync(report.quarantine, "utf8").trim().split("\n").slice(1);

  it("fills the days between sales and tells closed from not wanted", async () => {
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
    await database.run(`COPY (SELECT 1 AS transaction, 1 AS line, 'S1' AS store, '弁当' AS sku,
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
    const rows = "store,sku,date,quantity,price\nS1,A,2026-11-20,1,100\nS1,A,2026-11-20,1,100\n";
    const report = await run({ "pos_1.csv": rows, "pos_2.csv": rows });

    assert.deepEqual(await daily(report.lake), ["S1 A 2026-11-20 2"]);
    assert.match(report.remarks.join("\n"), /pos_2.csv: not read: the same bytes as pos_1.csv/);
  });

  it("puts late rows where they belong and counts them", async () => {
    const report = await run({
      "pos_20261120.csv": csv("1,1,S1,A,2026-11-20,1,100"),
      "pos_20261122.csv": csv("2,1,S1,A,2026-11-22,1,100", "8,1,S1,A,2026-11-20,3,100"),
    });

    assert.equal(report.lateCount, 1);
    assert.equal((await daily(report.lake))[0], "S1 A 2026-11-20 4");
  });

  it("keeps every refused row with file, line and reason", async () => {
    const bad = [
      "5,1,S9,A,2026-11-20,1,100",
      "5,2,S1,Z,2026-11-20,1,100",
      "5,3,S1,A,2026-11-24,1,100",
      "5,4,S1,A,2026-11-20,1,0",
      "5,5,S1,A",
    ];
    const report = await run(
      {
        "pos.csv": csv(...GOOD, ...bad),
        "stores.csv": "store_code\nS1\n",
        "products.csv": "sku_code,category,price\nA,food,100\nB,飲料,200\n",
      },
      { maxRefusedShare: 0.9 },
    );

    assert.equal(report.refusedCount, bad.length);
    assert.deepEqual(quarantined(report), [
      'pos.csv,5,unknown store: S9,"5,1,S9,A,2026-11-20,1,100"',
      'pos.csv,6,unknown SKU: Z,"5,2,S1,Z,2026-11-20,1,100"',
      'pos.csv,7,date in the future: 2026-11-24,"5,3,S1,A,2026-11-24,1,100"',
      'pos.csv,8,price is not positive: 0,"5,4,S1,A,2026-11-20,1,0"',
      'pos.csv,9,too few fields: 4 instead of 7,"5,5,S1,A"',
    ]);
    reconcile(report);
  });

  it("fails when too many rows are refused, and still keeps them", async () => {
    await assertFails(
      { "pos.csv": csv(...GOOD, "5,1,S1,A,2027-01-01,1,100") },
      /1 of 4 rows were refused \(25.0 %, 5 % are allowed\), most for "date in the future" \(1\); each one is in /,
    );
    assert.match(
      readFileSync(`${folder.path(`lake-${runs}`)}-quarantine.csv`, "utf8"),
      /pos.csv,5,date in the future/,
    );
  });

  it("refuses the rows of another encoding and keeps the others", async () => {
    const mixed = Buffer.concat([
      Buffer.from(csv(...GOOD, "7,1,S1,茶,2026-11-21,1,150")),
      encodeShiftJis("8,1,S1,茶,2026-11-21,1,150\n"),
    ]);
    const report = await run({ "pos.csv": mixed }, { maxRefusedShare: 0.5 });

    assert.deepEqual(report.refusedByReason, { "bytes are not valid text": 1 });
    assert.equal(report.keptCount, 4);
  });

  it("reports damaged files and goes on with the sound ones", async () => {
    const whole = gzipSync(
      csv(...Array.from({ length: 20_000 }, (_, i) => `${i},1,S1,C${i % 7},2026-11-2${i % 3},1,${i}9`)),
    );
    const report = await run({
      "pos_1.csv": csv(...GOOD),
      "pos_2.csv": "",
      "pos_3.csv.gz": whole.subarray(0, whole.length >> 1),
      "pos_4.csv": "a|b|c\n1|2|3\n",
      "pos_5.csv": `${HEADER}\n`,
      "sales.parquet": "no parquet at all",
      "notes.docx": "hello",
    });

    const remarks = report.remarks.join("\n");
    assert.match(remarks, /pos_2.csv: not read: the file is empty/);
    assert.match(remarks, /pos_3.csv.gz: the gzip data ends in the middle after line \d+/);
    assert.match(
      remarks,
      /pos_4.csv: not read: no column for "store" .* only "a\|b\|c": is the delimiter right\?/,
    );
    assert.match(remarks, /pos_5.csv: a header and no rows/);
    assert.match(remarks, /sales.parquet: not read: not a Parquet file/);
    assert.match(remarks, /notes.docx: not read: its name belongs to no table/);
    assert.ok(report.keptCount > 1000, `${report.keptCount}`);
    assert.match(
      readFileSync(report.quarantine, "utf8"),
      /pos_3.csv.gz,\d+,"the gzip data ends in the middle/,
    );
    reconcile(report);
  });

  it("fails with one line when nothing can be used", async () => {
    await assertFails({ "pos.csv": "" }, /no sale could be used: pos.csv: not read: the file is empty/);
    await assertFails({ "pos.csv": `${HEADER}\n` }, /no sale could be used: pos.csv: a header and no rows/);
    await assertFails({ "readme.txt": "hi" }, /no sales file/);
    await assert.rejects(
      ingest({ input: folder.path("nowhere"), lake: folder.path("x"), today: TODAY }),
      /nowhere: there is no such file or folder/,
    );
  });

  it("fails when two masters disagree, naming both", async () => {
    await assertFails(
      {
        "pos.csv": csv(...GOOD),
        "products.csv": "sku_code,category,price\nA,food,100\nB,drinks,200\n",
        "products_2.csv": "sku_code,category,price\nB,food,200\n",
      },
      /the masters disagree on SKU B: category is "drinks" in products.csv line 3 and "food" in products_2.csv line 2/,
    );
  });

  it("learns codes from the sales of a lone file and says what it does not know", async () => {
    const input = folder.path("one-shop.csv");
    await writeFile(input, csv(...GOOD));
    const report = await ingest({ input, lake: folder.path("one-shop"), today: TODAY });

    assert.deepEqual([report.summary.storeCount, report.summary.skuCount], [1, 2]);
    assert.match(
      report.remarks.join("\n"),
      /no store master: .*\n.*no product master: .*\n.*no weather file/,
    );
  });

  it("takes one store with one SKU that never sells", async () => {
    const report = await run({ "pos.csv": csv("1,1,S1,A,2026-11-20,0,100", "2,1,S1,A,2026-11-22,0,100") });

    assert.deepEqual(await daily(report.lake), [
      "S1 A 2026-11-20 0",
      "S1 A 2026-11-21 0 closed",
      "S1 A 2026-11-22 0",
    ]);
    assert.match(report.remarks.join("\n"), /all sales are zero/);
  });

  it("infers a stock-out from zeros that demand cannot explain, and only from those", async () => {
    const days = Array.from({ length: 60 }, (_, i) => isoDate(20_700 - 60 + i));
    const rows = days.flatMap((day, i) => [
      `${i},1,S1,A,${day},${i >= 50 && i < 53 ? 0 : 6},100`,
      `${i},2,S1,B,${day},${i % 20 === 0 ? 1 : 0},100`,
    ]);
    const report = await run({ "pos.csv": csv(...rows) }, { today: "2026-11-23" });

    const out = await database.rows<{ sku_id: number; day: string }>(
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
    await addTruth(lake, world);

    assert.equal(report.readCount, written.lineCount);
    assert.equal(report.mergedCount, written.repeatedCount);
    assert.equal(report.refusedCount, written.damagedCount);
    reconcile(report);
    const [row] = await database.rows<Record<string, number>>(`
      SELECT count(*) AS cells, sum(abs(units - demand_units)) FILTER (WHERE NOT is_closed AND NOT is_stocked_out) AS wrong
      FROM ${quote(lakePaths.daily(lake))} JOIN ${quote(lakePaths.truth(lake))} USING (store_id, sku_id, day)`);
    assert.equal(row?.wrong, 0);
    assert.equal(row?.cells, report.summary.rowCount);
  });
});
