import type { Category } from "../../contracts/categories";
import type { Forecaster, ModelRows } from "./demand-model";

/** Repeats the same weekday of last week: nothing to learn, and what every forecaster is compared with. */
export function seasonalNaive(category: Category): Forecaster {
  return { category, score: ({ naive }: ModelRows) => naive.slice() };
}
