import type { Category } from "../../contracts/categories";
import type { DemandModel, ModelRows, PlainModelFile } from "./demand-model";

/** Repeats the same weekday of last week: nothing to learn, and the yardstick of all others. */
export function seasonalNaive(category: Category): DemandModel {
  const file: PlainModelFile = { kind: "seasonal-naive", category };
  return {
    kind: "seasonal-naive",
    category,
    score: ({ naive }: ModelRows) => naive.slice(),
    save: () => JSON.stringify(file),
  };
}
