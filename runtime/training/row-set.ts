import { isoDate } from "../../forecasting/calendar/day";
import { BASELINE_FEATURE_NAMES, LAKE_FEATURE_NAMES, MODEL_INPUT_NAMES } from "../../contracts/model-input";
import { takeRows } from "../../forecasting/models/boosted-trees";
import type { LabelledRows, ModelRows } from "../../forecasting/models/demand-model";
import { type Database, quote } from "../engine/duckdb/database";
import { columnAs, type ColumnBatch } from "../engine/duckdb/columns";
import { globSafe } from "../engine/duckdb/glob-safe";

/** Rows of features beside the baseline, in the order store, SKU, day. */
export interface RowSet {
  readonly rowCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  /** Position in CATEGORIES. */
  readonly categories: Int32Array;
  /** NaN where there is no label: closed, or ran out by report. */
  readonly units: Float32Array;
  readonly model: ModelRows;
  /** What simpler forecasters expect. */
  readonly sqlBaseline: Float32Array;
  readonly movingAverage: Float32Array;
  /** Sold units whatever the state of the day, and the state: DAY_STATE. */
  readonly sold: Float32Array;
  readonly dayStates: Int32Array;
  /** ROW_STATE as foreseen a week before: all but open rows are forecast as 0. */
  readonly rowStates: Int32Array;
  /** Generated data only: the mean that was knowable, and what customers asked for. */
  readonly truth?: { readonly meanKnown: Float32Array; readonly demand: Float32Array };
}

interface RowSetQuery {
  /** Folders of `buildFeatures` and `fitBaseline`. */
  readonly features: string;
  readonly baseline: string;
  /** Day numbers, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Only this category. */
  readonly category?: number;
  readonly labelledOnly?: boolean;
  /** A fixed sample of about this many rows. @default all */
  readonly sampleRows?: number;
  /** Whole stores, spread over the chain, so that there are no more rows than this. @default all stores */
  readonly mostRows?: number;
  /** Folder of the truth of generated data, block=<nnn>/ below it. */
  readonly truth?: string;
}

/** Features joined to the baseline, on a connection with the views of the lake. */
export async function readRowSet(database: Database, query: RowSetQuery): Promise<RowSet> {
  const ofFeatures = [
    `f.day BETWEEN DATE '${isoDate(query.from)}' AND DATE '${isoDate(query.to)}'`,
    ...(query.category === undefined ? [] : [`p.category_code = ${query.category}`]),
  ];
  if (query.mostRows !== undefined)
    ofFeatures.push(...(await storesWithin(database, query.features, ofFeatures, query.mostRows)));
  const where = [...ofFeatures, ...(query.labelledOnly ? ["b.demand IS NOT NULL"] : [])].join(" AND ");
  const source = `${blocksOf(query.features)} f
    JOIN product_codes p USING (sku_id)
    JOIN ${blocksOf(query.baseline)} b USING (store_id, sku_id, day)`;
  const keep =
    query.sampleRows === undefined ? "" : await sampleCondition(database, source, where, query.sampleRows);
  const columns = [
    // `category` is a feature too, so the key has a name of its own.
    "f.store_id, f.sku_id, f.day, p.category_code AS category_key, b.demand AS units",
    ...LAKE_FEATURE_NAMES.map((name) => `f.${name}::FLOAT AS ${name}`),
    ...BASELINE_FEATURE_NAMES.map((name) => `b.${name}`),
    "b.baseline, b.naive, b.sql_baseline, b.moving_average, b.sold, b.row_state, b.day_state",
    ...(query.truth ? ["t.mean_known::FLOAT AS mean_known, t.demand_units::FLOAT AS demand_units"] : []),
  ];
  const batch = await database.columns(`
    SELECT ${columns.join(", ")}
    FROM ${source}
    ${query.truth ? truthJoin(query.truth) : ""}
    WHERE ${where} ${keep}
    ORDER BY f.store_id, f.sku_id, f.day`);
  return rowSetOf(batch, query.truth !== undefined);
}

/** The rows of all blocks below a folder. */
const blocksOf = (folder: string) =>
  `read_parquet(${quote(`${globSafe(folder)}/block=*/*.parquet`)}, hive_partitioning = false)`;

const truthJoin = (folder: string) => `JOIN ${blocksOf(folder)} t USING (store_id, sku_id, day)`;

/** Every n-th store: sums of a store and day stay whole, which single rows of all stores would not leave. */
async function storesWithin(
  database: Database,
  features: string,
  ofFeatures: readonly string[],
  rows: number,
): Promise<string[]> {
  const stores = await database.rows<{ store: number; rows: number }>(`
    SELECT f.store_id AS store, count(*) AS rows FROM ${blocksOf(features)} f JOIN product_codes p USING (sku_id)
    WHERE ${ofFeatures.join(" AND ")} GROUP BY ALL ORDER BY ALL`);
  const all = stores.reduce((sum, each) => sum + each.rows, 0);
  const step = Math.ceil(all / rows);
  if (step <= 1) return [];
  return [
    `f.store_id IN (${stores
      .filter((_, i) => i % step === 0)
      .map(({ store }) => store)
      .join(", ")})`,
  ];
}

/** A hash of the key picks the same rows in every run. */
async function sampleCondition(
  database: Database,
  source: string,
  where: string,
  rows: number,
): Promise<string> {
  const [count] = await database.rows<{ rows: number }>(
    `SELECT count(*) AS rows FROM ${source} WHERE ${where}`,
  );
  const share = rows / Math.max(1, count?.rows ?? 0);
  if (share >= 1) return "";
  return `AND hash(f.store_id * 1000003 + f.sku_id, f.day) % 1000000 < ${Math.floor(share * 1_000_000)}`;
}

function rowSetOf(batch: ColumnBatch, truth: boolean): RowSet {
  const floats = (name: string) => columnAs(batch, name, Float32Array);
  const ints = (name: string) => columnAs(batch, name, Int32Array);
  return {
    rowCount: batch.rowCount,
    storeIds: ints("store_id"),
    skuIds: ints("sku_id"),
    days: ints("day"),
    categories: ints("category_key"),
    units: floats("units"),
    model: {
      features: { names: MODEL_INPUT_NAMES, rows: batch.rowCount, columns: MODEL_INPUT_NAMES.map(floats) },
      baseline: floats("baseline"),
      naive: floats("naive"),
    },
    sqlBaseline: floats("sql_baseline"),
    movingAverage: floats("moving_average"),
    sold: floats("sold"),
    rowStates: ints("row_state"),
    dayStates: ints("day_state"),
    truth: truth ? { meanKnown: floats("mean_known"), demand: floats("demand_units") } : undefined,
  };
}

/** Positions of the rows for which `holds` is true. */
export function positionsOf(rows: Pick<RowSet, "rowCount">, holds: (row: number) => boolean): Int32Array {
  const positions = new Int32Array(rows.rowCount);
  let count = 0;
  for (let row = 0; row < rows.rowCount; row++) if (holds(row)) positions[count++] = row;
  return positions.slice(0, count);
}

export function modelRowsAt(rows: RowSet, positions: Int32Array): ModelRows {
  const take = (values: Float32Array) => Float32Array.from(positions, (row) => values[row]!);
  return {
    features: takeRows(rows.model.features, positions),
    baseline: take(rows.model.baseline),
    naive: take(rows.model.naive),
  };
}

/** The rows of `positions` that have a label. */
export function labelledRowsAt(rows: RowSet, positions: Int32Array): LabelledRows {
  const labelled = positions.filter((row) => !Number.isNaN(rows.units[row]!));
  return {
    ...modelRowsAt(rows, labelled),
    units: Float32Array.from(labelled, (row) => rows.units[row]!),
  };
}
