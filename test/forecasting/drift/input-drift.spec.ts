import assert from "node:assert/strict";
import { demandRatio, inputDrift, offersOf, unseenSkus } from "../../../forecasting/drift/input-drift";
import { referenceBins } from "../../../forecasting/drift/reference-bins";
import { distributionReady } from "../../../forecasting/distribution/count-distribution";
import { negativeBinomialTable } from "../../../forecasting/generator/negative-binomial";
import { randomFor } from "../../../forecasting/generator/random";
import vectors from "../../vectors/drift.json";

/** Ratios of one week of 3,000 series; `factorOf` is what the week does to one of them. */
function weekRatios(seed: number, factorOf: (series: number) => number): Float64Array {
  const random = randomFor(seed, "ratios");
  const { draw } = negativeBinomialTable(4);
  return Float64Array.from({ length: 3000 }, (_, series) => {
    const logMean = Math.log(7 * 2) + 0.8 * random.normal();
    const four = [0, 1, 2, 3].reduce(
      (sum) => sum + draw(logMean, random.uniform() * 2 ** 32, random.uniform()),
      0,
    );
    const week = draw(logMean + Math.log(factorOf(series)), random.uniform() * 2 ** 32, random.uniform());
    return demandRatio(week, four);
  });
}

describe("input drift", () => {
  before(() => distributionReady);
  const reference = () => referenceBins(weekRatios(1, () => 1));

  it("is none in an ordinary week, and none when everybody buys a little more", () => {
    assert.equal(
      inputDrift(
        reference(),
        weekRatios(2, () => 1),
      ).level,
      "none",
    );
    assert.equal(
      inputDrift(
        reference(),
        weekRatios(3, () => 1.08),
      ).level,
      "none",
    );
  });

  it("shows a sale of a third of the assortment", () => {
    const { level, index, limit } = inputDrift(
      reference(),
      weekRatios(4, (series) => (series % 3 === 0 ? 1.8 : 1)),
    );

    assert.notEqual(level, "none");
    assert.ok(index >= limit && limit === 0.1);
  });

  it("is held against what the last weeks have shown where they are restless", () => {
    const restless = [0.12, 0.18, 0.1, 0.16, 0.14];

    const { limit } = inputDrift(
      reference(),
      weekRatios(2, () => 1),
      restless,
    );

    assert.ok(limit > 0.18, `${limit}`);
    assert.equal(
      inputDrift(
        reference(),
        weekRatios(2, () => 1),
        restless.slice(0, 3),
      ).limit,
      0.1,
    );
  });

  it("does not believe an index that a small sample reaches by chance", () => {
    const { limit } = inputDrift(
      referenceBins(weekRatios(1, () => 1).slice(0, 60)),
      weekRatios(2, () => 1).slice(0, 40),
    );

    assert.ok(limit > 1, `${limit}`);
  });
});

describe("unseen SKUs", () => {
  it("are counted by rows and by units, and lead to action from one row in a hundred on", () => {
    const { rowsNew, rowsTotal, volumeNew, volumeTotal, unseenRate, volumeShare } = vectors.unseen;

    const found = unseenSkus({
      rows: rowsTotal,
      unseenRows: rowsNew,
      units: volumeTotal,
      unseenUnits: volumeNew,
    });

    assert.equal(found.rowShare, unseenRate);
    assert.equal(found.unitShare, volumeShare);
    assert.equal(found.level, "act");
    const rare = { rows: 1000, units: 1000, unseenUnits: 0 };
    assert.equal(unseenSkus({ ...rare, unseenRows: 6 }).level, "warn");
    assert.equal(unseenSkus({ ...rare, unseenRows: 4 }).level, "none");
    assert.equal(unseenSkus({ rows: 0, units: 0, unseenRows: 0, unseenUnits: 0 }).level, "none");
  });
});

describe("offers", () => {
  it("are a share of the units and an index of what is paid", () => {
    const sums = { units: 200, promotedUnits: 50, paid: 27_000, usual: 30_000 };

    assert.deepEqual(offersOf(sums), { promotionShare: 0.25, priceIndex: 0.9 });
    assert.deepEqual(offersOf({ units: 0, promotedUnits: 0, paid: 0, usual: 0 }), {
      promotionShare: 0,
      priceIndex: 1,
    });
  });
});
