import assert from "node:assert/strict";
import fc from "fast-check";
import { depthOf, walkTree } from "../../../forecasting/trees/forest-scorer";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { TreeBuilder } from "../../../forecasting/trees/tree-builder";
import type { Tree, TreeModel } from "../../../forecasting/trees/tree-model";
import { matrixFromRows } from "../../support/matrix-from-rows";

const NAMES = ["a", "b", "c"];

/** A random tree: each number decides one node (its feature, threshold, default and whether it is split). */
function treeOf(genes: readonly number[], maxDepth: number): Tree {
  const builder = new TreeBuilder();
  let next = 0;
  const grow = (depth: number): number => {
    const gene = genes[next++ % genes.length]!;
    const node = builder.addNode(Math.fround((gene % 19) / 7 - 1), 1);
    if (depth === maxDepth || gene % 5 === 0) return node;
    const side = { gradient: 0, hessian: 1 };
    const split = {
      feature: gene % 3,
      bin: 0,
      missingLeft: gene % 2 === 0,
      gain: 1,
      left: side,
      right: side,
    };
    builder.split(node, split, (gene % 11) - 5, [grow(depth + 1), grow(depth + 1)]);
    return node;
  };
  grow(0);
  return builder.build();
}

function modelOf(trees: readonly Tree[], more: Partial<TreeModel> = {}): TreeModel {
  const base = { objective: "count:poisson", featureNames: NAMES, baseScore: 2, parameters: {} } as const;
  return { ...base, trees, usedTrees: trees.length, ...more };
}

/** The definition: start margin, plus each tree's leaf in float32, through the link. */
function expectedOf(model: TreeModel, row: readonly (number | undefined)[]): number {
  let margin = Math.fround(Math.log(model.baseScore));
  for (const tree of model.trees) margin = Math.fround(margin + walkTree(tree, (f) => row[f] ?? NaN));
  return Math.fround(Math.exp(margin));
}

const rowsOf = fc.array(
  fc.array(fc.option(fc.integer({ min: -7, max: 7 }), { nil: undefined }), { minLength: 3, maxLength: 3 }),
  {
    minLength: 1,
    maxLength: 300,
  },
);
const genesOf = fc.array(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 60 }), { maxLength: 6 });

describe("scoreTrees", () => {
  for (const maxDepth of [5, 14]) {
    it(`walks every row to its leaf, in trees of up to ${maxDepth} levels`, () => {
      fc.assert(
        fc.property(genesOf, rowsOf, (genes, rows) => {
          const model = modelOf(genes.map((gene) => treeOf([...gene, 1, 2, 3], maxDepth)));

          const predictions = scoreTrees(model, matrixFromRows(NAMES, rows));

          rows.forEach((row, i) => assert.equal(predictions[i], expectedOf(model, row)));
        }),
        { numRuns: maxDepth > 10 ? 20 : 60 },
      );
    });
  }

  it("measures the longest path of a tree", () => {
    assert.equal(depthOf(treeOf([5], 3)), 0);
    assert.equal(depthOf(treeOf([1], 3)), 3);
  });

  it("finds the columns by name, in any order and among others", () => {
    const model = modelOf([treeOf([1, 2, 3, 4, 6, 7], 4)]);
    const rows = [[1, -2, 3]];
    const others = matrixFromRows(["c", "other", "a", "b"], [[3, 99, 1, -2]]);

    assert.deepEqual(scoreTrees(model, others), scoreTrees(model, matrixFromRows(NAMES, rows)));
  });

  it("takes the columns as they are when the model has no names", () => {
    const model = modelOf([treeOf([1, 2, 3], 2)], { featureNames: ["f0", "f1", "f2"] });
    const named = modelOf(model.trees);
    const matrix = matrixFromRows(NAMES, [[1, 2, 3]]);

    assert.deepEqual(scoreTrees(model, matrix), scoreTrees(named, matrix));
  });

  it("starts from the rows' own margins instead of the intercept", () => {
    const model = modelOf([treeOf([5], 1)]);
    const matrix = matrixFromRows(NAMES, [
      [0, 0, 0],
      [0, 0, 0],
    ]);

    const [first, second] = scoreTrees(model, matrix, Float32Array.of(0, Math.log(3)));

    assert.ok(Math.abs(second! / first! - 3) < 1e-6);
  });

  it("leaves out the trees behind the best round", () => {
    const trees = [treeOf([5], 1), treeOf([10], 1)];
    const matrix = matrixFromRows(NAMES, [[0, 0, 0]]);

    assert.deepEqual(
      scoreTrees(modelOf(trees, { usedTrees: 1 }), matrix),
      scoreTrees(modelOf(trees.slice(0, 1)), matrix),
    );
  });

  it("applies the link of the objective", () => {
    const trees = [treeOf([5], 1)];
    const matrix = matrixFromRows(NAMES, [[0, 0, 0]]);
    const leaf = trees[0]!.value[0]!;

    const [identity] = scoreTrees(modelOf(trees, { objective: "reg:squarederror", baseScore: 0.5 }), matrix);
    const [logistic] = scoreTrees(modelOf(trees, { objective: "reg:logistic", baseScore: 0.5 }), matrix);

    assert.ok(Math.abs(identity! - (0.5 + leaf)) < 1e-6);
    assert.ok(Math.abs(logistic! - 1 / (1 + Math.exp(-leaf))) < 1e-6);
  });

  it("names the features that it does not find", () => {
    const model = modelOf([]);

    assert.throws(() => scoreTrees(model, matrixFromRows(["a", "x"], [[1, 2]])), {
      message: "features: the model expects b, c",
    });
    assert.throws(
      () => scoreTrees(modelOf([], { featureNames: ["f0"] }), matrixFromRows(NAMES, [[1, 2, 3]])),
      {
        message: "features: 3 columns, the model expects 1 (it has no names)",
      },
    );
    assert.throws(() => scoreTrees(model, matrixFromRows(NAMES, [[1, 2, 3]]), new Float32Array(2)), {
      message: "baseMargin: 2 values for 1 rows",
    });
  });
});
