import assert from "node:assert/strict";
import fc from "fast-check";
import { csvField } from "../../../runtime/engine/csv/spreadsheet-text";
import { isOpen, splitRecord } from "../../../runtime/ingest/split-record";

describe("splitRecord", () => {
  it("splits at the delimiter and keeps empty fields", () => {
    assert.deepEqual(splitRecord("a,,c,", ","), ["a", "", "c", ""]);
    assert.deepEqual(splitRecord("", ","), [""]);
    assert.deepEqual(splitRecord("a\tb,c", "\t"), ["a", "b,c"]);
  });

  it("undoes quotes", () => {
    assert.deepEqual(splitRecord('"a,b","say ""hi""",c', ","), ["a,b", 'say "hi"', "c"]);
    assert.deepEqual(splitRecord('"",x', ","), ["", "x"]);
    assert.equal(isOpen('"a'), true);
    assert.equal(isOpen('"a""b"'), false);
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
