import { quote, type Database } from "../engine/duckdb/database";
import type { InputMasters } from "./input-masters";
import { stagedFiles } from "./staging";
import { writeIdMap } from "./write-daily";
import type { SeenCodes } from "./write-lake-tables";

/** Final ids follow the order of the codes; codes that never sold are numbered too when a master lists them. */
export async function seenCodes(
  database: Database,
  masters: InputMasters,
  staged: string,
  perBlock: number,
): Promise<SeenCodes> {
  const number = (ids: ReadonlyMap<string, number>) =>
    new Map([...ids.keys()].sort().map((code, i) => [code, i + 1]));
  const storeIds = number(masters.storeBook.ids);
  const skuIds = number(masters.skuBook.ids);
  const pairs = (provisional: ReadonlyMap<string, number>, final: ReadonlyMap<string, number>) =>
    [...provisional].map(([code, id]) => ({ provisional: id, id: final.get(code) ?? 0 }));
  await writeIdMap(database, "store_map", pairs(masters.storeBook.ids, storeIds));
  await writeIdMap(database, "sku_map", pairs(masters.skuBook.ids, skuIds));
  const facts = await database.rows<{ id: number; price: number; first: number }>(`
    SELECT sku_map.id AS id, max(list_price_yen) AS price, min(day) - DATE '1970-01-01' AS first
    FROM read_parquet(${quote(stagedFiles(staged, undefined))}, hive_partitioning = false) AS staged_rows
    JOIN sku_map ON sku_map.provisional = staged_rows.sku_id GROUP BY ALL`);
  return {
    storeIds,
    skuIds,
    blockOf: (code) => Math.floor(((masters.storeBook.ids.get(code) ?? 1) - 1) / perBlock),
    skuFacts: new Map(facts.map(({ id, price, first }) => [id, { priceYen: price, firstDay: first }])),
  };
}

/** Blocks of which at least one store sold something. */
export async function soldBlocks(database: Database, staged: string): Promise<number[]> {
  const files = quote(stagedFiles(staged, undefined));
  const rows = await database.rows<{ block: number }>(
    `SELECT DISTINCT CAST(regexp_extract(file, 'block=(\\d+)', 1) AS INTEGER) AS block FROM glob(${files}) ORDER BY block`,
  );
  return rows.map(({ block }) => block);
}
