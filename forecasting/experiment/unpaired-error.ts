/** Errors and sales of one store over the days of an experiment. */
export interface StoreError {
  readonly absoluteError: number;
  readonly sales: number;
}

/** What a test of served stores alone would say: it is shown, never decided on. */
export interface UnpairedError {
  readonly wapeA: number;
  readonly wapeB: number;
  readonly difference: number;
  readonly standardError: number;
  /** ln of B's WAPE over A's. */
  readonly logRatio: number;
  readonly logStandardError: number;
}

/** Undefined where an arm has fewer than two stores, or sold nothing. */
export function unpairedError(a: readonly StoreError[], b: readonly StoreError[]): UnpairedError | undefined {
  const [armA, armB] = [arm(a), arm(b)];
  if (armA === undefined || armB === undefined) return undefined;
  return {
    wapeA: armA.wape,
    wapeB: armB.wape,
    difference: armB.wape - armA.wape,
    standardError: Math.sqrt(armA.variance + armB.variance),
    logRatio: Math.log(armB.wape / armA.wape),
    logStandardError: Math.sqrt(armA.variance / armA.wape ** 2 + armB.variance / armB.wape ** 2),
  };
}

function arm(stores: readonly StoreError[]): { wape: number; variance: number } | undefined {
  const count = stores.length;
  const sales = stores.reduce((all, store) => all + store.sales, 0);
  const error = stores.reduce((all, store) => all + store.absoluteError, 0);
  if (count < 2 || !(sales > 0) || !(error > 0)) return undefined;
  const wape = error / sales;
  const squares = stores.reduce((all, store) => all + (store.absoluteError - wape * store.sales) ** 2, 0);
  return { wape, variance: ((count / (count - 1)) * squares) / sales ** 2 };
}

/**
 * How many times larger the variance is when only served stores are compared, instead of both models on every store.
 *
 * @param share of the stores that B serves
 * @param correlation of the two models' errors on one store
 */
export function unpairedVarianceRatio(share: number, correlation: number): number {
  return (1 / share + 1 / (1 - share)) / (2 * (1 - correlation));
}
