import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { dayNumber, isoDate } from "../../forecasting/calendar/day";
import { SeriesBlockBuilder, type SeriesBlock } from "../../forecasting/features/series-block";
import { lakePaths } from "../../contracts/lake-layout";
import { CELL, HISTORY_DAYS, packedOf, type CellSeries } from "../../forecasting/baseline/baseline-tables";
import { quote, type Database } from "../engine/duckdb/database";
import { columnAs } from "../engine/duckdb/columns";
import { globSafe } from "../engine/duckdb/glob-safe";

/** The history of one block, one cell per day: the series of the features' kernel, with what the baseline needs as well. */
export interface CellBlock {
  readonly seriesCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly firstDays: Int32Array;
  /** Series s has the cells offsets[s] to offsets[s + 1] - 1. */
  readonly offsets: Int32Array;
  readonly cells: Int32Array;
}

/** The macro of store-days.sql that the cells are packed with. */
const PROMOTION_KEY = `CREATE OR REPLACE MACRO promotion_key(promo_type, discount_share) AS
  CAST(coalesce(promo_type, 0) AS INTEGER) * 100 + CAST(round(coalesce(discount_share, 0) * 20) AS INTEGER)`;

/** Reads the last HISTORY_DAYS of a block; validates order and density on the way. */
export async function readCells(
  database: Database,
  lake: string,
  block: number,
  cutoff: string,
): Promise<CellBlock> {
  await database.run(PROMOTION_KEY);
  const source = `read_parquet(${quote(lakePaths.daily(globSafe(lake), block))}, hive_partitioning = false)`;
  const firstDay = isoDate(dayNumber(cutoff) - HISTORY_DAYS + 1);
  const where = `day BETWEEN DATE '${firstDay}' AND DATE '${cutoff}'`;
  const [size] = await database.rows<{ count: number }>(
    `SELECT count(*) AS count FROM ${source} WHERE ${where}`,
  );
  // The builder checks what the kernel relies on; the cells go through it as its packed values.
  const builder = new SeriesBlockBuilder(size?.count ?? 0);
  const sql = `SELECT store_id, sku_id, day, (${CELL.sql})::INTEGER AS cell FROM ${source} WHERE ${where}`;
  for await (const batch of database.stream(sql)) {
    const ints = (name: string) => columnAs(batch, name, Int32Array);
    builder.add(ints("store_id"), ints("sku_id"), ints("day"), ints("cell"), batch.rowCount);
  }
  const { packed, ...series } = builder.finish();
  return { ...series, cells: packed };
}

/** One series of a block. */
export function seriesAt(block: CellBlock, series: number): CellSeries {
  return {
    storeId: block.storeIds[series]!,
    skuId: block.skuIds[series]!,
    firstDay: block.firstDays[series]!,
    cells: block.cells.subarray(block.offsets[series]!, block.offsets[series + 1]!),
  };
}

/**
 * Keeps a block in a work file between two passes: what has been decoded once costs a plain read the second time, and all
 * blocks of a large chain together would take 0.7 GB of memory.
 */
export function writeCellFile(file: string, block: CellBlock): void {
  const handle = openSync(file, "w");
  try {
    const parts = [block.storeIds, block.skuIds, block.firstDays, block.offsets, block.cells];
    for (const part of [Int32Array.of(block.seriesCount), ...parts]) writeSync(handle, part);
  } finally {
    closeSync(handle);
  }
}

/** Reads work files one after the other into the same memory: what it returned is valid until the next read. */
export class CellFileReader {
  private words = new Int32Array(0);
  private packed = new Int32Array(0);

  public read(file: string): CellBlock {
    const handle = openSync(file, "r");
    try {
      const length = fstatSync(handle).size / Int32Array.BYTES_PER_ELEMENT;
      if (length > this.words.length) this.words = new Int32Array(Math.ceil(length * 1.1));
      readSync(handle, this.words, 0, length * Int32Array.BYTES_PER_ELEMENT, 0);
      return blockOf(this.words.subarray(0, length));
    } finally {
      closeSync(handle);
    }
  }

  /** A block as the features' kernel reads it. */
  public seriesBlock({ cells, ...series }: CellBlock): SeriesBlock {
    const pack = packedOf;
    if (cells.length > this.packed.length) this.packed = new Int32Array(Math.ceil(cells.length * 1.1));
    const { packed } = this;
    for (let i = 0; i < cells.length; i++) packed[i] = pack(cells[i]!);
    return { ...series, packed };
  }
}

function blockOf(words: Int32Array): CellBlock {
  const seriesCount = words[0]!;
  let at = 1;
  const take = (length: number) => words.subarray(at, (at += length));
  return {
    seriesCount,
    storeIds: take(seriesCount),
    skuIds: take(seriesCount),
    firstDays: take(seriesCount),
    offsets: take(seriesCount + 1),
    cells: words.subarray(at),
  };
}
