import { access } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Database, quote } from "../engine/duckdb/database";
import { writeRows } from "../engine/duckdb/write-rows";
import { globSafe } from "../engine/duckdb/glob-safe";
import { UserError } from "../engine/files/clear-error";
import { type ColumnPositions, findColumns } from "../ingest/columns";
import type { IngestConfig } from "../ingest/config";
import { configFor } from "../ingest/config-file";

/** File in the user's data folder: store, item, stock on hand and, if there is one, on order (docs/your-data.md). */
const STOCK_CSV = "stock.csv";
/** What the simulation says would stand in the stores, in the output folder of `simulateOrders`. */
const SIMULATED_STOCK_FILE = "stock.parquet";

/** Stock of the coming morning as a query of store_id, sku_id, on_hand and on_order. */
export interface StockSource {
  readonly query: string;
  /** Where the figures are from, for people. */
  readonly source: string;
  /** Counted by the user, simulated, or taken as empty: every order line says on which it builds. */
  readonly is: "counted" | "simulated" | "taken as empty";
}

/** Neither a stock file nor a hold-out to simulate: every shelf is taken to be empty. */
const EMPTY: StockSource = {
  is: "taken as empty",
  source: "taken as empty: no stock file, and too little history to simulate one",
  query: "SELECT 0 AS store_id, 0 AS sku_id, 0::DOUBLE AS on_hand, 0::DOUBLE AS on_order WHERE false",
};

export interface StockFolders {
  /** The user's data: a folder, or one file of sales. */
  readonly data?: string;
  /** Folder of `simulateOrders`. */
  readonly simulation?: string;
}

/** The user's stock file, else what was simulated, else nothing. Needs the tables stores and products. */
export async function findStock(
  database: Database,
  { data, simulation }: StockFolders,
): Promise<StockSource> {
  const csv = data === undefined ? undefined : join(data, STOCK_CSV);
  if (csv !== undefined && (await exists(csv))) return readStockFile(database, csv);
  const simulated = simulation === undefined ? undefined : join(simulation, SIMULATED_STOCK_FILE);
  if (simulated === undefined || !(await exists(simulated))) return EMPTY;
  return {
    is: "simulated",
    query: `FROM ${quote(globSafe(simulated))}`,
    source: "simulated: no stock file, so the recommended orders were run through the hold-out",
  };
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** By the names that sales files may use too. */
function columnsOf(file: string, names: readonly string[], config: IngestConfig): ColumnPositions {
  try {
    return findColumns("stock", names, config);
  } catch (error) {
    throw new UserError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readStockFile(database: Database, file: string): Promise<StockSource> {
  const source = `read_csv(${quote(globSafe(file))}, header = true, all_varchar = true)`;
  const columns = await database.rows<{ column_name: string }>(`DESCRIBE FROM ${source}`);
  const names = columns.map(({ column_name }) => column_name);
  const config = await configFor(dirname(file), undefined);
  const positions = columnsOf(file, names, config);
  const text = (name: string) => `f."${(names[positions[name] ?? -1] ?? "").replaceAll('"', '""')}"`;
  const number = (name: string) => `try_cast(replace(${text(name)}, ',', '') AS DOUBLE)`;
  const store = positions.store === undefined ? quote(config.store) : `trim(${text("store")})`;
  const onOrder = positions.onOrder === undefined ? "0::DOUBLE" : `coalesce(${number("onOrder")}, 0)`;
  const query = `
    SELECT s.store_id, p.sku_id, ${number("onHand")} AS on_hand, ${onOrder} AS on_order
    FROM ${source} f JOIN stores s ON s.store_code = ${store} JOIN products p ON p.sku_code = trim(${text("sku")})`;
  const [wrong] = await database.rows<{ store_id: number; sku_id: number }>(
    `SELECT store_id, sku_id FROM (${query}) WHERE on_hand IS NULL OR on_hand < 0 OR isnan(on_hand) LIMIT 1`,
  );
  if (wrong) {
    throw new Error(
      `${file} has a stock on hand that is not a number from 0 up (store ${wrong.store_id}, SKU ${wrong.sku_id})`,
    );
  }
  const [count] = await database.rows<{ count: number }>(
    `SELECT count(DISTINCT (store_id, sku_id)) AS count FROM (${query})`,
  );
  return { query, is: "counted", source: `${STOCK_CSV}: ${count?.count ?? 0} items` };
}

export interface SimulatedStock {
  readonly storeId: number;
  readonly skuId: number;
  readonly onHand: number;
  readonly onOrder: number;
}

export async function writeSimulatedStock(
  database: Database,
  all: readonly SimulatedStock[],
  folder: string,
): Promise<void> {
  const ids = (value: (stock: SimulatedStock) => number) => Int32Array.from(all, value);
  const units = (value: (stock: SimulatedStock) => number) => Float64Array.from(all, value);
  await writeRows(
    database,
    [
      { name: "store_id", type: "INTEGER", values: ids(({ storeId }) => storeId) },
      { name: "sku_id", type: "INTEGER", values: ids(({ skuId }) => skuId) },
      { name: "on_hand", type: "DOUBLE", values: units(({ onHand }) => onHand) },
      { name: "on_order", type: "DOUBLE", values: units(({ onOrder }) => onOrder) },
    ],
    "FROM rows ORDER BY store_id, sku_id",
    join(folder, SIMULATED_STOCK_FILE),
    "parquet",
  );
}
