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

/** Rows of one block as columns: what the trainer and the scorer eat, whether it comes from Parquet or from the kernel. */
export interface FeatureBatch {
  readonly rowCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  /** Day numbers (days since 1970-01-01). */
  readonly days: Int32Array;
  /** NaN when there is no label. */
  readonly units: Float32Array;
  /** One array per feature, in the order of LAKE_FEATURES; NaN is missing. Only the first `rowCount` values count. */
  readonly features: readonly Float32Array[];
}
