import assert from "node:assert/strict";
import {
  csvField,
  spreadsheetText,
  spreadsheetTextSql,
} from "../../../../runtime/engine/csv/spreadsheet-text";
import { Database, quote } from "../../../../runtime/engine/duckdb/database";

const LIVE = [
  "=cmd|'/c calc'!A0",
  "+1",
  "-1+1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "＝1",
  "＋1",
  "－1",
  "＠x",
];
const PLAIN = ["", "S1", "4900000000011", "お茶 500ml", "a=b", "<script>", "../../x", "'quoted", " =1"];

describe("spreadsheetText", () => {
  it("puts an apostrophe before what would start a formula, and nothing before other texts", () => {
    assert.deepEqual(
      LIVE.map(spreadsheetText),
      LIVE.map((text) => `'${text}`),
    );
    assert.deepEqual(PLAIN.map(spreadsheetText), PLAIN);
  });

  it("is the same in SQL", async () => {
    const database = await Database.open();
    for (const text of [...LIVE, ...PLAIN]) {
      const [row] = await database.rows(
        `SELECT ${spreadsheetTextSql("t")} AS safe FROM (SELECT ${quote(text)} AS t)`,
      );
      assert.deepEqual(row, { safe: spreadsheetText(text) });
    }
    database.close();
  });
});

describe("csvField", () => {
  it("quotes what a reader would split", () => {
    assert.deepEqual(["a", "a,b", 'say "x"', "two\nlines", "cr\r"].map(csvField), [
      "a",
      '"a,b"',
      '"say ""x"""',
      '"two\nlines"',
      '"cr\r"',
    ]);
  });
});
