import { HORIZON_DAYS } from "../contracts/horizon";
import { SERIES_FEATURES } from "../contracts/series-set";

/**
 * The candidate's recipe in the words of SageMaker's built-in DeepAR, all of them texts. Counts with more variance than a mean: negative
 * binomial. The context is four weeks; lags of a year come by themselves.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deepar_hyperparameters.html
 */
export const DEEPAR_HYPERPARAMETERS = {
  time_freq: "1D",
  prediction_length: String(HORIZON_DAYS),
  context_length: "28",
  epochs: "100",
  early_stopping_patience: "10",
  likelihood: "negative-binomial",
  learning_rate: "0.001",
  mini_batch_size: "128",
  num_layers: "2",
  num_cells: "40",
  dropout_rate: "0.1",
  num_dynamic_feat: String(SERIES_FEATURES.length),
  test_quantiles: "[0.1, 0.5, 0.9]",
} as const satisfies Record<string, string>;

/** What a transform asks of every series, in the container's environment. */
export const DEEPAR_INFERENCE = {
  num_samples: 100,
  output_types: ["mean", "quantiles"],
  quantiles: ["0.1", "0.5", "0.9"],
} as const;
