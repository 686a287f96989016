import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { ingestRuns, quarantined, reconcile } from "../support/ingest-runs";

const SALES = "日付,商品名,数量\n2026/11/18,メロンパン,5\n2026/11/19,メロンパン,6\n";

describe("files that are not what their names say", () => {
  const { run, fails } = ingestRuns();

  it("are read by their bytes: gzip named .csv, text named .csv.gz", async () => {
    const packed = await run({ "売上.csv": gzipSync(SALES) });
    const plain = await run({ "売上.csv.gz": SALES });

    for (const report of [packed, plain]) assert.equal(report.figures.kept.units, 11);
  });

  it("are named for what they are, with what to do", async () => {
    const contents: [content: string | Buffer, message: RegExp][] = [
      [
        "PK\u0003\u0004\u0014\u0000\u0006\u0000[Content_Types].xml",
        /a spreadsheet \(.xlsx or .ods\): export it as CSV/,
      ],
      [Buffer.from("d0cf11e0a1b11ae1", "hex"), /old Office \(.xls\): export it as CSV/],
      ["%PDF-1.7\n", /a PDF: export it as CSV/],
      ["\ufeff<!DOCTYPE html>\n<title>Sign in</title>", /a web page \(HTML\), perhaps a login page/],
      ['[{"date":"2026-11-18"}]', /JSON: export it as CSV/],
    ];
    for (const [content, message] of contents) await fails({ "pos.csv": content }, message);
    await fails({ "export.csv": "%PDF-1.7\n" }, /export.csv: not read: .* a PDF/);
  });

  it("say where gzip data is damaged before the first row", async () => {
    await fails(
      { "pos.csv.gz": gzipSync(SALES).subarray(0, 14) },
      /the gzip data ends in the middle before any row/,
    );
  });
});

describe("codes and decimals that only their neighbours explain", () => {
  const { run } = ingestRuns();

  it("are warned of when a code stands with and without its leading zeros", async () => {
    const report = await run({
      "pos_1.csv": "date,jan,qty\n2026-11-18,0045123456785,5\n2026-11-18,4512345678906,1\n",
      "pos_2.csv": "date,jan,qty\n2026-11-19,45123456785,5\n2026-11-19,4512345678906,2\n",
    });
    assert.match(
      report.warnings.join("\n"),
      /1 item stands in the files with and without leading zeros and is taken for two: 45123456785 and 0045123456785; .* format the column as text/,
    );
    assert.equal(report.figures.kept.units, 13);
  });

  it("are warned of when a check digit fits only a longer code, and not where codes have no fixed length", async () => {
    const short = await run({
      "pos.csv":
        "date,jan,qty\n2026-11-18,45123456785,5\n2026-11-18,4512345678906,1\n2026-11-19,4912345678904,1\n",
    });
    assert.match(short.warnings.join("\n"), /1 code seem to have lost leading zeros: 45123456785;/);
    const free = await run({
      "pos.csv": "date,sku,qty\n2026-11-18,17,5\n2026-11-18,170,1\n2026-11-19,45123456785,1\n",
    });
    assert.doesNotMatch(free.warnings.join("\n"), /leading zeros/);
  });

  it("are rejected with the code that the master has", async () => {
    const report = await run(
      {
        "pos.csv": "date,sku,qty\n2026-11-18,0017,5\n2026-11-19,17,5\n",
        "products.csv": "sku,name\n0017,パン\n",
      },
      { maxRejectedShare: 0.5 },
    );
    assert.deepEqual(report.rejectedByReason, { "SKU code without its leading zeros": 1 });
    assert.match(
      readFileSync(report.quarantine, "utf8"),
      /17 \(the master has 0017; format the column as text/,
    );
    assert.equal(quarantined(report).length, 1);
  });

  it("take a point for the decimal point beside prices that show it, and reject 2.125 alone", async () => {
    const head = "date,sku,qty,price\n2026-11-18,A,4,2.125\n";
    const shown = await run({ "pos.csv": `${head}2026-11-19,A,2,0.75\n` });
    assert.deepEqual(shown.figures.kept, { rows: 2, units: 6, sales: 10 });
    const unknown = await run({ "pos.csv": `${head}2026-11-19,A,2,3\n` }, { maxRejectedShare: 0.5 });
    assert.deepEqual(unknown.rejectedByReason, { "price is not a number": 1 });
    reconcile(unknown);
  });
});
