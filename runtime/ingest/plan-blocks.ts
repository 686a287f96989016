import { ROWS_PER_BLOCK, SERIES_TAIL_DAYS } from "../../forecasting/lake/schema";
import type { Database } from "../engine/duckdb/database";

/** A part of a block that is made at a time: ranges of final ids, both ends included. */
export interface Slice {
  readonly stores: readonly [from: number, to: number];
  readonly skus: readonly [from: number, to: number];
}

export interface Block {
  readonly block: number;
  readonly slices: readonly Slice[];
}

export interface BlockPlan {
  readonly blockOf: ReadonlyMap<number, number>;
  /** Blocks of which at least one store sold something. */
  readonly blocks: readonly Block[];
}

/** A single store that is larger than this many blocks is made in slices of its items. */
const LARGEST_SLICE = 1.5 * ROWS_PER_BLOCK;
const ALL_SKUS = 2_147_483_647;

/** Puts neighbouring stores into blocks by the rows that their pairs will really have. Reads the table `pairs`. */
export async function planBlocks(database: Database, storeCount: number): Promise<BlockPlan> {
  const sizes = await database.rows<{ store: number; size: number }>(`
    SELECT store_id AS store, sum(${ROWS_OF_PAIR}) AS size FROM pairs GROUP BY store_id`);
  const sizeOf = new Map(sizes.map(({ store, size }) => [store, size]));
  const blockOf = new Map<number, number>();
  const blocks: Block[] = [];
  for (const { block, from, to, rows } of neighbours(storeCount, (store) => sizeOf.get(store) ?? 0)) {
    for (let store = from; store <= to; store++) blockOf.set(store, block);
    if (rows > 0) blocks.push({ block, slices: await slicesOf(database, from, to, rows) });
  }
  return { blockOf, blocks };
}

const ROWS_OF_PAIR = `least(last_day + ${SERIES_TAIL_DAYS}, CAST(getvariable('cutoff') AS DATE)) - first_day + 1`;

function neighbours(storeCount: number, sizeOf: (store: number) => number) {
  const found: { block: number; from: number; to: number; rows: number }[] = [];
  for (let store = 1; store <= storeCount; store++) {
    const size = sizeOf(store);
    const last = found.at(-1);
    if (last && last.rows + size <= ROWS_PER_BLOCK) {
      last.to = store;
      last.rows += size;
    } else found.push({ block: found.length, from: store, to: store, rows: size });
  }
  return found;
}

async function slicesOf(database: Database, from: number, to: number, rows: number): Promise<Slice[]> {
  if (rows <= LARGEST_SLICE) return [{ stores: [from, to], skus: [0, ALL_SKUS] }];
  const ranges = await database.rows<{ from: number; to: number }>(`
    SELECT min(sku_id) AS from, max(sku_id) AS to
    FROM (
      SELECT sku_id, sum(${ROWS_OF_PAIR}) OVER (ORDER BY sku_id) // ${ROWS_PER_BLOCK} AS slice
      FROM pairs WHERE store_id BETWEEN ${from} AND ${to}
    ) AS counted
    GROUP BY slice ORDER BY 1`);
  return ranges.map((range) => ({ stores: [from, to], skus: [range.from, range.to] }));
}
