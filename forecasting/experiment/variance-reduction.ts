/** A figure per store, less what its own past explains (CUPED; Deng, Xu, Kohavi and Walker 2013). */
export interface Adjusted {
  readonly theta: number;
  readonly values: readonly number[];
}

/** @param past the same figure of the same stores before the experiment */
export function adjustByPast(values: readonly number[], past: readonly number[]): Adjusted {
  const [mean, pastMean] = [average(values), average(past)];
  let [covariance, variance] = [0, 0];
  values.forEach((value, i) => {
    covariance += (value - mean) * (past[i]! - pastMean);
    variance += (past[i]! - pastMean) ** 2;
  });
  const theta = variance === 0 ? 0 : covariance / variance;
  return { theta, values: values.map((value, i) => value - theta * (past[i]! - pastMean)) };
}

const average = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;
