import assert from "node:assert/strict";
import { writeBins } from "../../../forecasting/trees/binned-matrix";
import {
  buildHistogram,
  histogramOffset,
  histogramTotals,
  subtractHistogram,
} from "../../../forecasting/trees/histogram";
import { createTrainKernel } from "../../../forecasting/trees/kernel/train-kernel";
import { addSplitWeights, gatherGradients, partPiece } from "../../../forecasting/trees/partition";
import { quantileCuts } from "../../../forecasting/trees/quantile-cuts";
import type { Split } from "../../../forecasting/trees/split-search";
import { allocateTrainingState, type TrainingState } from "../../../forecasting/trees/training-state";
import { resolveTreeOptions } from "../../../forecasting/trees/tree-options";
import { countData, randomNumbers } from "../../support/tree-data";

const ROWS = 3000;

/** A state with bins, and gradients that are not round numbers. */
function stateOf(copies = 1): TrainingState {
  const once = countData(ROWS, 5).features;
  const features = {
    ...once,
    names: Array.from({ length: copies }, (_, copy) => once.names.map((name) => `${name}${copy}`)).flat(),
    columns: Array.from({ length: copies }, () => once.columns).flat(),
  };
  const options = resolveTreeOptions({ objective: "count:poisson", rounds: 1, maxDepth: 3 });
  const cuts = features.columns.map((column) => quantileCuts(column, ROWS, 255));
  const sizes = { trainRows: ROWS, validationRows: 0, threads: 1, weighted: false };
  const state = allocateTrainingState(options, features, cuts, sizes);
  writeBins({ ...state.arrays, rows: ROWS, wordsPerRow: state.wordsPerRow }, 0, features, cuts);
  const random = randomNumbers(9);
  for (let i = 0; i < 2 * ROWS; i++) state.arrays.gradients[i] = random() - 0.3;
  for (let row = 0; row < ROWS; row++) state.arrays.orderA[row] = (row * 7) % ROWS;
  return state;
}

const EVERY_WORD = { begin: 0, end: 2 };

describe("buildHistogram", () => {
  // The kernel adds to 8, 4 or 1 words at once.
  for (const { copies, words } of [
    { copies: 1, words: [0, 2] },
    { copies: 10, words: [0, 13] },
    { copies: 10, words: [3, 8] },
  ] as const) {
    it(`sums words ${words.join(" to ")} the same as a plain loop, bit for bit`, () => {
      const state = stateOf(copies);
      const { orderA, gradients, bins, histograms } = state.arrays;
      const rows = { begin: 100, end: 2900 };
      const [begin, end] = words;
      assert.ok(end <= state.wordsPerRow);
      gatherGradients(state, orderA, rows);

      buildHistogram(state, createTrainKernel(state.memory), 1, orderA, rows, { begin, end });

      for (let feature = 4 * begin; feature < Math.min(4 * end, state.featureCount); feature++) {
        const expected = new Float64Array(512);
        for (const row of orderA.subarray(rows.begin, rows.end)) {
          const bin = bins[feature * ROWS + row]!;
          expected[2 * bin]! += gradients[2 * row]!;
          expected[2 * bin + 1]! += gradients[2 * row + 1]!;
        }
        const at = histogramOffset(state, 1, feature);
        assert.deepEqual(Float64Array.from(histograms.subarray(at, at + 512)), expected);
      }
    });
  }

  it("gives the sibling as parent minus child", () => {
    const state = stateOf();
    const kernel = createTrainKernel(state.memory);
    const { orderA } = state.arrays;
    gatherGradients(state, orderA, { begin: 0, end: ROWS });
    buildHistogram(state, kernel, 0, orderA, { begin: 0, end: ROWS }, EVERY_WORD);
    buildHistogram(state, kernel, 1, orderA, { begin: 0, end: 1200 }, EVERY_WORD);
    buildHistogram(state, kernel, 2, orderA, { begin: 1200, end: ROWS }, EVERY_WORD);

    subtractHistogram(state, 0, 1, EVERY_WORD);

    for (let feature = 0; feature < state.featureCount; feature++) {
      const [gradient, hessian] = histogramTotals(state, 0, feature);
      const [expectedGradient, expectedHessian] = histogramTotals(state, 2, feature);
      assert.ok(Math.abs(gradient - expectedGradient) < 1e-9);
      assert.ok(Math.abs(hessian - expectedHessian) < 1e-9);
    }
  });
});

describe("partPiece", () => {
  const split = (state: TrainingState, feature: number, bin: number, missingLeft: boolean): Split => {
    assert.ok(state.hasMissing[feature]);
    const side = { gradient: 0, hessian: 0 };
    return { feature, bin, missingLeft, gain: 1, left: side, right: side };
  };

  for (const missingLeft of [true, false]) {
    it(`keeps the sequence on both sides, missing values ${missingLeft ? "left" : "right"}`, () => {
      const state = stateOf();
      const { orderA, scratch, bins } = state.arrays;
      const rows = Array.from(orderA.subarray(50, 2000));
      const goesLeft = (row: number) => {
        const bin = bins[2 * ROWS + row]!;
        return bin === 255 ? missingLeft : bin <= 3;
      };

      const left = partPiece(
        state,
        createTrainKernel(state.memory),
        split(state, 2, 3, missingLeft),
        orderA,
        {
          begin: 50,
          end: 2000,
        },
      );

      assert.deepEqual(Array.from(orderA.subarray(50, 50 + left)), rows.filter(goesLeft));
      const right = rows.filter((row) => !goesLeft(row));
      assert.deepEqual(Array.from(scratch.subarray(50, 50 + right.length)), right);
    });

    it(`adds the weights of both sides, missing values ${missingLeft ? "left" : "right"}`, () => {
      const state = stateOf();
      const { orderA, margin, bins } = state.arrays;
      const weights = { left: 0.25, right: -0.5 };
      const rows = { begin: 10, end: 2500 };

      addSplitWeights(
        state,
        createTrainKernel(state.memory),
        split(state, 2, 3, missingLeft),
        orderA,
        rows,
        weights,
      );

      const expected = new Float32Array(ROWS);
      for (const row of orderA.subarray(rows.begin, rows.end)) {
        const bin = bins[2 * ROWS + row]!;
        expected[row] = (bin === 255 ? missingLeft : bin <= 3) ? weights.left : weights.right;
      }
      assert.deepEqual(Float32Array.from(margin), expected);
    });
  }
});
