import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { ingest } from "../../../runtime/ingest/ingest";
import { GOOD, HEADER, TODAY, csv, ingestRuns, quarantined, reconcile } from "../support/ingest-runs";

describe("ingest of bad input", () => {
  const { folder, run, fails } = ingestRuns();

  it("keeps every rejected row with file, line and reason", async () => {
    const bad = [
      "5,1,S9,A,2026-11-20,1,100",
      "5,2,S1,Z,2026-11-20,1,100",
      "5,3,S1,A,2026-11-24,1,100",
      "5,4,S1,A,2026-11-20,1,-1",
      "5,5,S1,A",
    ];
    const report = await run(
      {
        "pos.csv": csv(...GOOD, ...bad),
        "stores.csv": "store_code\nS1\n",
        "products.csv": "sku_code,category,price\nA,food,100\nB,飲料,200\n",
      },
      { maxRejectedShare: 0.9 },
    );

    assert.equal(report.rejectedCount, bad.length);
    assert.deepEqual(quarantined(report), [
      'pos.csv,5,unknown store: S9,"5,1,S9,A,2026-11-20,1,100"',
      'pos.csv,6,unknown SKU: Z,"5,2,S1,Z,2026-11-20,1,100"',
      'pos.csv,7,date in the future: 2026-11-24,"5,3,S1,A,2026-11-24,1,100"',
      'pos.csv,8,price is not positive: -1,"5,4,S1,A,2026-11-20,1,-1"',
      'pos.csv,9,too few fields: 4 instead of 7,"5,5,S1,A"',
    ]);
    reconcile(report);
  });

  it("fails when too many rows are rejected, and still keeps them", async () => {
    const kept = await fails(
      { "pos.csv": csv(...GOOD, "5,1,S1,A,2027-01-01,1,100") },
      /1 of 4 rows were rejected \(25.0 %, 5 % are allowed: maxRejectedShare\), most for "date in the future" \(1\), such as 2027-01-01; each one is in /,
    );

    assert.match(kept, /pos.csv,5,date in the future/);
  });

  it("rejects the rows of another encoding and keeps the others", async () => {
    const mixed = Buffer.concat([
      Buffer.from(csv(...GOOD, "7,1,S1,茶,2026-11-21,1,150")),
      encodeShiftJis("8,1,S1,茶,2026-11-21,1,150\n"),
    ]);
    const report = await run({ "pos.csv": mixed }, { maxRejectedShare: 0.5 });

    assert.deepEqual(report.rejectedByReason, { "bytes are not valid text": 1 });
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
      "pos_4.csv": "a^b^c\n1^2^3\n",
      "pos_5.csv": `${HEADER}\n`,
      "sales.parquet": "no parquet at all",
      "notes.docx": "hello",
    });

    const warnings = report.warnings.join("\n");
    assert.match(warnings, /pos_2.csv: not read: the file is empty/);
    assert.match(warnings, /pos_3.csv.gz: the gzip data ends in the middle after line \d+/);
    assert.match(
      warnings,
      /pos_4.csv: not read: no column for "sku" .* and "date" .* and "quantity" .* only "a\^b\^c": is the delimiter right\?/,
    );
    assert.match(warnings, /pos_5.csv: a header and no rows/);
    assert.match(warnings, /sales.parquet: not read: not a Parquet file/);
    assert.match(warnings, /notes.docx: not read: this format is not read/);
    assert.ok(report.keptCount > 1000, `${report.keptCount}`);
    assert.match(
      readFileSync(report.quarantine, "utf8"),
      /pos_3.csv.gz,\d+,"the gzip data ends in the middle/,
    );
    reconcile(report);
  });

  it("fails with one line when nothing can be used", async () => {
    await fails({ "pos.csv": "" }, /no sale could be used: pos.csv: not read: the file is empty/);
    await fails({ "pos.csv": `${HEADER}\n` }, /no sale could be used: pos.csv: a header and no rows/);
    await fails({ "readme.txt": "hi" }, /no sales file/);
    await assert.rejects(
      ingest({ input: folder.path("nowhere"), lake: folder.path("x"), today: TODAY }),
      /nowhere: there is no such file or folder/,
    );
  });

  it("fails when two masters disagree, naming both", async () => {
    await fails(
      {
        "pos.csv": csv(...GOOD),
        "products.csv": "sku_code,category,price\nA,food,100\nB,drinks,200\n",
        "products_2.csv": "sku_code,category,price\nB,food,200\n",
      },
      /the masters disagree on SKU B: category is "drinks" in products.csv line 3 and "food" in products_2.csv line 2/,
    );
  });
});
