import type { Category } from "../../contracts/categories";
import type { DemandModel, LabelledRows, ModelRows, PlainModelFile } from "./demand-model";

/** Units added on both sides of the ratio, so that a handful of sales does not scale a category. */
const SHRINKAGE_UNITS = 500;
const SMALLEST_FACTOR = 0.8;
const LARGEST_FACTOR = 1.25;

/**
 * The SQL baseline as a model: level x weekday x offers x weather, scaled by the category's sold / expected of the
 * training rows. Serves new SKUs and stores, and everything when no trees could be trained.
 */
export function sqlBaselineModel(category: Category, factor = 1): DemandModel {
  const file: PlainModelFile = { kind: "sql-baseline", category, factor };
  return {
    kind: "sql-baseline",
    category,
    score: ({ baseline }: ModelRows) => baseline.map((value) => value * factor),
    save: () => JSON.stringify(file),
  };
}

export function trainSqlBaseline(category: Category, rows: LabelledRows): DemandModel {
  let sold = SHRINKAGE_UNITS;
  let expected = SHRINKAGE_UNITS;
  for (let i = 0; i < rows.units.length; i++) {
    sold += rows.units[i]!;
    expected += rows.baseline[i]!;
  }
  return sqlBaselineModel(category, Math.min(Math.max(sold / expected, SMALLEST_FACTOR), LARGEST_FACTOR));
}
