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

  const rate = (type: string) => TOKYO.prices[instancePriceKey(type)]?.usd ?? NaN;

  it("estimates the instances of a family in proportion to their size", () => {
    // EC2 m5.large in ap-northeast-1 is 0.124 USD an hour.
    assert.ok(Math.abs(rate("ml.m5.2xlarge") - 4 * 0.124 * 1.2) < 1e-9);
    assert.ok(Math.abs(rate("ml.m5.4xlarge") - 2 * rate("ml.m5.2xlarge")) < 1e-9);
    assert.ok(Math.abs(rate("ml.t3.large") - 2 * rate("ml.t3.medium")) < 1e-9);
  });

  it("takes the rates that were found, which the estimate meets within a fifth of a percent", () => {
    for (const [type, usd] of [
      ["ml.m5.large", 0.149],
      ["ml.m5.xlarge", 0.298],
    ] as const) {
      const price = TOKYO.prices[instancePriceKey(type)];
      assert.deepEqual([price?.usd, price?.source], [usd, "published"]);
      const estimate = (rate("ml.m5.2xlarge") * usd) / (4 * 0.149);
      assert.ok(Math.abs(estimate / usd - 1) < 0.002, type);
    }
  });

  it("has no rate for what it could only guess", () => {
    for (const type of ["ml.p5.48xlarge", "ml.g5.xlarge", "ml.c5.9xlarge", "ml.m5.24xlarge"])
      assert.equal(TOKYO.prices[instancePriceKey(type)], undefined, type);
  });
});
