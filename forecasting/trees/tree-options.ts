/** What the trees can be trained for; the names are XGBoost's. */
export type TrainableObjective = "count:poisson" | "reg:tweedie" | "reg:squarederror";

/** Settings of a training; names follow XGBoost's parameters, so that the cloud job takes the same ones. */
export interface TreeOptions {
  readonly objective: TrainableObjective;
  /** Boosting rounds = trees at most. */
  readonly rounds: number;
  /** @default 6 */
  readonly maxDepth?: number;
  /** XGBoost's eta. @default 0.3 */
  readonly learningRate?: number;
  /** L2 penalty on leaf weights. @default 1 */
  readonly lambda?: number;
  /** Loss that a split must save at least (XGBoost's gamma). @default 0 */
  readonly minSplitLoss?: number;
  /** Smallest sum of hessians of a child. @default 1 */
  readonly minChildWeight?: number;
  /** Histogram bins per feature, 2 to 255 (one byte, one value kept for "missing"). @default 255 */
  readonly maxBins?: number;
  /** Largest leaf weight before the learning rate; 0 = no limit. @default 0.7 for count:poisson, else 0 (as XGBoost) */
  readonly maxDeltaStep?: number;
  /** Tweedie's variance power, inside (1, 2). @default 1.5 */
  readonly tweedieVariancePower?: number;
  /** Share of rows per tree, in (0, 1]. @default 1 */
  readonly subsample?: number;
  /** Share of features per tree, in (0, 1]. @default 1 */
  readonly colsampleByTree?: number;
  /** Seed of the row and feature draws. @default 0 */
  readonly seed?: number;
  /** Stop after so many rounds without a better validation loss, and keep the trees up to the best round. Needs a validation set. */
  readonly earlyStoppingRounds?: number;
  /** Called after each round (progress). */
  readonly onRound?: (round: RoundResult) => void;
}

/** Loss after one round; the loss is XGBoost's default metric of the objective. */
export interface RoundResult {
  /** Rounds finished, from 1. */
  readonly round: number;
  readonly rounds: number;
  /** Mean negative log-likelihood (poisson, tweedie) or root mean squared error; undefined without a validation set. */
  readonly validationLoss?: number;
}

/** Every setting with its value. */
export type ResolvedTreeOptions = Required<Omit<TreeOptions, "onRound">>;

interface Range {
  readonly allowed: string;
  readonly holds: (value: number) => boolean;
}

const wholeIn = (low: number, high: number): Range => ({
  allowed: `a whole number from ${low} to ${high}`,
  holds: (value) => Number.isInteger(value) && value >= low && value <= high,
});
const atLeastZero: Range = {
  allowed: "a number >= 0",
  holds: (value) => value >= 0 && Number.isFinite(value),
};
const share: Range = { allowed: "above 0 and at most 1", holds: (value) => value > 0 && value <= 1 };

/** Depth 12 needs 2^11 histograms at once: 250 MB at 30 features. */
const MAX_DEPTH = 12;

const RANGES: Record<Exclude<keyof ResolvedTreeOptions, "objective">, Range> = {
  rounds: wholeIn(1, 10_000),
  maxDepth: wholeIn(1, MAX_DEPTH),
  learningRate: share,
  lambda: atLeastZero,
  minSplitLoss: atLeastZero,
  minChildWeight: atLeastZero,
  maxBins: wholeIn(2, 255),
  maxDeltaStep: atLeastZero,
  tweedieVariancePower: { allowed: "above 1 and below 2", holds: (value) => value > 1 && value < 2 },
  subsample: share,
  colsampleByTree: share,
  seed: wholeIn(0, 2 ** 31 - 1),
  earlyStoppingRounds: wholeIn(0, 10_000),
};

const OBJECTIVES: readonly TrainableObjective[] = ["count:poisson", "reg:tweedie", "reg:squarederror"];

/** Fills in the defaults and rejects a value out of range with one line that names it. */
export function resolveTreeOptions(options: TreeOptions): ResolvedTreeOptions {
  if (!OBJECTIVES.includes(options.objective)) {
    throw new Error(`objective is "${options.objective}", allowed: ${OBJECTIVES.join(", ")}`);
  }
  const resolved: ResolvedTreeOptions = {
    objective: options.objective,
    rounds: options.rounds,
    maxDepth: options.maxDepth ?? 6,
    learningRate: options.learningRate ?? 0.3,
    lambda: options.lambda ?? 1,
    minSplitLoss: options.minSplitLoss ?? 0,
    minChildWeight: options.minChildWeight ?? 1,
    maxBins: options.maxBins ?? 255,
    maxDeltaStep: options.maxDeltaStep ?? (options.objective === "count:poisson" ? 0.7 : 0),
    tweedieVariancePower: options.tweedieVariancePower ?? 1.5,
    subsample: options.subsample ?? 1,
    colsampleByTree: options.colsampleByTree ?? 1,
    seed: options.seed ?? 0,
    earlyStoppingRounds: options.earlyStoppingRounds ?? 0,
  };
  for (const [name, range] of Object.entries(RANGES) as [keyof typeof RANGES, Range][]) {
    if (!range.holds(resolved[name])) {
      throw new Error(`${name} is ${resolved[name]}, allowed: ${range.allowed}`);
    }
  }
  return resolved;
}
