import { columnAs, type ColumnBatch } from "../engine/duckdb/columns";
import { ParquetWriter, type ParquetColumn } from "../engine/parquet/parquet-writer";
import type { ScoredRows } from "./scored-rows";

/** Scored out-of-sample rows in the output folder of `evaluate`. */
export const SCORED_FILE = "scored.parquet";

/** Rows of a row group. */
const GROUP_ROWS = 122_880;

const KEYS = ["store_id", "sku_id", "day", "category"] as const;
const MEANS = ["champion", "challenger", "baseline", "moving_average", "naive"] as const;
const TRUTH = ["mean_known", "demand"] as const;
/** Columns of the file in order; those of the truth are NULL where it is not known. */
export const SCORED_COLUMNS = [...KEYS, "units", ...MEANS, ...TRUTH] as const;

const typeOf = (name: string): ParquetColumn["type"] =>
  name === "day" ? "DATE" : (KEYS as readonly string[]).includes(name) ? "INTEGER" : "FLOAT";

export async function writeScoredRows(path: string, { rows, means }: ScoredRows): Promise<void> {
  const unknown = () => new Float32Array(rows.rowCount).fill(NaN);
  const columns = [
    ...[rows.storeIds, rows.skuIds, rows.days, rows.categories, rows.units],
    ...[means.champion, means.challenger, means.baseline, means.movingAverage, means.naive],
    ...[rows.truth?.meanKnown ?? unknown(), rows.truth?.demand ?? unknown()],
  ];
  const writer = await ParquetWriter.open(
    path,
    SCORED_COLUMNS.map((name) => ({ name, type: typeOf(name) })),
    GROUP_ROWS,
  );
  for (let start = 0; start < rows.rowCount; start += GROUP_ROWS) {
    const count = Math.min(GROUP_ROWS, rows.rowCount - start);
    await writer.write(
      columns.map((values) => values.subarray(start, start + count)),
      count,
    );
  }
  await writer.close();
}

/** Rows with the columns of the file, as a query gave them in the order store, SKU, day. */
export function scoredRowsOf(batch: ColumnBatch): ScoredRows {
  const floats = (name: string) => columnAs(batch, name, Float32Array);
  const ints = (name: string) => columnAs(batch, name, Int32Array);
  const [meanKnown, demand] = [floats("mean_known"), floats("demand")];
  return {
    rows: {
      rowCount: batch.rowCount,
      storeIds: ints("store_id"),
      skuIds: ints("sku_id"),
      days: ints("day"),
      categories: ints("category"),
      units: floats("units"),
      truth: meanKnown.some((value) => !Number.isNaN(value)) ? { meanKnown, demand } : undefined,
    },
    means: {
      champion: floats("champion"),
      challenger: floats("challenger"),
      baseline: floats("baseline"),
      movingAverage: floats("moving_average"),
      naive: floats("naive"),
    },
  };
}
