import assert from "node:assert/strict";
import fc from "fast-check";
import { parseNumber } from "../../../runtime/ingest/number-text";

function readsAll(numbers: Readonly<Record<string, number | undefined>>): void {
  for (const [text, value] of Object.entries(numbers)) assert.equal(parseNumber(text), value, text);
}

describe("parseNumber", () => {
  it("reads what Japanese and Western tills write", () => {
    readsAll({
      "７": 7,
      "１２．５": 12.5,
      "￥2,480": 2480,
      "\\980": 980,
      "¥ 1,234,567": 1234567,
      "398円": 398,
      "③": 3,
      "4個": 4,
      "$12.34": 12.34,
      "1 500": 1500,
      "+6": 6,
    });
  });

  it("takes what ends a price for no minus", () => {
    readsAll({
      "¥1,080-": 1080,
      "￥980－": 980,
      "\\2,480-": 2480,
      "1,080円也": 1080,
      "12.-": 12,
      "7.–": 7,
      // Without the sign of yen it is one.
      "1,080-": -1080,
      "▲¥980": -980,
    });
  });

  it("knows a minus of every kind", () => {
    const minus = [
      "-3",
      "▲3",
      "△3",
      "−3",
      "－3",
      "–3",
      "3-",
      "(3)",
      "（３）",
      "¥-3",
      "-¥3",
      "▲3円",
      "3▲",
      "3 △",
      "3−",
      "-3円(税込)",
    ];
    for (const text of minus) assert.equal(parseNumber(text), -3, text);
    for (const text of ["--3", "(-3)", "-(3)", "3--"]) assert.equal(parseNumber(text), undefined, text);
  });

  it("reads a price with what is said of its tax, and a number that a spreadsheet was kept from reading", () => {
    readsAll({
      "2480円(税込)": 2480,
      "税抜2,480円": 2480,
      "（税込み）￥2,480": 2480,
      "@98": 98,
      円98: 98,
      '="7"': 7,
      "'7": 7,
      "=B7": undefined,
      "7円(税込)8": undefined,
    });
  });

  it("takes a comma for grouping only where it groups three digits", () => {
    readsAll({
      "12,345": 12345,
      "2,5": undefined,
      "12,34": undefined,
      "1,2345": undefined,
      ",123": undefined,
    });
  });

  it("rejects a point that may group or divide, until it is told which", () => {
    assert.equal(parseNumber("2.480"), undefined);
    assert.equal(parseNumber("2.480", "point"), 2.48);
    assert.equal(parseNumber("2.480", "comma"), 2480);
    assert.equal(parseNumber("2,5", "comma"), 2.5);
    assert.equal(parseNumber("2.0", "comma"), 2);
    assert.equal(parseNumber("0.250"), 0.25);
  });

  it("is not misled by small and bracketed digits, nor by text", () => {
    readsAll({
      "3²": undefined,
      "⑵": undefined,
      "1③": undefined,
      "½": undefined,
      "": undefined,
      x: undefined,
      "1e3": undefined,
    });
  });

  it("reads every whole number back, grouped or not, full-width or not", () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), (value) => {
        const wide = String(value).replace(/\d/g, (digit) =>
          String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
        );
        for (const text of [String(value), value.toLocaleString("en"), wide])
          assert.equal(parseNumber(text), value, text);
      }),
    );
  });

  it("takes either mark for the decimal one where it cannot group, once prices have shown that commas do not", () => {
    const read = ["1,20 €", "0,9", "2.0", "1.234,50", "1,234.50", "0,080", "-3,5", "12"].map((text) =>
      parseNumber(text, "evident"),
    );

    assert.deepEqual(read, [1.2, 0.9, 2, 1234.5, 1234.5, 0.08, -3.5, 12]);
    assert.equal(parseNumber("1,080", "evident"), undefined);
    assert.equal(parseNumber("1.080", "evident"), undefined);
  });
});
