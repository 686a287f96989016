/**
 * The candidate's recipe in the words of SageMaker's built-in XGBoost: the same that a laptop trains the challenger with
 * (test/pipelines/hyperparameters.spec.ts compares them). Labels are units / baseline with the baseline as their weight, so the first
 * columns of the files are label and weight (docs/adr/0030). The container takes texts.
 */
export const CANDIDATE_HYPERPARAMETERS = {
  objective: "reg:tweedie",
  tweedie_variance_power: "1.2",
  eval_metric: "poisson-nloglik",
  csv_weights: "1",
  tree_method: "hist",
  num_round: "120",
  max_depth: "6",
  eta: "0.06",
  min_child_weight: "150",
  lambda: "50",
  subsample: "0.7",
  colsample_bytree: "0.5",
  max_bin: "128",
  early_stopping_rounds: "10",
  seed: "2",
} as const satisfies Record<string, string>;

/** What a tuning job searches; the others stay as above. Ranges around what was found by hand. */
export const TUNED_RANGES = {
  continuous: [
    { Name: "eta", MinValue: "0.02", MaxValue: "0.2", ScalingType: "Logarithmic" },
    { Name: "min_child_weight", MinValue: "20", MaxValue: "500", ScalingType: "Logarithmic" },
    { Name: "lambda", MinValue: "1", MaxValue: "100", ScalingType: "Logarithmic" },
    { Name: "subsample", MinValue: "0.5", MaxValue: "0.95", ScalingType: "Linear" },
  ],
  integer: [
    { Name: "max_depth", MinValue: "3", MaxValue: "8", ScalingType: "Linear" },
    { Name: "num_round", MinValue: "60", MaxValue: "300", ScalingType: "Linear" },
  ],
} as const;

/** Minimised by tuning. The container logs a tab as `#011`; AWS's own list for this algorithm lacks the metric, so it is defined here. */
export const TUNING_METRIC = {
  Name: "validation:poisson-nloglik",
  Regex: ".*\\[[0-9]+\\].*#011validation-poisson-nloglik:(\\S+)",
} as const;
