import assert from "node:assert/strict";
import fc from "fast-check";
import { csvField } from "../../../runtime/engine/csv/spreadsheet-text";
import { cutRecord, splitRecord } from "../../../runtime/ingest/split-record";

describe("splitRecord", () => {
  it("splits at the delimiter and keeps empty fields", () => {
    assert.deepEqual(splitRecord("a,,c,", ","), ["a", "", "c", ""]);
    assert.deepEqual(splitRecord("", ","), [""]);
    assert.deepEqual(splitRecord("a\tb,c", "\t"), ["a", "b,c"]);
  });

  it("undoes quotes", () => {
    assert.deepEqual(splitRecord('"a,b","say ""hi""",c', ","), ["a,b", 'say "hi"', "c"]);
    assert.deepEqual(splitRecord('"",x', ","), ["", "x"]);
    assert.deepEqual(cutRecord('"a\n', 0, ","), { problem: "open quote" });
    assert.deepEqual(cutRecord('"a" b,1', 0, ","), { problem: "text after a closing quote" });
  });

  it("opens a quote only at the start of a field", () => {
    assert.deepEqual(splitRecord('1,5" pan,"x"', ","), ["1", '5" pan', "x"]);
  });

  it("cuts one record out of many, over line ends inside quotes", () => {
    const cut = cutRecord('a,b\n1,"x\ny"\r\n2,z\n', 4, ",");

    assert.deepEqual(cut, { fields: ["1", "x\ny"], next: 13, lines: 2 });
  });

  it("reads back what csvField writes", () => {
    const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", " ", "弁") });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (fields) => {
        assert.deepEqual(splitRecord(fields.map(csvField).join(","), ","), fields);
      }),
    );
  });
});
