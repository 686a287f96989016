import type { Category } from "../../contracts/categories";

/**
 * Both models' errors on the same cells of one category, summed up by store and day. A cell counts on one target day once,
 * with the forecast that an order of that day went by; what was sold out says nothing about demand and counts for neither.
 */
export interface Comparison {
  readonly category: Category;
  readonly championVersion: string;
  readonly challengerVersion: string;
  /** Last day of sales that was there, ISO date. */
  readonly cutoff: string;
  /** Codes of the stores, the rows of `sums`. */
  readonly stores: readonly string[];
  /** Compared days in order, ISO dates: the columns of `sums`. */
  readonly days: readonly string[];
  /** Days between the first and the cutoff without a forecast of these versions, or without sales. */
  readonly missingDays: readonly string[];
  /** By store, then day; all in units. */
  readonly sums: Readonly<Record<ComparisonSum, readonly (readonly number[])[]>>;
  readonly cells: {
    /** Cells with demand that could be observed. */
    readonly observed: number;
    /** Of all cells, those that ran out. */
    readonly stockedOut: number;
    /** Observed cells without the forecast of a model: it counts as 0. */
    readonly championMissing: number;
    readonly challengerMissing: number;
  };
}

/** Absolute and signed errors of each model, those of new items alone, and sales. */
export const COMPARISON_SUMS = [
  "sales",
  "championError",
  "challengerError",
  "championBias",
  "challengerBias",
  "newItemChampionError",
  "newItemChallengerError",
] as const;
export type ComparisonSum = (typeof COMPARISON_SUMS)[number];

/** One night's forecasts of both models, before anybody has sold anything. */
export interface BatchSums {
  /** Last day of sales that the night knew, ISO date. */
  readonly night: string;
  readonly cells: number;
  readonly championUnits: number;
  readonly challengerUnits: number;
  /** Forecasts of the challenger that are missing, not finite or negative. */
  readonly challengerMissing: number;
  readonly challengerInvalid: number;
}
