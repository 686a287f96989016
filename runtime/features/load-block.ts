import { SeriesBlockBuilder, type SeriesBlock } from "../../forecasting/features/series-block";
import type { DayTables, TargetRange } from "../../forecasting/features/kernel";
import type { Database } from "../engine/duckdb/database";
import { columnAs } from "../engine/duckdb/columns";

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

/**
 * Reads `sku_day` or `store_day`, which must exist on the connection. Both are made in the order id, day, and a scan keeps
 * it: sorting millions of rows again, or holding them in pieces first, would take twice the memory.
 */
export async function loadDayTable(
  database: Database,
  table: "sku_day" | "store_day",
  range: TargetRange,
): Promise<DayTable> {
  const id = table === "sku_day" ? "sku_id" : "store_id";
  const dayCount = range.toDay - range.fromDay + 1;
  const [size] = await database.rows<{ rows: number; largest: number }>(
    `SELECT count(*) AS rows, coalesce(max(${id}), 0)::INTEGER AS largest FROM ${table}`,
  );
  const { rows, largest } = size!;
  const described = await database.rows<{ column_name: string }>(`DESCRIBE FROM ${table}`);
  const names = described
    .map(({ column_name }) => column_name)
    .filter((name) => name !== id && name !== "day");
  const columns = Object.fromEntries(names.map((name) => [name, new Float32Array(rows)]));
  const positions = new Int32Array(largest + 1).fill(-1);
  let at = 0;
  for await (const batch of database.stream(`SELECT * EXCLUDE (day) FROM ${table}`)) {
    const ids = columnAs(batch, id, Int32Array);
    // Every id has `dayCount` rows in a row.
    for (let i = (dayCount - (at % dayCount)) % dayCount; i < ids.length; i += dayCount)
      positions[ids[i]!] = (at + i) / dayCount;
    for (const name of names) columns[name]!.set(columnAs(batch, name, Float32Array), at);
    at += batch.rowCount;
  }
  return { positions, columns };
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
