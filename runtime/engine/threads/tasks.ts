import { boost, type BoostResult } from "../../../forecasting/trees/boost";
import { createRequire } from "node:module";
import type * as ReadBlocks from "../../scoring/read-blocks-task";
import type * as ScoreBlocks from "../../scoring/score-blocks-task";
import type { FeatureMatrix } from "../../../forecasting/feature-matrix";
import { ForestScorer } from "../../../forecasting/trees/forest-scorer";
import type { TreeModel } from "../../../forecasting/trees/tree-model";
import type { RoundResult } from "../../../forecasting/trees/tree-options";
import type { TrainingState } from "../../../forecasting/trees/training-state";

/** Sends an intermediate result to the thread that ordered the task. */
export type Report = (message: unknown) => void;

export interface BoostTask {
  readonly state: TrainingState;
  /** 0 for the first thread of the team: it alone reports and returns the trees, the others hold the same ones. */
  readonly member: number;
}

export interface ScoreRowsTask {
  readonly model: TreeModel;
  /** Columns in the model's order, on shared memory. */
  readonly features: FeatureMatrix;
  readonly rows: { readonly begin: number; readonly end: number };
  /** Takes the predictions, on shared memory. */
  readonly out: Float32Array;
  readonly baseMargin?: Float32Array;
}

/** Loaded when a night asks for them: they bring DuckDB along, which a training has no use for. */
const load = createRequire(__filename);
const readPasses = () => load("../../scoring/read-blocks-task") as typeof ReadBlocks;
const lastPass = () => load("../../scoring/score-blocks-task") as typeof ScoreBlocks;

/** What a worker thread can be asked to do. A payload is cloned, except for what lies on shared memory. */
export const TASKS = {
  boost: ({ state, member }: BoostTask, report: Report): BoostResult | undefined => {
    if (member > 0) {
      boost(state);
      return undefined;
    }
    return boost(state, (round: RoundResult) => report(round));
  },
  scoreRows: ({ model, features, rows, out, baseMargin }: ScoreRowsTask): void => {
    new ForestScorer(model).score(features, rows, out, baseMargin);
  },
  readBlocks: (task: ReadBlocks.ReadBlocksTask, report: Report) => readPasses().readBlocks(task, report),
  measureTrends: (task: ReadBlocks.MeasureTrendsTask) => readPasses().measureTrends(task),
  scoreBlocks: (task: ScoreBlocks.ScoreBlocksTask, report: Report) => lastPass().scoreBlocks(task, report),
};

export type TaskName = keyof typeof TASKS;
export type PayloadOf<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type ResultOf<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
