import type { ResolvedTreeOptions } from "./tree-options";

/** The loss that the trees lower: gradients for the histograms, and the loss itself for early stopping. */
export interface Objective {
  /** Gradient and hessian of each row in [begin, end), interleaved into `gradients` (2 values a row). */
  readonly gradients: (
    margin: Float32Array,
    label: Float32Array,
    gradients: Float32Array,
    begin: number,
    end: number,
  ) => void;
  /** Loss of one row, without the terms that only the label decides. */
  readonly loss: (margin: number, label: number) => number;
  /** Mean loss to the number that is reported. */
  readonly report: (meanLoss: number) => number;
}

/** Formulas as in XGBoost 1.7, src/objective/regression_obj.cu, so that the same settings mean the same thing. */
function poisson(maxDeltaStep: number): Objective {
  const hessianFactor = Math.exp(maxDeltaStep);
  return {
    gradients: (margin, label, gradients, begin, end) => {
      for (let row = begin; row < end; row++) {
        const mean = Math.exp(margin[row]!);
        gradients[2 * row] = mean - label[row]!;
        gradients[2 * row + 1] = mean * hessianFactor;
      }
    },
    loss: (margin, label) => Math.exp(margin) - label * margin,
    report: (meanLoss) => meanLoss,
  };
}

function tweedie(power: number): Objective {
  return {
    gradients: (margin, label, gradients, begin, end) => {
      for (let row = begin; row < end; row++) {
        const a = label[row]! * Math.exp((1 - power) * margin[row]!);
        const b = Math.exp((2 - power) * margin[row]!);
        gradients[2 * row] = b - a;
        gradients[2 * row + 1] = (2 - power) * b - (1 - power) * a;
      }
    },
    loss: (margin, label) =>
      Math.exp((2 - power) * margin) / (2 - power) - (label * Math.exp((1 - power) * margin)) / (1 - power),
    report: (meanLoss) => meanLoss,
  };
}

const squaredError: Objective = {
  gradients: (margin, label, gradients, begin, end) => {
    for (let row = begin; row < end; row++) {
      gradients[2 * row] = margin[row]! - label[row]!;
      gradients[2 * row + 1] = 1;
    }
  },
  loss: (margin, label) => (margin - label) ** 2,
  report: (meanLoss) => Math.sqrt(meanLoss),
};

export function objectiveOf(options: ResolvedTreeOptions): Objective {
  if (options.objective === "count:poisson") return poisson(options.maxDeltaStep);
  if (options.objective === "reg:tweedie") return tweedie(options.tweedieVariancePower);
  return squaredError;
}

/** Smallest base score of a log-link objective: a training set of zeros only must not start at minus infinity. */
const SMALLEST_BASE_SCORE = 1e-6;

/** The intercept to start from: the weighted mean of the labels. */
export function baseScoreOf(
  objective: ResolvedTreeOptions["objective"],
  label: Float32Array,
  weight: Float32Array | undefined,
): number {
  let sum = 0;
  let weights = 0;
  for (let row = 0; row < label.length; row++) {
    const rowWeight = weight ? weight[row]! : 1;
    sum += rowWeight * label[row]!;
    weights += rowWeight;
  }
  const mean = weights > 0 ? sum / weights : 0;
  return Math.fround(objective === "reg:squarederror" ? mean : Math.max(mean, SMALLEST_BASE_SCORE));
}
