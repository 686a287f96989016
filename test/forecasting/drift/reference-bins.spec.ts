import assert from "node:assert/strict";
import fc from "fast-check";
import {
  earthMoversDistance,
  jensenShannonDistance,
  largestDistributionGap,
} from "../../../forecasting/drift/distances";
import {
  binCounts,
  referenceBins,
  stabilityIndex,
  stabilityNoiseFloor,
} from "../../../forecasting/drift/reference-bins";
import { distributionReady } from "../../../forecasting/distribution/count-distribution";
import vectors from "../../vectors/drift.json";

const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value - expected) <= 1e-9, `${value} is not ${expected}`);

describe("reference bins", () => {
  before(() => distributionReady);

  it("have the reference's deciles as edges, whatever the sample that is compared", () => {
    const bins = referenceBins(vectors.ref);

    bins.edges.forEach((edge, i) => near(edge, vectors.edges[i]!));
    assert.deepEqual(bins.counts, vectors.expectedCurrent.refCounts);
    assert.deepEqual(binCounts(bins.edges, vectors.current), vectors.expectedCurrent.curCounts);
    assert.deepEqual(binCounts(bins.edges, vectors.sameDist), vectors.expectedSame.curCounts);
  });

  it("give the reference values of the stability index and of its noise floor", () => {
    for (const [sample, expected] of [
      [vectors.current, vectors.expectedCurrent],
      [vectors.sameDist, vectors.expectedSame],
    ] as const) {
      const { edges, counts } = referenceBins(vectors.ref);

      near(stabilityIndex(counts, binCounts(edges, sample)), expected.psi);
      near(stabilityNoiseFloor(vectors.ref.length, sample.length, counts.length), expected.psiNoiseFloor999);
    }
    for (const { n, m, bins, q999 } of vectors.psiNullFloorTable) near(stabilityNoiseFloor(n, m, bins), q999);
  });

  it("keep a category that vanishes from looking like a catastrophe", () => {
    const {
      ref,
      cur,
      smoothedPsi_n10000_eps0: expected,
    } = {
      ...vectors.evidentlyZeroFill,
      smoothedPsi_n10000_eps0: vectors.evidentlyZeroFill["smoothedPsi_n10000_eps0.5"],
    };
    const counts = (shares: readonly number[]) => shares.map((share) => Math.round(share * 10_000));

    near(stabilityIndex(counts(ref), counts(cur)), expected);
  });

  it("make no bin that nothing can fall into from whole numbers that repeat", () => {
    const { edges, counts } = referenceBins([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 5]);

    assert.deepEqual(edges, [...new Set(edges)]);
    assert.equal(counts.length, edges.length + 1);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      12,
    );
  });

  it("refuse a reference that cannot fill them", () => {
    assert.throws(() => referenceBins([1, 2, 3]), /3 values cannot fill 10 bins/);
  });
});

describe("stability index", () => {
  const counts = fc.array(fc.nat(500), { minLength: 10, maxLength: 10 });

  it("is 0 for equal counts, never negative, and the same both ways", () => {
    fc.assert(
      fc.property(counts, counts, (p, q) => {
        assert.equal(stabilityIndex(p, p), 0);
        assert.ok(stabilityIndex(p, q) >= 0);
        near(stabilityIndex(p, q), stabilityIndex(q, p));
      }),
    );
  });
});

describe("distances", () => {
  it("agree with SciPy", () => {
    for (const [sample, expected] of [
      [vectors.current, vectors.expectedCurrent],
      [vectors.sameDist, vectors.expectedSame],
    ] as const) {
      near(largestDistributionGap(vectors.ref, sample), expected.ksD);
      near(earthMoversDistance(vectors.ref, sample), expected.wasserstein);
      near(jensenShannonDistance(expected.refCounts, expected.curCounts), expected.jsDistanceNat);
    }
  });

  it("are 0 between a sample and itself", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }), (sample) => {
        assert.equal(largestDistributionGap(sample, sample), 0);
        assert.equal(earthMoversDistance(sample, sample), 0);
      }),
    );
  });
});
