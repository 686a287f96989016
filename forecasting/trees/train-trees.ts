import { validateMatrix, type FeatureMatrix } from "../feature-matrix";
import { writeBins, type BinnedMatrix } from "./binned-matrix";
import { boost, type BoostResult } from "./boost";
import { baseScoreOf } from "./objective";
import { quantileCuts } from "./quantile-cuts";
import { allocateTrainingState, type TrainingState } from "./training-state";
import { marginOf, SCORABLE_OBJECTIVES, type TreeModel } from "./tree-model";
import {
  resolveTreeOptions,
  type ResolvedTreeOptions,
  type RoundResult,
  type TreeOptions,
} from "./tree-options";

/** Rows to learn from or to validate on. */
export interface TrainingData {
  readonly features: FeatureMatrix;
  readonly label: Float32Array;
  /** Starting margin of each row on the link scale (the logarithm, for poisson and tweedie); replaces the intercept. */
  readonly baseMargin?: Float32Array;
  /** Weight of each row. @default 1 */
  readonly weight?: Float32Array;
}

/** Real threads for a training; runtime/workers has them, this folder does not. */
export interface TrainerPool {
  readonly threads: number;
  /** Runs `boost` on every thread of the pool and returns what one of them returned. */
  readonly boost: (state: TrainingState, onRound: (round: RoundResult) => void) => Promise<BoostResult>;
}

export interface TrainedTrees {
  readonly model: TreeModel;
  readonly rounds: readonly RoundResult[];
  /** The round (from 1) whose validation loss was the best; the last one without early stopping. */
  readonly bestRound: number;
}

/**
 * Trains gradient-boosted trees on histograms. The result does not depend on the number of threads, bit for bit.
 * With early stopping the model keeps the trees up to the best round.
 */
export async function trainTrees(
  data: TrainingData,
  options: TreeOptions,
  validation?: TrainingData,
  pool?: TrainerPool,
): Promise<TrainedTrees> {
  const resolved = resolveTreeOptions(options);
  validateTraining(data, resolved, validation);
  const baseScore = data.baseMargin
    ? neutralScore(resolved)
    : baseScoreOf(resolved.objective, data.label, data.weight);
  const state = prepare(data, validation, resolved, { threads: pool?.threads ?? 1, baseScore });
  const onRound = options.onRound ?? (() => {});
  const result = pool ? await pool.boost(state, onRound) : boost(state, onRound);
  const trees = result.trees.slice(0, result.bestRound);
  const model: TreeModel = {
    objective: resolved.objective,
    featureNames: data.features.names,
    baseScore,
    trees,
    parameters: parametersOf(resolved),
    usedTrees: trees.length,
  };
  return { model, rounds: result.rounds, bestRound: result.bestRound };
}

/** The intercept of a model whose rows all bring their own margin: it adds nothing. */
function neutralScore(options: ResolvedTreeOptions): number {
  return options.objective === "reg:squarederror" ? 0 : 1;
}

function parametersOf(options: ResolvedTreeOptions): Record<string, string> {
  if (options.objective === "count:poisson") return { max_delta_step: String(options.maxDeltaStep) };
  if (options.objective === "reg:tweedie")
    return { tweedie_variance_power: String(options.tweedieVariancePower) };
  return { scale_pos_weight: "1" };
}

function prepare(
  data: TrainingData,
  validation: TrainingData | undefined,
  options: ResolvedTreeOptions,
  start: { readonly threads: number; readonly baseScore: number },
): TrainingState {
  const { features } = data;
  const cuts = features.columns.map((column) => quantileCuts(column, features.rows, options.maxBins));
  const state = allocateTrainingState(options, features, cuts, {
    trainRows: features.rows,
    validationRows: validation?.features.rows ?? 0,
    threads: start.threads,
    weighted: data.weight !== undefined || validation?.weight !== undefined,
  });
  const { arrays } = state;
  const binned: BinnedMatrix = { ...arrays, rows: state.rows, wordsPerRow: state.wordsPerRow };
  arrays.margin.fill(marginOf(SCORABLE_OBJECTIVES[options.objective], start.baseScore));
  arrays.weight.fill(1);
  let firstRow = 0;
  for (const part of validation ? [data, validation] : [data]) {
    writeBins(binned, firstRow, part.features, cuts);
    arrays.label.set(part.label, firstRow);
    if (part.weight) arrays.weight.set(part.weight, firstRow);
    if (part.baseMargin) arrays.margin.set(part.baseMargin, firstRow);
    firstRow += part.features.rows;
  }
  return state;
}

function validateTraining(data: TrainingData, options: ResolvedTreeOptions, validation?: TrainingData): void {
  if (data.features.rows === 0) throw new Error("training data: no rows");
  if (data.features.columns.length === 0) throw new Error("training data: no features");
  validateRows("training data", data, options);
  if (options.earlyStoppingRounds > 0 && !validation?.features.rows) {
    throw new Error(
      `earlyStoppingRounds is ${options.earlyStoppingRounds}, but there are no validation rows`,
    );
  }
  if (!validation) return;
  validateRows("validation data", validation, options);
  if (validation.features.names.join() !== data.features.names.join()) {
    throw new Error("validation data: its features are not those of the training data, in the same order");
  }
  if (!validation.baseMargin !== !data.baseMargin && validation.features.rows > 0) {
    throw new Error("baseMargin: give it for both the training and the validation data, or for neither");
  }
}

function validateRows(what: string, data: TrainingData, options: ResolvedTreeOptions): void {
  validateMatrix(data.features);
  const { rows } = data.features;
  const smallestLabel = options.objective === "reg:squarederror" ? -Infinity : 0;
  const checks = [
    { name: "label", values: data.label, low: smallestLabel },
    { name: "baseMargin", values: data.baseMargin, low: -Infinity },
    { name: "weight", values: data.weight, low: 0 },
  ];
  for (const { name, values, low } of checks) {
    if (!values) continue;
    if (values.length !== rows)
      throw new Error(`${what}: ${values.length} values of ${name} for ${rows} rows`);
    const bad = values.findIndex((value) => !(value >= low && Number.isFinite(value)));
    if (bad >= 0) {
      const allowed = low === 0 ? "a finite number >= 0" : "a finite number";
      throw new Error(`${what}: ${name} of row ${bad} is ${values[bad]}, allowed: ${allowed}`);
    }
  }
}
