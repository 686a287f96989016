import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { trainTrees, type TrainingData } from "../forecasting/trees/train-trees";
import type { TreeModel } from "../forecasting/trees/tree-model";
import { toXgboostJson } from "../forecasting/trees/xgboost-json-writer";
import { scoreTreesPooled } from "./support/score-trees-pooled";
import { withThreadPool, type ThreadPool } from "../runtime/engine/threads/thread-pool";
import { trainerPool } from "../runtime/training/trainer-pool";
import type { BenchLine, BenchReport, Claim, Measured } from "./report";
import { inTurns, timed, TURNS } from "./support/in-turns";
import { makeTrainingRows, readTrainingRows, type TrainingRows } from "./support/training-rows";
import { took } from "./support/words";
import { NO_XGBOOST, predictPeer, xgboostVersion } from "./support/xgboost-peer";

const THREADS = 2;
const TREES = 200;
/** Rows of the two folders of Parquet that a pass scores. */
const ROWS = { quick: 200_000, full: 1_000_000 } as const;

interface Scored extends Measured {
  readonly predictions: Float32Array;
}

/** Our scoring in a pool that is there already, as every stage finds it. */
async function scoreOurs(pool: ThreadPool, model: TreeModel, data: TrainingData): Promise<Scored> {
  const { result, ...figures } = await timed(() => scoreTreesPooled(pool, model, data.features));
  return { ...figures, predictions: result };
}

/** What 199 of 200 trees take: the run with all of them less a run with one, which loads and writes just as much. */
async function scoreTheirs(rows: TrainingRows, model: TreeModel): Promise<Scored> {
  const out = join(rows.folder, "predictions.txt");
  const runWith = async (usedTrees: number): Promise<Measured> => {
    const file = join(rows.folder, `score-${usedTrees}.json`);
    writeFileSync(file, toXgboostJson({ ...model, usedTrees }));
    return predictPeer(rows.folder, rows.train, file, out);
  };
  const one = await runWith(1);
  const all = await runWith(TREES);
  const stretch = TREES / (TREES - 1);
  return {
    seconds: (all.seconds - one.seconds) * stretch,
    cpuSeconds: (all.cpuSeconds - one.cpuSeconds) * stretch,
    predictions: Float32Array.from(readFileSync(out, "utf8").trim().split("\n"), Number),
  };
}

function lineFor(what: string, { seconds, cpuSeconds }: Measured, rows: number): BenchLine {
  const note = `${Math.round(rows / cpuSeconds / 1000)} k rows per CPU second`;
  return { what, seconds, cpuSeconds, rate: rows / seconds, rateUnit: "rows/s", note };
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
  const version = xgboostVersion();
  const { ours, theirs } = await withThreadPool({ threads: THREADS }, async (pool) => {
    await scoreOurs(pool, model, data);
    return inTurns(quick ? TURNS.quick : TURNS.full, {
      ours: () => scoreOurs(pool, model, data),
      theirs: version ? () => scoreTheirs(rows, model) : undefined,
    });
  });
  const setting = `${rows.trainRows} rows, ${TREES} trees of depth 8, ${THREADS} threads`;
  const line = lineFor(`SmartRetail, ${setting}`, ours, rows.trainRows);
  const claim: Claim = { what: `Scoring, ${setting}`, ours: took(ours) };
  if (theirs === undefined) {
    return { name: "scorer", lines: [line], ratios: [], notes: [NO_XGBOOST], claims: [claim] };
  }
  const difference = largestDifference(ours.last.predictions, theirs.last.predictions);
  const ratio = ours.cpuSeconds / theirs.cpuSeconds;
  return {
    name: "scorer",
    lines: [line, lineFor(`${version}, the same`, theirs, rows.trainRows)],
    ratios: [
      { name: "wall time, ours / XGBoost", value: ours.seconds / theirs.seconds, target: "<= 1" },
      { name: "CPU time, ours / XGBoost", value: ratio, target: "<= 1" },
    ],
    notes: [
      `largest relative difference from XGBoost's predictions: ${difference.toExponential(1)} (target < 1e-5)`,
      "XGBoost's time is its run with 200 trees less its run with 1 tree: loading the CSV and writing the text do not count. Medians of runs in turns.",
    ],
    claims: [
      {
        ...claim,
        ours: `${took(ours)}, within ${difference.toExponential(1)}`,
        peer: `${version}: ${took(theirs)}`,
        ratio,
      },
    ],
  };
}
