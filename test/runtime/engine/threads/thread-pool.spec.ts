import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { trainTrees } from "../../../../forecasting/trees/train-trees";
import { resolveTreeOptions, type TreeOptions } from "../../../../forecasting/trees/tree-options";
import { stopTeam } from "../../../../forecasting/trees/thread-team";
import { allocateTrainingState } from "../../../../forecasting/trees/training-state";
import { scoreTrees } from "../../../../forecasting/trees/score-trees";
import { scoreTreesPooled } from "../../../../runtime/scoring/score-trees-pooled";
import { withThreadPool } from "../../../../runtime/engine/threads/thread-pool";
import { countData } from "../../../support/tree-data";

const ROOT = join(__dirname, "..", "..", "..", "..");

describe("ThreadPool", () => {
  const options: TreeOptions = {
    objective: "count:poisson",
    rounds: 12,
    maxDepth: 7,
    subsample: 0.9,
    colsampleByTree: 0.8,
    earlyStoppingRounds: 12,
  };

  it("trains the same trees with no, one, two and three threads, bit for bit", async () => {
    // More rows than two chunks and than the size from which a node is shared out word by word.
    const data = countData(70_000, 1);
    const validation = countData(20_000, 2);
    const alone = await trainTrees(data, options, validation);

    for (const threads of [1, 2, 3]) {
      const pooled = await withThreadPool({ threads }, (pool) => trainTrees(data, options, validation, pool));

      assert.deepEqual(pooled, alone, `${threads} threads`);
    }
  });

  it("trains one model after another with the same threads, and reports each round", async () => {
    const rounds: number[] = [];

    await withThreadPool({ threads: 2 }, async (pool) => {
      for (const seed of [1, 2]) {
        const report = {
          ...options,
          rounds: 3,
          earlyStoppingRounds: 0,
          onRound: ({ round }: { round: number }) => rounds.push(round),
        };
        await trainTrees(countData(2000, seed), report, undefined, pool);
      }
    });

    assert.deepEqual(rounds, [1, 2, 3, 1, 2, 3]);
  });

  it("scores in parallel what one thread scores", async () => {
    const data = countData(30_001, 3);
    const { model } = await trainTrees(data, { ...options, earlyStoppingRounds: 0 });
    const baseMargin = data.label.map((label) => Math.log(label + 1));

    await withThreadPool({ threads: 2 }, async (pool) => {
      assert.deepEqual(await scoreTreesPooled(pool, model, data.features), scoreTrees(model, data.features));
      assert.deepEqual(
        await scoreTreesPooled(pool, model, data.features, baseMargin),
        scoreTrees(model, data.features, baseMargin),
      );
    });
  });

  it("rejects with the error of a worker, and goes on", async () => {
    const data = countData(100, 4);
    const { model } = await trainTrees(data, { ...options, earlyStoppingRounds: 0 });

    await withThreadPool({ threads: 2 }, async (pool) => {
      const broken = { ...model, usedTrees: 1, trees: [{ ...model.trees[0]!, left: undefined as never }] };
      await assert.rejects(scoreTreesPooled(pool, broken, data.features), { name: "TypeError" });

      assert.deepEqual(await scoreTreesPooled(pool, model, data.features), scoreTrees(model, data.features));
    });
  });

  it("lets the rest of a team go when one of its threads fails", async () => {
    const { features } = countData(60_000, 6);
    const cuts = features.columns.map(() => Float32Array.of(1));
    const sizes = { trainRows: 60_000, validationRows: 0, threads: 2, weighted: false };
    const state = allocateTrainingState(resolveTreeOptions(options), features, cuts, sizes);
    const broken = { ...state, memory: undefined as never };

    await withThreadPool({ threads: 2 }, async (pool) => {
      const team = [
        { state, member: 0 },
        { state: broken, member: 1 },
      ];
      const onError = () => stopTeam(state.arrays.control);
      await assert.rejects(pool.run("boost", team, { onError }), /WebAssembly.Memory/);

      const { model } = await trainTrees(
        countData(500, 6),
        { ...options, earlyStoppingRounds: 0 },
        undefined,
        pool,
      );
      assert.equal(model.trees.length, options.rounds);
    });
  });

  it("refuses work when it is closed", async () => {
    const data = countData(100, 5);
    const pool = await withThreadPool({ threads: 1 }, (open) => Promise.resolve(open));

    await assert.rejects(trainTrees(data, { ...options, earlyStoppingRounds: 0 }, undefined, pool), {
      message: "the thread pool is closed",
    });
  });

  it("refuses a number of threads that makes no sense", async () => {
    await assert.rejects(
      withThreadPool({ threads: 0 }, () => Promise.resolve()),
      { message: "threads is 0, allowed: a whole number from 1 to 64" },
    );
  });

  it("works under node --import tsx, and does not hold the process up when nobody closes it", () => {
    const program = `
      const { createThreadPool } = require("./runtime/engine/threads/thread-pool.ts");
      const { trainTrees } = require("./forecasting/trees/train-trees.ts");
      const { countData } = require("./test/support/tree-data.ts");
      const pool = createThreadPool({ threads: 2 });
      void trainTrees(countData(500, 1), { objective: "count:poisson", rounds: 2 }, undefined, pool)
        .then(({ model }) => console.log(model.trees.length + " trees"));`;

    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--eval", program], {
      cwd: ROOT,
      encoding: "utf8",
      timeout: 15_000,
    });

    assert.equal(stdout, "2 trees\n", stderr);
  });
});
