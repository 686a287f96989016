import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scoreTrees } from "../forecasting/trees/score-trees";
import type { TrainingData } from "../forecasting/trees/train-trees";
import { fromXgboostJson } from "../forecasting/trees/xgboost-json-reader";
import type { BenchLine, BenchReport, Claim, Measured } from "./report";
import { lineOf, runChild, type TimedLine } from "./support/child-process";
import { figuresOf, inTurns, TURNS, type Turns } from "./support/in-turns";
import { makeTrainingRows, readTrainingRows } from "./support/training-rows";
import { took } from "./support/words";
import { NO_XGBOOST, trainPeer, xgboostVersion } from "./support/xgboost-peer";

/** Timed from the end of the first round to the end of the last one, stretched to all rounds. */
interface Trained extends Measured {
  readonly wape: number;
  /** What comes before and in the first round: quantiles, binning, one tree; CPU seconds. Not known of the peer. */
  readonly firstRoundCpuSeconds?: number;
}

function between(from: TimedLine, to: TimedLine): Measured {
  return { seconds: to.seconds - from.seconds, cpuSeconds: to.cpuSeconds - from.cpuSeconds };
}

function wapeOf(model: string, test: TrainingData): number {
  const predictions = scoreTrees(fromXgboostJson(readFileSync(model, "utf8")), test.features);
  let error = 0;
  let units = 0;
  predictions.forEach((mean, row) => {
    error += Math.abs(mean - test.label[row]!);
    units += test.label[row]!;
  });
  return error / units;
}

async function trainOurs(train: string, model: string, rounds: number, test: TrainingData): Promise<Trained> {
  const script = join(__dirname, "support", "train-child.ts");
  const args = ["--import", "tsx", script, `${train}.parquet`, model, String(rounds)];
  const run = await runChild(process.execPath, args);
  const [loaded, first, end] = [/^loaded/, /^first tree/, /^trained/].map((text) => lineOf(run, text));
  return {
    ...stretched(between(first!, end!), rounds),
    peakMegabytes: run.peakMegabytes,
    wape: wapeOf(model, test),
    firstRoundCpuSeconds: between(loaded!, first!).cpuSeconds,
  };
}

/** The time of all rounds from that of all but the first. */
function stretched({ seconds, cpuSeconds }: Measured, rounds: number): Measured {
  const factor = rounds / (rounds - 1);
  return { seconds: seconds * factor, cpuSeconds: cpuSeconds * factor };
}

/** XGBoost's own lines time it; loading the CSV and its quantile sketch fall before the end of its first round. */
async function trainTheirs(
  folder: string,
  train: string,
  rounds: number,
  test: TrainingData,
): Promise<Trained> {
  const model = join(folder, "xgboost.json");
  const run = await trainPeer(folder, train, model, rounds);
  const span = between(lineOf(run, /\[0\]/), lineOf(run, new RegExp(`\\[${rounds - 1}\\]`)));
  return { ...stretched(span, rounds), peakMegabytes: run.peakMegabytes, wape: wapeOf(model, test) };
}

function lineFor(what: string, run: Turns<Trained>, rows: number): BenchLine {
  const note = `held-out WAPE ${percent(run.last.wape)}`;
  return { what, ...figuresOf(run), rate: rows / run.seconds, rateUnit: "rows/s", note };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Training beside XGBoost hist: same rows, 30 features, poisson, depth 8, 256 bins, two threads. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const rounds = quick ? 50 : 200;
  const rows = await makeTrainingRows(quick ? 200_000 : 1_000_000);
  const test = await readTrainingRows(`${rows.test}.parquet`);
  const version = xgboostVersion();
  const { ours, theirs } = await inTurns(quick ? TURNS.quick : TURNS.full, {
    ours: () => trainOurs(rows.train, join(rows.folder, "ours.json"), rounds, test),
    theirs: version ? () => trainTheirs(rows.folder, rows.train, rounds, test) : undefined,
  });
  const setting = `${rows.trainRows} rows, 30 features, ${rounds} trees of depth 8`;
  const line = lineFor(`SmartRetail, ${setting}`, ours, rows.trainRows);
  const claim: Claim = { what: `Trees, ${setting}`, ours: `${took(ours)}, WAPE ${percent(ours.last.wape)}` };
  if (theirs === undefined) {
    return { name: "trainer", lines: [line], ratios: [], notes: [NO_XGBOOST], claims: [claim] };
  }
  const ratio = ours.cpuSeconds / theirs.cpuSeconds;
  const peer = `${version} \`hist\`: ${took(theirs)}, WAPE ${percent(theirs.last.wape)}`;
  return {
    name: "trainer",
    lines: [line, lineFor(`${version} hist, the same`, theirs, rows.trainRows)],
    ratios: [
      { name: "wall time, ours / XGBoost", value: ours.seconds / theirs.seconds, target: "<= 1" },
      { name: "CPU time, ours / XGBoost", value: ratio, target: "<= 1" },
      {
        name: "held-out WAPE, ours / XGBoost",
        value: ours.last.wape / theirs.last.wape,
        target: "0.99 to 1.01",
      },
    ],
    notes: [
      `Both are timed from the end of their first round to the end of the last one, stretched to all rounds: loading, quantiles and binning do not count. Ours took ${ours.last.firstRoundCpuSeconds?.toFixed(1)} CPU s from loaded rows to the end of its first round. Medians of runs in turns.`,
    ],
    claims: [{ ...claim, peer, ratio }],
  };
}
