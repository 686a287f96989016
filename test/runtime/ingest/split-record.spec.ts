import assert from "node:assert/strict";
import fc from "fast-check";
import { csvField } from "../../../runtime/engine/csv/spreadsheet-text";
import { cutRecord } from "../../../runtime/ingest/split-record";

/** The fields of a text that is one record. */
function fieldsOf(record: string, delimiter: string): readonly string[] {
  const cut = cutRecord(record, 0, delimiter);
  assert.ok("fields" in cut);
  return cut.fields;
}

describe("cutRecord", () => {
  it("splits at the delimiter and keeps empty fields", () => {
    assert.deepEqual(fieldsOf("a,,c,", ","), ["a", "", "c", ""]);
    assert.deepEqual(fieldsOf("", ","), [""]);
    assert.deepEqual(fieldsOf("a\tb,c", "\t"), ["a", "b,c"]);
  });

  it("undoes quotes", () => {
    assert.deepEqual(fieldsOf('"a,b","say ""hi""",c', ","), ["a,b", 'say "hi"', "c"]);
    assert.deepEqual(fieldsOf('"",x', ","), ["", "x"]);
    assert.deepEqual(cutRecord('"a\n', 0, ","), { problem: "open quote" });
    assert.deepEqual(cutRecord('"a" b,1', 0, ","), { problem: "text after a closing quote" });
  });

  it("opens a quote only at the start of a field", () => {
    assert.deepEqual(fieldsOf('1,5" pan,"x"', ","), ["1", '5" pan', "x"]);
  });

  it("cuts one record out of many, over line ends inside quotes", () => {
    const cut = cutRecord('a,b\n1,"x\ny"\r\n2,z\n', 4, ",");

    assert.deepEqual(cut, { fields: ["1", "x\ny"], next: 13, lines: 2 });
  });

  it("reads back what csvField writes", () => {
    const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", " ", "弁") });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (fields) => {
        assert.deepEqual(fieldsOf(fields.map(csvField).join(","), ","), fields);
      }),
    );
  });
});
