import type { Category } from "../../contracts/categories";
import { loadBoostedTrees } from "../../forecasting/models/boosted-trees";
import { type DemandModel, SERVABLE_KINDS, type ServableKind } from "../../forecasting/models/demand-model";
import { loadSqlBaseline } from "../../forecasting/models/sql-baseline-model";

const LOADERS: Readonly<Record<ServableKind, (category: Category, file: string) => DemandModel>> = {
  "boosted-trees": loadBoostedTrees,
  "sql-baseline": loadSqlBaseline,
};

/** A model from its file, which is XGBoost's JSON for every kind. */
export function loadModel(kind: ServableKind, category: Category, file: string): DemandModel {
  if (!SERVABLE_KINDS.includes(kind)) {
    throw new Error(`model kind "${kind}" cannot be served: ${SERVABLE_KINDS.join(", ")} can`);
  }
  return LOADERS[kind](category, file);
}
