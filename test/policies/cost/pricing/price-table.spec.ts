import assert from "node:assert/strict";
import { instancePriceKey } from "../../../../policies/cost/pricing/price-table";
import { TOKYO } from "../../../../policies/cost/pricing/tokyo";

describe("the Tokyo price table", () => {
  const prices = Object.entries(TOKYO.prices);

  it("has a positive rate, a unit, a source and a day for every line", () => {
    for (const [key, { usd, unit, asOf }] of prices) {
      assert.ok(usd > 0 && usd < 100, key);
      assert.ok(unit.length > 0, key);
      assert.match(asOf, /^20\d\d-\d\d-\d\d$/, key);
      assert.ok(asOf <= TOKYO.asOf, key);
    }
  });

  it("says of every estimate how it was made", () => {
    const silent = prices
      .filter(([, { source, note }]) => source === "estimate" && !note)
      .map(([key]) => key);

    assert.deepEqual(silent, []);
  });

  it("prices the instances of a family in proportion to their size", () => {
    const rate = (type: string) => TOKYO.prices[instancePriceKey(type)]?.usd ?? NaN;

    // EC2 m5.large in ap-northeast-1 is 0.124 USD an hour.
    assert.ok(Math.abs(rate("ml.m5.large") - 0.1488) < 1e-9);
    assert.ok(Math.abs(rate("ml.m5.4xlarge") - 8 * rate("ml.m5.large")) < 1e-9);
    assert.ok(Math.abs(rate("ml.t3.large") - 2 * rate("ml.t3.medium")) < 1e-9);
  });

  it("has no rate for what it could only guess", () => {
    for (const type of ["ml.p5.48xlarge", "ml.g5.xlarge", "ml.c5.9xlarge", "ml.m5.24xlarge"])
      assert.equal(TOKYO.prices[instancePriceKey(type)], undefined, type);
  });
});
