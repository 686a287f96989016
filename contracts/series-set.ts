/**
 * `series-set --category <category> --rows <most rows>`, input `lake`; output what the built-in DeepAR reads as JSON Lines, one series of a
 * store and SKU a line, in a random order:
 *
 *   train/part-0.json      to the last day of training
 *   test/part-0.json       the same series and a horizon more: the container measures itself on it
 *   requests/part-0.json   what Batch Transform asks for the hold-out, a line a series and origin
 *   keys.csv               store_id,sku_id,origin of each request, in the order of the lines
 *   series-set.json
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deepar.html
 */
export const SERIES_SET = {
  train: "train",
  test: "test",
  requests: "requests",
  part: "part-0.json",
  keys: "keys.csv",
  document: "series-set.json",
} as const;

/** One line. A day that was closed or ran out is `"NaN"`; `dynamic_feat` has no gaps. */
export interface SeriesLine {
  /** `2026-11-25 00:00:00`, without a time zone. */
  readonly start: string;
  /** A value a day. */
  readonly target: readonly (number | "NaN")[];
  /** SERIES_FEATURES, each as long as the target, and a horizon longer in a request. */
  readonly dynamic_feat: readonly (readonly number[])[];
}

/** What is known of a day beforehand: a national holiday, and a promotion of the SKU, each 0 or 1. */
export const SERIES_FEATURES = ["holiday", "promoted"] as const;

/** A line of the answer, in the order of the requests. */
export interface SeriesAnswer {
  readonly mean: readonly number[];
  readonly quantiles?: Readonly<Record<string, readonly number[]>>;
}

export interface SeriesSet {
  readonly trainedTo: string;
  readonly series: number;
  readonly requests: number;
}
