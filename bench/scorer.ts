import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { trainTrees, type TrainingData } from "../forecasting/trees/train-trees";
import type { TreeModel } from "../forecasting/trees/tree-model";
import { toXgboostJson } from "../forecasting/trees/xgboost-json-writer";
import { scoreTreesPooled } from "./support/score-trees-pooled";
import { withThreadPool } from "../runtime/engine/threads/thread-pool";
import { trainerPool } from "../runtime/training/trainer-pool";
import type { BenchLine, BenchReport } from "./report";
import { makeTrainingRows, readTrainingRows, type TrainingRows } from "./support/training-rows";
import { predictPeer, xgboostVersion } from "./support/xgboost-peer";

const THREADS = 2;
const TREES = 200;
const PASSES = 3;
/** Rows of the two folders of Parquet that a pass scores. */
const ROWS = { quick: 200_000, full: 1_000_000 } as const;

interface Scored {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function median(runs: readonly Scored[]): Scored {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    seconds: middle(runs.map(({ seconds }) => seconds)),
    cpuSeconds: middle(runs.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

async function scoreOurs(
  model: TreeModel,
  data: TrainingData,
): Promise<Scored & { predictions: Float32Array }> {
  return withThreadPool({ threads: THREADS }, async (pool) => {
    let predictions = await scoreTreesPooled(pool, model, data.features);
    const runs: Scored[] = [];
    for (let pass = 0; pass < PASSES; pass++) {
      const [started, used] = [performance.now(), process.cpuUsage()];
      predictions = await scoreTreesPooled(pool, model, data.features);
      const { user, system } = process.cpuUsage(used);
      runs.push({ seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 });
    }
    return { ...median(runs), predictions };
  });
}

/** What 199 of 200 trees take: the run with all of them less a run with one, which loads and writes just as much. */
async function scoreTheirs(
  rows: TrainingRows,
  model: TreeModel,
): Promise<Scored & { predictions: Float32Array }> {
  const out = join(rows.folder, "predictions.txt");
  const runWith = async (usedTrees: number): Promise<Scored> => {
    const file = join(rows.folder, `score-${usedTrees}.json`);
    writeFileSync(file, toXgboostJson({ ...model, usedTrees }));
    const { seconds, cpuSeconds } = await predictPeer(rows.folder, rows.train, file, out);
    return { seconds, cpuSeconds };
  };
  const runs: Scored[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const one = await runWith(1);
    const all = await runWith(TREES);
    const stretch = TREES / (TREES - 1);
    runs.push({
      seconds: (all.seconds - one.seconds) * stretch,
      cpuSeconds: (all.cpuSeconds - one.cpuSeconds) * stretch,
    });
  }
  const predictions = Float32Array.from(readFileSync(out, "utf8").trim().split("\n"), Number);
  return { ...median(runs), predictions };
}

function lineFor(what: string, { seconds, cpuSeconds }: Scored, rows: number): BenchLine {
  const note = `${Math.round(rows / cpuSeconds / 1000)} k rows per CPU second`;
  return { what, seconds, rate: rows / seconds, rateUnit: "rows/s", note };
}

function largestDifference(ours: Float32Array, theirs: Float32Array): number {
  return ours.reduce(
    (worst, value, row) => Math.max(worst, Math.abs(value - theirs[row]!) / theirs[row]!),
    0,
  );
}

/** Scoring beside XGBoost: the same model of 200 trees of depth 8 on the same rows, two threads each. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const rows = await makeTrainingRows(quick ? ROWS.quick : ROWS.full);
  const data = await readTrainingRows(`${rows.train}.parquet`);
  const small = await readTrainingRows(`${rows.test}.parquet`);
  const options = { objective: "count:poisson", rounds: TREES, maxDepth: 8, learningRate: 0.1 } as const;
  const { model } = await withThreadPool({ threads: THREADS }, (pool) =>
    trainTrees(small, options, undefined, trainerPool(pool)),
  );
  const ours = await scoreOurs(model, data);
  const setting = `${rows.trainRows} rows, ${TREES} trees of depth 8, ${THREADS} threads`;
  const lines = [lineFor(`SmartRetail, ${setting}`, ours, rows.trainRows)];
  const version = xgboostVersion();
  if (version === undefined) {
    return {
      name: "scorer",
      lines,
      ratios: [],
      notes: ["no peer: xgboost is not on the PATH (apt-get install xgboost)"],
    };
  }
  const theirs = await scoreTheirs(rows, model);
  const difference = largestDifference(ours.predictions, theirs.predictions);
  return {
    name: "scorer",
    lines: [...lines, lineFor(`${version}, the same`, theirs, rows.trainRows)],
    ratios: [
      { name: "rows per second, ours / XGBoost", value: theirs.seconds / ours.seconds, target: ">= 1" },
      {
        name: "rows per CPU second, ours / XGBoost",
        value: theirs.cpuSeconds / ours.cpuSeconds,
        target: ">= 1",
      },
    ],
    notes: [
      `largest relative difference from XGBoost's predictions: ${difference.toExponential(1)} (target < 1e-5)`,
      "XGBoost's time is its run with 200 trees less its run with 1 tree: loading the CSV and writing the text do not count. Medians of 3.",
    ],
  };
}
