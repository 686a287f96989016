import { SeriesBlockBuilder, type SeriesBlock } from "../../forecasting/features/series-block";
import type { DayTables, TargetRange } from "../../forecasting/features/kernel";
import type { Database } from "../engine/duckdb/database";
import { columnAs, type ColumnBatch } from "../engine/duckdb/columns";

/** Days of history that the longest window needs before the first target day. */
const HISTORY_DAYS = 118;

/** Reads the block that `observed` shows, as far back as the target days need; validates order and density on the way. */
export async function loadBlock(database: Database, range: TargetRange): Promise<SeriesBlock> {
  const since = `DATE '1970-01-01' + ${range.fromDay - HISTORY_DAYS}`;
  const [size] = await database.rows<{ count: number }>(
    `SELECT count(*) AS count FROM observed WHERE day >= ${since}`,
  );
  const builder = new SeriesBlockBuilder(size?.count ?? 0);
  const sql = `SELECT store_id, sku_id, day, coalesce(units, -1) * 2 + is_promoted AS packed FROM observed WHERE day >= ${since}`;
  for await (const batch of database.stream(sql)) {
    builder.add(
      columnAs(batch, "store_id", Int32Array),
      columnAs(batch, "sku_id", Int32Array),
      columnAs(batch, "day", Int32Array),
      columnAs(batch, "packed", Int32Array),
      batch.rowCount,
    );
  }
  return builder.finish();
}

/** One of the two day tables as arrays: a value per id and target day. */
export interface DayTable {
  readonly positions: Int32Array;
  readonly columns: Readonly<Record<string, Float32Array>>;
}

/** Reads `sku_day` or `store_day`, which must exist on the connection. */
export async function loadDayTable(
  database: Database,
  table: "sku_day" | "store_day",
  range: TargetRange,
): Promise<DayTable> {
  const id = table === "sku_day" ? "sku_id" : "store_id";
  const batch = await database.columns(`FROM ${table} ORDER BY ${id}, day`);
  return {
    positions: positions(columnAs(batch, id, Int32Array), range.toDay - range.fromDay + 1),
    columns: valueColumns(batch),
  };
}

export function joinDayTables(stores: DayTable, skus: DayTable, range: TargetRange): DayTables {
  return {
    fromDay: range.fromDay,
    dayCount: range.toDay - range.fromDay + 1,
    storePositions: stores.positions,
    skuPositions: skus.positions,
    storeColumns: stores.columns,
    skuColumns: skus.columns,
  };
}

/** Position of each id; every id has `dayCount` rows in a row. */
function positions(ids: Int32Array, dayCount: number): Int32Array {
  const largest = ids.reduce((max, id) => Math.max(max, id), 0);
  const found = new Int32Array(largest + 1).fill(-1);
  for (let i = 0; i * dayCount < ids.length; i++) found[ids[i * dayCount] as number] = i;
  return found;
}

function valueColumns(batch: ColumnBatch): Record<string, Float32Array> {
  const names = Object.keys(batch.columns).filter((name) => !["store_id", "sku_id", "day"].includes(name));
  return Object.fromEntries(names.map((name) => [name, columnAs(batch, name, Float32Array)]));
}
