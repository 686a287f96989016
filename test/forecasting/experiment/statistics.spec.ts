import assert from "node:assert/strict";
import fc from "fast-check";
import {
  confidenceInterval,
  criticalValue,
  eValue,
  mixtureRate,
  mixtureWeight,
  oneSidedCriticalValue,
} from "../../../forecasting/experiment/confidence-sequence";
import { dieboldMariano } from "../../../forecasting/experiment/diebold-mariano";
import { acceptedFindings } from "../../../forecasting/experiment/e-benjamini-hochberg";
import { binomialTail, statisticsReady, studentToNormal } from "../../../forecasting/experiment/normal-tails";
import { pairedErrors } from "../../../forecasting/experiment/paired-errors";
import {
  autocorrelationOf,
  inflation,
  relativeError,
  type RelativeError,
} from "../../../forecasting/experiment/relative-error";
import { isMismatch, sampleRatio } from "../../../forecasting/experiment/sample-ratio";
import { unpairedError, unpairedVarianceRatio } from "../../../forecasting/experiment/unpaired-error";
import { adjustByPast } from "../../../forecasting/experiment/variance-reduction";
import vectors from "../../vectors/experiment.json";

function near(actual: number, expected: number, what = ""): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what} ${actual} is not ${expected}`,
  );
}

function known(value: ReturnType<typeof relativeError>): RelativeError {
  assert.ok("relative" in value, JSON.stringify(value));
  return value;
}

describe("the statistics of an experiment", () => {
  before(() => statisticsReady);

  describe("confidence sequence", () => {
    it("has the mixture, the critical values and the intervals of NumPy", () => {
      for (const { alpha, tStar, rho2 } of vectors.sequential.rho2) near(mixtureRate(alpha, tStar), rho2);
      for (const { alpha, tStar, t, k, crit2, crit1 } of vectors.sequential.critical) {
        near(mixtureWeight({ alpha, plannedDays: tStar }, t), k);
        near(criticalValue(k, alpha), crit2);
        near(oneSidedCriticalValue(k, alpha), crit1);
      }
      for (const { t, tStar, alpha, estimate, se, z, ...expected } of vectors.sequential.pvalues) {
        const standing = { estimate, z, standardError: se };
        const found = confidenceInterval(standing, t, { alpha, plannedDays: tStar });
        near(found.lower, expected.lower);
        near(found.upper, expected.upper);
        near(found.eValue, expected.eValue);
        near(found.pValue, expected.p);
      }
      for (const { estimate, se, k, lambda } of vectors.sequential.mSPRT) {
        near(eValue(estimate / se, k), lambda);
      }
    });

    it("has the bounds that confseq's own tests hold", () => {
      // gostevehoward/confseq, test/uniform_boundaries_unittest.cpp: v = 100, alpha = 0.05, optimal at v = 100.
      const v = 100;
      const rho = v / (mixtureRate(0.05, v) * v);
      assert.ok(Math.abs(rho - 12.60056) < 1e-5);
      const k = v / rho;
      assert.ok(Math.abs(criticalValue(k, 0.05) * Math.sqrt(v) - 30.35209) < 1e-5);
      assert.ok(Math.abs(Math.log(eValue(10 / Math.sqrt(v), k)) - -0.6510052) < 1e-6);
    });

    it("excludes 0 exactly where the p-value is at most alpha", () => {
      fc.assert(
        fc.property(
          fc.double({ min: -9, max: 9, noNaN: true }),
          fc.integer({ min: 7, max: 60 }),
          fc.constantFrom(0.05, 0.0125, 0.01),
          (z, day, alpha) => {
            const standing = { estimate: z * 0.01, z, standardError: 0.01 };
            const found = confidenceInterval(standing, day, { alpha, plannedDays: 28 });
            fc.pre(Math.abs(found.pValue - alpha) > 1e-12);
            assert.equal(found.lower > 0 || found.upper < 0, found.pValue < alpha);
          },
        ),
      );
    });
  });

  it("gives Student's deviates the normal ones of SciPy, far out too", () => {
    for (const { t, df, z } of vectors.sequential.tToZ) near(studentToNormal(t, df), z);
    assert.equal(studentToNormal(0, 5), 0);
    assert.ok(studentToNormal(-1e6, 500) < -36);
    assert.ok(Number.isFinite(studentToNormal(Infinity, 27)));
  });

  describe("relativeError", () => {
    const { A, B } = vectors.clusteredWape.input;
    const { expected } = vectors.clusteredWape;

    it("has the two-way clustered variance of NumPy before the correction for autocorrelation", () => {
      const found = known(relativeError(pairedErrors(A, B)));

      near(found.relative, expected.relative);
      near(Math.sqrt(found.variances.store), expected.seRelStore);
      near(Math.sqrt(found.variances.day), expected.seRelDay);
      near(Math.sqrt(found.variances.cell), expected.seRelCell);
      const { store, day, cell } = found.variances;
      const plain = Math.max(store + day - cell, store, day);
      near(plain, expected.twoWayRaw);
      near(found.relative / Math.sqrt(plain), expected.t);
      near(studentToNormal(expected.t, found.degreesOfFreedom), expected.z);
      assert.equal(found.degreesOfFreedom, expected.df);
    });

    it("inflates the days' part by their autocorrelation, as NumPy does", () => {
      const { g, expected: of } = vectors.arInflation;
      const { phi, corrected } = autocorrelationOf(g);
      near(phi, of.phi);
      near(corrected, of.phiCorrected);
      near(inflation(corrected), of.inflation);
    });

    it("is the sum of its own definition", () => {
      const found = known(relativeError(pairedErrors(A, B)));
      const residuals = A.map((row, s) => row.map((a, t) => B[s]![t]! - (1 + found.relative) * a));
      const days = residuals[0]!.map((_, t) => residuals.reduce((sum, row) => sum + row[t]!, 0));
      near(
        days.reduce((sum, g) => sum + g, 0),
        0,
      );
      const { phi, corrected } = autocorrelationOf(days);
      near(found.autocorrelation, phi);
      const { store, day, cell } = found.variances;
      const inflated = day * inflation(corrected);
      near(found.variance, Math.max(store + inflated - cell, store, inflated));
    });

    const errors = fc
      .integer({ min: 5, max: 12 })
      .chain((days) =>
        fc.array(
          fc.tuple(
            fc.array(fc.double({ min: 1, max: 50, noNaN: true }), { minLength: days, maxLength: days }),
            fc.array(fc.double({ min: 1, max: 50, noNaN: true }), { minLength: days, maxLength: days }),
          ),
          { minLength: 3, maxLength: 8 },
        ),
      );

    it("turns into its inverse when the models change places, and does not feel the unit", () => {
      fc.assert(
        fc.property(errors, fc.constantFrom(0.01, 7, 1000), (stores, unit) => {
          const [a, b] = [stores.map(([x]) => x), stores.map(([, y]) => y)];
          const found = known(relativeError(pairedErrors(a, b)));
          const swapped = known(relativeError(pairedErrors(b, a)));
          near((1 + found.relative) * (1 + swapped.relative), 1);
          const scale = (rows: number[][]) => rows.map((row) => row.map((x) => x * unit));
          const scaled = known(relativeError(pairedErrors(scale(a), scale(b))));
          near(scaled.relative, found.relative);
          assert.ok(Math.abs(scaled.z - found.z) < 1e-6);
        }),
      );
    });

    it("finds no change at all between a model and itself", () => {
      const found = known(relativeError(pairedErrors(A, A)));
      assert.deepEqual([found.relative, found.z, found.variance], [0, 0, 0]);
    });

    it("says why it cannot tell", () => {
      const reason = (a: number[][], b = a) => {
        const found = relativeError(pairedErrors(a, b));
        return "reason" in found ? found.reason : "";
      };
      assert.match(reason([[1, 2, 3], [1, 2, 3]]), /3 days; at least 4/); // prettier-ignore
      assert.match(reason([[1, 2, 3, 4]]), /1 stores; at least 2/);
      assert.match(reason([[0, 0, 0, 0], [0, 0, 0, 0]]), /no error at all/); // prettier-ignore
      assert.match(reason([[1, 1, 1, 1], [1, 1, 1, 1]], [[2, 2, 2, 2], [2, 2, 2, 2]]), /one and the same/); // prettier-ignore
      assert.throws(() => pairedErrors([[NaN]], [[1]]), /errors of store 0 are NaN and 1; allowed: finite/);
    });
  });

  it("has the unpaired comparison of NumPy, and how much it loses", () => {
    const { Q, A } = vectors.clusteredWape.input;
    const sum = (row: number[]) => row.reduce((all, x) => all + x, 0);
    const storesOf = (errors: number[][], from: number, to: number) =>
      errors.slice(from, to).map((row, i) => ({ absoluteError: sum(row), sales: sum(Q[from + i]!) }));
    const expected = vectors.unpairedWape;

    const found = unpairedError(storesOf(A, 0, 4), storesOf(vectors.clusteredWape.input.B, 4, 6));

    near(found!.wapeA, expected.wapeA);
    near(found!.wapeB, expected.wapeB);
    near(found!.difference, expected.diff);
    near(found!.standardError, expected.seDiff);
    near(found!.logRatio, expected.logRatio);
    near(found!.logStandardError, expected.seLogRatio);
    for (const { p, rho, ratio } of vectors.designVariance.cases) near(unpairedVarianceRatio(p, rho), ratio);
  });

  it("takes out what the stores' past explains, as NumPy does", () => {
    const { y, x, theta, adjusted } = vectors.cuped;
    const found = adjustByPast(y, x);
    near(found.theta, theta);
    found.values.forEach((value, i) => near(value, adjusted[i]!));
  });

  it("has Diebold and Mariano's test at every horizon", () => {
    const { d, h1, h2, h7 } = vectors.dieboldMariano;
    for (const [horizon, expected] of [
      [1, h1],
      [2, h2],
      [7, h7],
    ] as const) {
      const found = dieboldMariano(d, horizon)!;
      near(found.variance, expected.varUsed);
      near(found.dm, expected.dm);
      near(found.hln, expected.hln);
      near(found.pValue, expected.p);
    }
    assert.equal(dieboldMariano([1, 1, 1], 1), undefined);
  });

  it("finds a mismatch of the split as SciPy does", () => {
    for (const { observed, weights, chi2, p } of vectors.srm.cases) {
      const found = sampleRatio(observed, weights);
      near(found.chiSquared, chi2);
      near(found.pValue, p);
    }
    for (const { counts, theta, lnE, p } of vectors.srm.anytime.cases) {
      const found = sampleRatio(counts, theta);
      near(found.logEvidence, lnE);
      near(found.anytimePValue, p);
    }
    assert.equal(isMismatch([8850, 1150], [9, 1]), true);
    assert.equal(isMismatch([8900, 1100], [9, 1]), false);
    assert.equal(isMismatch([30, 0], [9, 1]), false);
    assert.equal(isMismatch([500, 0], [9, 1]), true);
  });

  it("accepts findings by e-BH, and more evidence never loses one", () => {
    for (const { e, alpha, reject } of vectors.eBH.cases) {
      const keys = new Map(e.map((value, i) => [String(i), value]));
      assert.deepEqual([...acceptedFindings(keys, alpha)].sort(), reject.map(String));
    }
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 4, maxLength: 4 }),
        fc.nat(3),
        (evidence, raised) => {
          const of = (values: number[]) => acceptedFindings(new Map(values.map((v, i) => [`${i}`, v])), 0.05);
          const more = of(evidence.map((value, i) => (i === raised ? value * 2 : value)));
          for (const key of of(evidence)) assert.ok(more.has(key));
        },
      ),
    );
  });

  it("has the binomial tail of the error guard", () => {
    for (const { kC, nC, kB, nB, pBinomial } of vectors.errorRateGuard.cases) {
      near(binomialTail(kC, kC + kB, nC / (nC + nB)), pBinomial);
    }
  });
});
