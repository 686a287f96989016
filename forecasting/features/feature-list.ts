import { LAKE_FEATURE_NAMES } from "../../contracts/model-input";

/** Position of a feature in every row. */
export function featureIndex(name: string): number {
  const index = LAKE_FEATURE_NAMES.indexOf(name);
  if (index < 0) throw new Error(`"${name}" is not a feature: ${LAKE_FEATURE_NAMES.join(", ")}`);
  return index;
}

/** Columns before the features: the row's key, and the label, NULL when the day is not observed or not yet sold. */
export const KEY_COLUMNS = [
  { name: "store_id", type: "INTEGER" },
  { name: "sku_id", type: "INTEGER" },
  { name: "day", type: "DATE" },
  { name: "units", type: "FLOAT" },
] as const;
