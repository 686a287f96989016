import assert from "node:assert/strict";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { ingestRuns, quarantined, reconcile } from "../support/ingest-runs";

const ROWS = ["S7,面,2026-11-19,2,300", "S7,茶,2026-11-20,5,140"];
const TEXT = ["store,sku,date,qty,price", ...ROWS, ""].join("\n");
const READ = ["S7 茶 2026-11-20 5", "S7 面 2026-11-19 2", "S7 面 2026-11-20 0"];
const MANY = { maxRejectedShare: 0.9 };

const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe("ingest of files that other programs have hurt", () => {
  const { run, fails, daily } = ingestRuns();

  it("opens a quote only at a field's start, and ends a record where only a stray quote went on", async () => {
    const report = await run(
      {
        "pos.csv":
          'store,sku,date,qty,price,memo\nS7,A,2026-11-19,2,300,10" pizza\nS7,A,2026-11-20,1,300,"x\nS7,A,2026-11-21,4,300,\nS7,A,2026-11-22,8,300,\n',
      },
      MANY,
    );

    assert.deepEqual(report.figures.kept, { rows: 3, units: 14, sales: 4200 });
    assert.deepEqual(report.rejectedByReason, { "a quote that is not closed": 1 });
    reconcile(report);
  });

  it("names a row with too many fields, and text after a closing quote", async () => {
    const report = await run(
      { "pos.csv": `${TEXT}S7,A,2026-11-20,1,080,1\nS7,"A"B,2026-11-20,1,80\n` },
      MANY,
    );

    assert.deepEqual(report.rejectedByReason, { "text after a closing quote": 1, "too many fields": 1 });
    reconcile(report);
  });

  it("reads UTF-16 with and without a mark, NUL padding, old Mac line ends and marks in the middle", async () => {
    const wide = Buffer.from(TEXT, "utf16le");
    const variants: Record<string, Buffer | string> = {
      "little-endian": Buffer.from(`\ufeff${TEXT}`, "utf16le"),
      "big-endian": swapped(Buffer.from(`\ufeff${TEXT}`, "utf16le")),
      "no mark": wide,
      "no mark, big-endian": swapped(wide),
      "NUL padding": TEXT.replaceAll("S7,", "S7\0\0\0,"),
      "old Mac": TEXT.replaceAll("\n", "\r"),
      "put together": `\ufeffstore,sku,date,qty,price\r\n\ufeff"S7","面","2026-11-19","2","300"\r\n\ufeffstore,sku,date,qty,price\r\n"S7",茶,2026-11-20,5,140`,
    };

    for (const [name, content] of Object.entries(variants)) {
      const report = await run({ "pos.csv": content });
      assert.deepEqual(await daily(report.lake), READ, name);
      assert.equal(report.readCount, 2, name);
    }
  });

  it("finds the header under titles, and says what it left out", async () => {
    const text = `本部,販売実績,,,\n作成 2026/11/21 07:00,,,,\n,,,,\n${TEXT}合計,,,7,440\n`;
    const report = await run({ "売上_日報.csv": encodeShiftJis(text) });

    assert.deepEqual(await daily(report.lake), READ);
    assert.match(report.warnings.join("\n"), /3 lines above the header \(line 4\) left out/);
    assert.match(report.warnings.join("\n"), /1 line of totals left out/);
    reconcile(report);
  });

  it("counts no sum of a day, of a store or of the chain beside what it sums", async () => {
    const report = await run({
      "pos.csv": [
        "店舗,日付,商品,数量",
        "北店,2026-11-20,茶,3",
        "北店,2026-11-20,米,4",
        "北店,2026-11-20,小計,7",
        "南店,2026-11-20,茶,5",
        "全店計,2026-11-20,茶,8",
        "北店計,,,7",
        "Total,,,12",
        "",
      ].join("\n"),
    });

    assert.deepEqual(await daily(report.lake), [
      "北店 米 2026-11-20 4",
      "北店 茶 2026-11-20 3",
      "南店 茶 2026-11-20 5",
    ]);
    assert.match(report.warnings.join("\n"), /4 lines of totals left out/);
    assert.equal(report.figures.read.units, 12);
    reconcile(report);
  });

  it("leaves out the titles, headers and sums that a report prints on each page", async () => {
    const page = (day: string) =>
      `売上日報,,\n日付,商品,数量\n2026-11-${day},茶,3\n2026-11-${day},米,4\n頁計,,7\n`;
    const report = await run({ "report.csv": `${page("19")}${page("20")}${page("21")}総合計,,21\n` });

    assert.equal(report.figures.kept.units, 21);
    assert.equal(report.rejectedCount, 0);
    const said = report.warnings.join("\n");
    assert.match(said, /4 lines of totals left out/);
    assert.match(said, /2 lines of titles left out/);
    reconcile(report);
  });

  it("sells nothing in a line of a discount, and takes units back with their money", async () => {
    const report = await run({
      "pos.csv": [
        "date,item,qty,amount",
        "2026-11-20,Tea,3,360",
        "2026-11-20,クーポン値引,1,-50",
        "2026-11-20,Tea,1,-120",
        "2026-11-21,Tea,-1,-120",
        "",
      ].join("\n"),
    });

    assert.deepEqual([report.figures.read.units, report.figures.kept.units], [1, 1]);
    assert.equal((await daily(report.lake))[0], "1 Tea 2026-11-20 2");
    assert.match(report.warnings.join("\n"), /1 line of a discount left out, in no figure/);
    reconcile(report);
  });

  it("writes rejected rows so that people can read them and no spreadsheet runs them", async () => {
    const text =
      "店舗コード,商品コード,販売日,数量,単価\n渋谷店,ｶﾚｰ,2026/11/20,半分,300\n渋谷店,=1+1,2026/11/20,many,300\n渋谷店,茶,2026/11/20,1,300\n";
    const report = await run({ "pos.csv": encodeShiftJis(text), "=cmd.csv": "x" }, MANY);

    const rows = quarantined(report).join("\n");
    assert.match(rows, /渋谷店,ｶﾚｰ,2026\/11\/20,半分,300/);
    assert.doesNotMatch(rows, /^=|,=1\+1$/m);
  });

  it("says what to do with a code that a spreadsheet ruined", async () => {
    const kept = await fails(
      { "pos.csv": "store,jan,date,qty\nS7,4.56789E+12,2026-11-20,1\n" },
      /1 of 1 rows were rejected .*"a code ruined by a spreadsheet.*format the column as text/,
    );

    assert.match(kept, /4.56789E\+12/);
  });
});
