import assert from "node:assert/strict";
import { barePercent, parseShare } from "../../../runtime/ingest/share-text";

describe("parseShare", () => {
  it("believes a percent sign, however small the number", () => {
    assert.deepEqual(
      ["2%", "0.4%", "２５％", "30 % OFF"].map((text) => parseShare(text)),
      [0.02, 0.004, 0.25, 0.3],
    );
  });

  it("reads discounts as price tags write them", () => {
    assert.deepEqual(
      ["3割引", "3割", "1割5分引", "8分引", "半額", "4割 引", "半 額"].map((text) => parseShare(text)),
      [0.3, 0.3, 0.15, 0.08, 0.5, 0.4, 0.5],
    );
  });

  it("takes bare numbers for percentages when one of their column is above one", () => {
    assert.equal(barePercent(["0.1", "1", undefined]), false);
    assert.equal(barePercent(["1", "15"]), true);
    assert.deepEqual([parseShare("1", true), parseShare("0.2")], [0.01, 0.2]);
  });

  it("reads no amount of money, and nothing outside 0 to 1", () => {
    for (const text of ["50円引", "120%", "-5%", "3"]) assert.equal(parseShare(text), undefined, text);
  });
});
