import assert from "node:assert/strict";
import fc from "fast-check";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { trainTrees, type TrainingData } from "../../../forecasting/trees/train-trees";
import type { TreeOptions } from "../../../forecasting/trees/tree-options";
import { countData, pickRows } from "../../support/tree-data";
import { matrixFromRows } from "../../support/matrix-from-rows";

const POISSON: TreeOptions = { objective: "count:poisson", rounds: 20, maxDepth: 4, learningRate: 0.3 };
const SQUARED: TreeOptions = { objective: "reg:squarederror", rounds: 10, maxDepth: 3 };

const poissonLoss = (predictions: Float32Array, label: Float32Array) =>
  predictions.reduce((sum, mean, row) => sum + mean - label[row]! * Math.log(mean), 0) / label.length;

/** A few rows of two features with few distinct values and gaps. */
const smallData = fc
  .array(
    fc.record({
      a: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      b: fc.integer({ min: 0, max: 3 }),
      y: fc.integer({ min: 0, max: 8 }),
    }),
    { minLength: 4, maxLength: 40 },
  )
  .map((rows): TrainingData => ({
    features: matrixFromRows(
      ["a", "b"],
      rows.map(({ a, b }) => [a, b]),
    ),
    label: Float32Array.from(rows, ({ y }) => y),
  }));

/**
 * The same rows with a label of its own each: two splits that part the rows differently then never gain exactly the same,
 * where the last bit of a sum, and so the order of its terms, would choose between them.
 */
const withDistinctLabels = (data: TrainingData): TrainingData => ({
  ...data,
  label: data.label.map((y, row) => y + ((row * Math.SQRT2) % 1)),
});

function assertClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  actual.forEach((value, i) => {
    const limit = tolerance * Math.max(1, Math.abs(expected[i]!));
    assert.ok(Math.abs(value - expected[i]!) <= limit, `row ${i}: ${value}, expected ${expected[i]}`);
  });
}

/** The largest gain of one split by brute force over every threshold and both directions of missing values. */
function bestGain({ features, label }: TrainingData, lambda: number, minChildWeight: number): number {
  const mean = Math.fround(label.reduce((sum, y) => sum + y, 0) / label.length);
  const rows = Array.from(label, (y, row) => ({ row, gradient: mean - y }));
  const score = (part: typeof rows) =>
    part.reduce((sum, { gradient }) => sum + gradient, 0) ** 2 / (part.length + lambda);
  let best = 0;
  for (const column of features.columns) {
    for (const cut of [...new Set(column), Infinity]) {
      for (const missingLeft of [true, false]) {
        const isLeft = ({ row }: { row: number }) =>
          Number.isNaN(column[row]!) ? missingLeft : column[row]! < cut;
        const left = rows.filter(isLeft);
        const right = rows.filter((row) => !isLeft(row));
        if (Math.min(left.length, right.length) < Math.max(minChildWeight, 1)) continue;
        best = Math.max(best, score(left) + score(right) - score(rows));
      }
    }
  }
  return best;
}

describe("trainTrees", () => {
  it("learns what the features tell about counts", async () => {
    const train = countData(6000, 1);
    const test = countData(2000, 2);
    const mean = train.label.reduce((sum, y) => sum + y, 0) / train.label.length;

    for (const options of [
      POISSON,
      { ...POISSON, objective: "reg:tweedie" as const, tweedieVariancePower: 1.2 },
    ]) {
      const { model } = await trainTrees(train, options);

      const loss = poissonLoss(scoreTrees(model, test.features), test.label);
      const constantLoss = poissonLoss(new Float32Array(2000).fill(mean), test.label);
      assert.ok(
        loss < constantLoss - 0.5,
        `${options.objective}: ${loss} against ${constantLoss} of the mean`,
      );
    }
  });

  it("finds the best first split of all, missing values included", async () => {
    await fc.assert(
      fc.asyncProperty(smallData, fc.integer({ min: 0, max: 4 }), async (data, minChildWeight) => {
        const { model } = await trainTrees(data, {
          ...SQUARED,
          rounds: 1,
          maxDepth: 1,
          lambda: 1,
          minChildWeight,
        });

        const expected = bestGain(data, 1, minChildWeight);
        assert.ok(Math.abs(model.trees[0]!.gain[0]! - expected) <= 1e-5 * Math.max(1, expected));
      }),
    );
  });

  it("gives the same predictions whatever the order of the rows", async () => {
    const data = countData(500, 3);
    const indices = Array.from(data.label, (_, row) => row);
    const { model } = await trainTrees(data, SQUARED);
    const expected = scoreTrees(model, data.features);

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(indices, { minLength: indices.length }), async (order) => {
        const shuffled = await trainTrees(pickRows(data, order), SQUARED);

        assertClose(scoreTrees(shuffled.model, data.features), expected, 1e-4);
      }),
      { numRuns: 10 },
    );
  });

  it("scales with the label under squared error", async () => {
    await fc.assert(
      fc.asyncProperty(smallData, fc.constantFrom(0.5, 4, 64), async (data, factor) => {
        const options = { ...SQUARED, minSplitLoss: 0.01 };
        const { model } = await trainTrees(data, options);
        const scaledData = { ...data, label: data.label.map((y) => factor * y) };

        const scaled = await trainTrees(scaledData, { ...options, minSplitLoss: 0.01 * factor ** 2 });

        const expected = scoreTrees(model, data.features).map((value) => factor * value);
        assertClose(scoreTrees(scaled.model, data.features), expected, 1e-5);
      }),
    );
  });

  it("treats a weight as so many copies of the row", async () => {
    await fc.assert(
      fc.asyncProperty(smallData, fc.infiniteStream(fc.integer({ min: 1, max: 3 })), async (data, copies) => {
        const distinct = withDistinctLabels(data);
        const options = { ...SQUARED, minSplitLoss: 0.01 };
        const weight = Float32Array.from(data.label, () => copies.next().value as number);
        const repeated = Array.from(data.label).flatMap((_, row) =>
          new Array<number>(weight[row]!).fill(row),
        );

        const weighted = await trainTrees({ ...distinct, weight }, options);
        const copied = await trainTrees(pickRows(distinct, repeated), options);

        const expected = scoreTrees(copied.model, data.features);
        assertClose(scoreTrees(weighted.model, data.features), expected, 1e-4);
      }),
    );
  });

  it("is not changed by rows of weight zero", async () => {
    const data = countData(2000, 4);
    const half = Array.from({ length: 1000 }, (_, row) => row);
    const weight = Float32Array.from(data.label, (_, row) => (row < 1000 ? 1 : 0));

    const all = await trainTrees({ ...data, weight }, { ...SQUARED, maxBins: 16 });
    const kept = await trainTrees(pickRows(data, half), { ...SQUARED, maxBins: 16 });

    assert.equal(all.model.baseScore, kept.model.baseScore);
    assert.ok(Math.abs(all.model.trees[0]!.cover[0]! - 1000) < 1e-3);
  });

  it("starts from the rows' own margins and then needs no intercept", async () => {
    const data = countData(3000, 5);
    const level = data.features.columns[3]!;
    const baseMargin = level.map((value) => Math.log(value + 0.05));

    const { model } = await trainTrees({ ...data, baseMargin }, POISSON);

    assert.equal(model.baseScore, 1);
    const loss = poissonLoss(scoreTrees(model, data.features, baseMargin), data.label);
    assert.ok(loss < poissonLoss(baseMargin.map(Math.exp), data.label) - 0.05);
  });

  it("limits the depth, and a child's weight", async () => {
    const data = countData(2000, 6);

    const { model } = await trainTrees(data, { ...SQUARED, minChildWeight: 50 });

    for (const tree of model.trees) {
      assert.ok(tree.left.length <= 15);
      assert.ok(Math.min(...tree.cover) >= 50);
    }
  });

  it("leaves a constant feature or an absent one alone", async () => {
    const rows = Array.from({ length: 100 }, (_, row) => [1, undefined, row % 2]);
    const data = {
      features: matrixFromRows(["constant", "absent", "x"], rows),
      label: Float32Array.from(rows, (row) => 3 * row[2]!),
    };

    const { model } = await trainTrees(data, { ...SQUARED, rounds: 50 });

    assert.ok(model.trees.every((tree) => tree.left[0]! < 0 || tree.feature[0] === 2));
    assertClose(scoreTrees(model, data.features), data.label, 1e-3);
  });

  it("predicts almost nothing for labels of zero only", async () => {
    const data = { ...countData(200, 7), label: new Float32Array(200) };

    const { model } = await trainTrees(data, POISSON);

    assert.ok(Math.max(...scoreTrees(model, data.features)) < 1e-5);
  });

  it("repeats a sampled training by its seed, and draws the shares that it was told", async () => {
    const data = countData(4000, 8);
    const sampled: TreeOptions = { ...SQUARED, maxDepth: 2, subsample: 0.5, colsampleByTree: 0.25, seed: 3 };

    const first = await trainTrees(data, sampled);
    const again = await trainTrees(data, sampled);
    const other = await trainTrees(data, { ...sampled, seed: 4 });

    assert.deepEqual(first.model.trees, again.model.trees);
    assert.notDeepEqual(first.model.trees, other.model.trees);
    for (const tree of first.model.trees) {
      assert.ok(Math.abs(tree.cover[0]! - 2000) < 150, `${tree.cover[0]} rows drawn`);
      const used = new Set(Array.from(tree.feature).filter((_, node) => tree.left[node]! >= 0));
      assert.ok(used.size <= 2);
    }
  });

  it("keeps the trees up to the best validation round", async () => {
    const train = countData(300, 9);
    const validation = countData(2000, 10);
    const options = { ...POISSON, rounds: 200, minChildWeight: 0, lambda: 0, earlyStoppingRounds: 5 };

    const { model, rounds, bestRound } = await trainTrees(train, options, validation);

    const losses = rounds.map(({ validationLoss }) => validationLoss!);
    assert.equal(losses.indexOf(Math.min(...losses)) + 1, bestRound);
    assert.equal(rounds.length, bestRound + 5);
    assert.equal(model.trees.length, bestRound);
    const loss = poissonLoss(scoreTrees(model, validation.features), validation.label);
    assert.ok(Math.abs(loss - losses[bestRound - 1]!) < 1e-4, `${loss} against ${losses[bestRound - 1]}`);
  });

  it("reports every round", async () => {
    const seen: number[] = [];

    await trainTrees(countData(200, 11), { ...SQUARED, onRound: ({ round }) => seen.push(round) });

    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("trainTrees rejects", () => {
  const data = countData(10, 1);
  const cases: [string, TrainingData, Partial<TreeOptions>, string][] = [
    ["a depth out of range", data, { maxDepth: 40 }, "maxDepth is 40, allowed: a whole number from 1 to 12"],
    [
      "an unknown objective",
      data,
      { objective: "rank:ndcg" as never },
      'objective is "rank:ndcg", allowed: count:poisson, reg:tweedie, reg:squarederror',
    ],
    [
      "a negative count",
      { ...data, label: new Float32Array(10).fill(-1) },
      {},
      "training data: label of row 0 is -1, allowed: a finite number >= 0",
    ],
    [
      "a label that is missing",
      { ...data, label: new Float32Array(10).fill(NaN) },
      {},
      "training data: label of row 0 is NaN, allowed: a finite number >= 0",
    ],
    [
      "too few labels",
      { ...data, label: new Float32Array(3) },
      {},
      "training data: 3 values of label for 10 rows",
    ],
    [
      "no rows",
      { features: matrixFromRows(["a"], []), label: new Float32Array(0) },
      {},
      "training data: no rows",
    ],
    [
      "early stopping on nothing",
      data,
      { earlyStoppingRounds: 3 },
      "earlyStoppingRounds is 3, but there are no validation rows",
    ],
  ];

  for (const [what, rows, options, message] of cases) {
    it(what, async () => {
      await assert.rejects(trainTrees(rows, { ...POISSON, ...options }), { message });
    });
  }
});
