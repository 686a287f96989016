import assert from "node:assert/strict";
import { parseCode } from "../../../runtime/ingest/code-text";

describe("parseCode", () => {
  it("takes off what keeps a spreadsheet from ruining a code", () => {
    const wrapped = ['="0045123456789"', "'0045123456789", ' "0045123456789" ', "００４５１２３４５６７８９"];
    for (const text of wrapped) assert.equal(parseCode(text), "0045123456789", text);
    assert.equal(parseCode("4512345678901.0"), "4512345678901");
  });

  it("knows a code whose digits are lost, and writes one out that has them all", () => {
    assert.equal(parseCode("4.51235E+12"), undefined);
    assert.equal(parseCode("4.512345678901E+12"), "4512345678901");
  });

  it("leaves other codes as they are", () => {
    for (const text of ["A-12.5", "12E3", "o'clock", "弁当", ""]) assert.equal(parseCode(text), text);
  });
});
