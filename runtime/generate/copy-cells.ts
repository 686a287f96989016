import { mkdir } from "node:fs/promises";
import { blockName } from "../../contracts/lake-layout";
import { quote, type Database } from "../engine/duckdb/database";
import type { CellSource } from "./cell-source";
import { PARQUET_OPTIONS } from "../engine/duckdb/write-table";

/** Writes one block of a source that the connection knows, stores from position `firstStore` on; returns its rows. */
export async function copyCells(
  connection: Database,
  cells: CellSource,
  folder: string,
  block: number,
  firstStore: number,
  storeCount: number,
): Promise<number> {
  const target = `${folder}/${blockName(block)}`;
  await mkdir(target, { recursive: true });
  cells.cursor.start(firstStore, storeCount);
  await connection.run(
    `COPY (FROM ${cells.source.name}()) TO ${quote(`${target}/part-0.parquet`)} (${PARQUET_OPTIONS})`,
  );
  return cells.cursor.rowCount;
}
