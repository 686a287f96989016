import { MISSING_BIN } from "./binned-matrix";
import { histogramOffset } from "./histogram";
import { CANDIDATE_VALUES, type TrainingState } from "./training-state";
import type { ResolvedTreeOptions } from "./tree-options";

/** Below it a gain or a hessian is rounding noise (XGBoost's kRtEps). */
const NOISE = 1e-6;

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
}

/** A split of one node: rows with bin <= `bin` go left, rows without a value where `missingLeft` says. */
export interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gain: number;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

/** Whether both children of a node could be heavy enough. */
export function canSplit(state: TrainingState, node: NodeSums): boolean {
  return node.hessian >= 2 * Math.max(state.options.minChildWeight, NOISE);
}

/** The weight that lowers the node's loss most, before the learning rate. */
export function bestWeight(gradient: number, hessian: number, options: ResolvedTreeOptions): number {
  if (hessian <= 0) return 0;
  const weight = -gradient / (hessian + options.lambda);
  const limit = options.maxDeltaStep;
  return limit > 0 ? Math.max(-limit, Math.min(limit, weight)) : weight;
}

/** Twice the loss that the node's best weight saves; with a limit on the weight the square is not complete. */
function score(gradient: number, hessian: number, lambda: number, limit: number): number {
  const curvature = hessian + lambda;
  if (limit === 0 || Math.abs(gradient) <= limit * curvature) return (gradient * gradient) / curvature;
  return limit * (2 * Math.abs(gradient) - limit * curvature);
}

/** Searches one feature of one node and writes the best candidate (gain 0 = none) for the node's place in the level. */
export function searchFeature(
  state: TrainingState,
  place: number,
  slot: number,
  feature: number,
  node: NodeSums,
): void {
  const { options } = state;
  const { histograms, candidates } = state.arrays;
  const { lambda, maxDeltaStep } = options;
  const base = histogramOffset(state, slot, feature);
  const smallest = Math.max(options.minChildWeight, NOISE);
  const { gradient, hessian } = node;
  const parentScore = score(gradient, hessian, lambda, maxDeltaStep);
  const missingGradient = histograms[base + 2 * MISSING_BIN]!;
  const missingHessian = histograms[base + 2 * MISSING_BIN + 1]!;
  // After subtractions an empty bin can hold rounding noise instead of zero.
  const passes = state.hasMissing[feature] && missingHessian > NOISE * hessian ? 2 : 1;
  const at = (place * state.featureCount + feature) * CANDIDATE_VALUES;
  let best = 0;
  candidates[at] = 0;
  for (let pass = 0; pass < passes; pass++) {
    let leftGradient = pass === 0 ? 0 : missingGradient;
    let leftHessian = pass === 0 ? 0 : missingHessian;
    const cuts = state.cuts[feature]!.length;
    for (let bin = 0; bin < cuts; bin++) {
      const binHessian = histograms[base + 2 * bin + 1]!;
      if (binHessian === 0) continue;
      leftGradient += histograms[base + 2 * bin]!;
      leftHessian += binHessian;
      const rightHessian = hessian - leftHessian;
      if (leftHessian < smallest) continue;
      if (rightHessian < smallest) break;
      const gain =
        score(leftGradient, leftHessian, lambda, maxDeltaStep) +
        score(gradient - leftGradient, rightHessian, lambda, maxDeltaStep) -
        parentScore;
      if (gain > best) {
        best = gain;
        candidates[at] = gain;
        candidates[at + 1] = bin;
        candidates[at + 2] = pass;
        candidates[at + 3] = leftGradient;
        candidates[at + 4] = leftHessian;
      }
    }
  }
}

/** The best of the candidates of one node; ties go to the first feature. Undefined when no split saves enough. */
export function bestSplit(
  state: TrainingState,
  place: number,
  features: readonly number[],
  node: NodeSums,
): Split | undefined {
  const { candidates } = state.arrays;
  let best = Math.max(state.options.minSplitLoss, NOISE);
  let at = -1;
  let bestFeature = -1;
  for (const feature of features) {
    const candidate = (place * state.featureCount + feature) * CANDIDATE_VALUES;
    if (candidates[candidate]! > best) {
      best = candidates[candidate]!;
      at = candidate;
      bestFeature = feature;
    }
  }
  if (at < 0) return undefined;
  const left = { gradient: candidates[at + 3]!, hessian: candidates[at + 4]! };
  return {
    feature: bestFeature,
    bin: candidates[at + 1]!,
    missingLeft: candidates[at + 2] === 1,
    gain: best,
    left,
    right: { gradient: node.gradient - left.gradient, hessian: node.hessian - left.hessian },
  };
}
