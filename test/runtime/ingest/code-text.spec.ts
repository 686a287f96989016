import assert from "node:assert/strict";
import { NO_CODE, parseCode, RUINED_CODE } from "../../../runtime/ingest/code-text";

function kindOf(text: string): string | undefined {
  const code = parseCode(text);
  return typeof code === "string" ? undefined : code.kind;
}

describe("parseCode", () => {
  it("takes off what keeps a spreadsheet from ruining a code", () => {
    const wrapped = [
      '="0045123456789"',
      '=""0045123456789""',
      "=0045123456789",
      "'0045123456789",
      ' "0045123456789" ',
      "００４５１２３４５６７８９",
    ];
    for (const text of wrapped) assert.equal(parseCode(text), "0045123456789", text);
    assert.equal(parseCode("4512345678901.0"), "4512345678901");
  });

  it("knows a code whose digits are lost, and writes one out that has them all", () => {
    for (const text of ["4.51235E+12", "4.5E12", "45.1E+11", "1.50E-02", "3-Mar", "3月4日"])
      assert.equal(kindOf(text), RUINED_CODE, text);
    assert.equal(parseCode("4.512345678901E12"), "4512345678901");
    assert.equal(parseCode("4.512345678901E+12"), "4512345678901");
  });

  it("names a formula, its error, and a word for nothing in place of a code", () => {
    for (const text of ["#N/A", "#REF!", "#NAME?", "#DIV/0!", "#####", "=B7", "=VLOOKUP(A1)"])
      assert.equal(kindOf(text), NO_CODE, text);
    for (const text of ["NULL", "NaN", "\\N"])
      assert.equal(kindOf(text), "a word for nothing in place of a code", text);
  });

  it("leaves other codes as they are", () => {
    for (const text of ["A-12.5", "12E3", "4E12", "#12", "null-3", "o'clock", "弁当", ""])
      assert.equal(parseCode(text), text);
  });
});
