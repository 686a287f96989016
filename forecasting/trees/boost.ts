import { objectiveOf, type Objective } from "./objective";
import { sampleFeatures, sampleRows } from "./sampling";
import { ThreadTeam } from "./thread-team";
import { TreeGrower } from "./tree-grower";
import type { Tree } from "./tree-model";
import type { RoundResult } from "./tree-options";
import { CHUNK_ROWS, type TrainingState } from "./training-state";

/** What a training gives: all trees grown, and the round (from 1) whose validation loss was the best. */
export interface BoostResult {
  readonly trees: readonly Tree[];
  readonly rounds: readonly RoundResult[];
  readonly bestRound: number;
}

/**
 * The boosting loop of one thread. Every thread of a team calls it on the same state and comes to the same result;
 * a team of one needs no other thread.
 */
export function boost(state: TrainingState, onRound: (round: RoundResult) => void = () => {}): BoostResult {
  const { options } = state;
  const team = new ThreadTeam(state.arrays.control, state.threads);
  const objective = objectiveOf(options);
  const grower = new TreeGrower(state, team);
  const trees: Tree[] = [];
  const rounds: RoundResult[] = [];
  let bestRound = 0;
  let bestLoss = Infinity;
  for (let round = 1; round <= options.rounds; round++) {
    fillGradients(state, team, objective);
    const inBagRows = drawRows(state, team, round);
    const features = sampleFeatures(state.featureCount, options.colsampleByTree, options.seed, round);
    trees.push(grower.grow(inBagRows, features));
    const validationLoss = validationLossOf(state, team, objective);
    rounds.push({ round, rounds: options.rounds, validationLoss });
    onRound(rounds[rounds.length - 1]!);
    if (validationLoss === undefined || validationLoss < bestLoss) {
      bestRound = round;
      bestLoss = validationLoss ?? Infinity;
    } else if (options.earlyStoppingRounds > 0 && round - bestRound >= options.earlyStoppingRounds) break;
  }
  return { trees, rounds, bestRound: options.earlyStoppingRounds > 0 ? bestRound : trees.length };
}

/** Gradients at the current margins, and the row order of a new tree. */
function fillGradients(state: TrainingState, team: ThreadTeam, objective: Objective): void {
  const { margin, label, weight, gradients, orderA } = state.arrays;
  team.forEach(Math.ceil(state.rows / CHUNK_ROWS), (chunk) => {
    const begin = chunk * CHUNK_ROWS;
    const end = Math.min(state.rows, begin + CHUNK_ROWS);
    const trainEnd = Math.min(state.trainRows, end);
    objective.gradients(margin, label, gradients, begin, trainEnd);
    if (weight.length > 0) weighGradients(gradients, weight, begin, trainEnd);
    for (let row = begin; row < end; row++) orderA[row] = row;
  });
}

function weighGradients(gradients: Float32Array, weight: Float32Array, begin: number, end: number): void {
  for (let row = begin; row < end; row++) {
    gradients[2 * row] = gradients[2 * row]! * weight[row]!;
    gradients[2 * row + 1] = gradients[2 * row + 1]! * weight[row]!;
  }
}

/** The number of rows that the next tree counts; with subsampling they are drawn anew for each round. */
function drawRows(state: TrainingState, team: ThreadTeam, round: number): number {
  const { subsample, seed } = state.options;
  if (subsample >= 1) return state.trainRows;
  const { orderA, scratch, leftCounts } = state.arrays;
  team.forEach(1, () => {
    leftCounts[0] = sampleRows(orderA, scratch, state.trainRows, { share: subsample, seed, round });
  });
  const drawn = leftCounts[0]!;
  // A second barrier: the next phases write leftCounts again, and a slow thread may not have read it yet.
  team.forEach(0, () => {});
  return drawn;
}

/** Mean loss over the validation rows; undefined without any. */
function validationLossOf(state: TrainingState, team: ThreadTeam, objective: Objective): number | undefined {
  const { trainRows, rows } = state;
  const { margin, label, weight, partialLosses } = state.arrays;
  if (rows === trainRows) return undefined;
  const chunks = Math.ceil((rows - trainRows) / CHUNK_ROWS);
  team.forEach(chunks, (chunk) => {
    const begin = trainRows + chunk * CHUNK_ROWS;
    let loss = 0;
    let weights = 0;
    for (let row = begin; row < Math.min(rows, begin + CHUNK_ROWS); row++) {
      const rowWeight = weight.length > 0 ? weight[row]! : 1;
      loss += rowWeight * objective.loss(margin[row]!, label[row]!);
      weights += rowWeight;
    }
    partialLosses[2 * chunk] = loss;
    partialLosses[2 * chunk + 1] = weights;
  });
  let loss = 0;
  let weights = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    loss += partialLosses[2 * chunk]!;
    weights += partialLosses[2 * chunk + 1]!;
  }
  return objective.report(loss / weights);
}
