import assert from "node:assert/strict";
import { scoreTrees } from "../../../forecasting/trees/score-trees";
import { stopTeam } from "../../../forecasting/trees/thread-team";
import { trainTrees } from "../../../forecasting/trees/train-trees";
import { allocateTrainingState } from "../../../forecasting/trees/training-state";
import { resolveTreeOptions, type TreeOptions } from "../../../forecasting/trees/tree-options";
import { scoreTreesPooled } from "../../../bench/support/score-trees-pooled";
import { withThreadPool } from "../../../runtime/engine/threads/thread-pool";
import { BOOST, trainerPool } from "../../../runtime/training/trainer-pool";
import { countData } from "../../support/tree-data";

const OPTIONS: TreeOptions = {
  objective: "count:poisson",
  rounds: 12,
  maxDepth: 7,
  subsample: 0.9,
  colsampleByTree: 0.8,
  earlyStoppingRounds: 12,
};

describe("trainerPool", () => {
  it("trains the same trees with no, one, two and three threads, bit for bit", async () => {
    // More rows than two chunks and than the size from which a node is shared out word by word.
    const data = countData(70_000, 1);
    const validation = countData(20_000, 2);
    const alone = await trainTrees(data, OPTIONS, validation);

    for (const threads of [1, 2, 3]) {
      const pooled = await withThreadPool({ threads }, (pool) =>
        trainTrees(data, OPTIONS, validation, trainerPool(pool)),
      );

      assert.deepEqual(pooled, alone, `${threads} threads`);
    }
  });

  it("trains one model after another with the same threads, and reports each round", async () => {
    const rounds: number[] = [];

    await withThreadPool({ threads: 2 }, async (pool) => {
      for (const seed of [1, 2]) {
        const report = {
          ...OPTIONS,
          rounds: 3,
          earlyStoppingRounds: 0,
          onRound: ({ round }: { round: number }) => rounds.push(round),
        };
        await trainTrees(countData(2000, seed), report, undefined, trainerPool(pool));
      }
    });

    assert.deepEqual(rounds, [1, 2, 3, 1, 2, 3]);
  });

  it("lets the rest of a team go when one of its threads fails", async () => {
    const { features } = countData(60_000, 6);
    const cuts = features.columns.map(() => Float32Array.of(1));
    const sizes = { trainRows: 60_000, validationRows: 0, threads: 2, weighted: false };
    const state = allocateTrainingState(resolveTreeOptions(OPTIONS), features, cuts, sizes);
    const broken = { ...state, memory: undefined as never };

    await withThreadPool({ threads: 2 }, async (pool) => {
      const team = [
        { state, member: 0 },
        { state: broken, member: 1 },
      ];
      const onError = () => stopTeam(state.arrays.control);
      await assert.rejects(pool.run(BOOST, team, { onError }), /WebAssembly.Memory/);

      const options = { ...OPTIONS, earlyStoppingRounds: 0 };
      const { model } = await trainTrees(countData(500, 6), options, undefined, trainerPool(pool));
      assert.equal(model.trees.length, OPTIONS.rounds);
    });
  });

  it("serves the benchmark that scores in parallel: the same numbers as one thread", async () => {
    const data = countData(30_001, 3);
    const { model } = await trainTrees(data, { ...OPTIONS, earlyStoppingRounds: 0 });

    await withThreadPool({ threads: 2 }, async (pool) => {
      assert.deepEqual(await scoreTreesPooled(pool, model, data.features), scoreTrees(model, data.features));
    });
  });
});
