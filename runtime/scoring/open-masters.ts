import { lakePaths } from "../../contracts/lake-layout";
import { Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { WORKER_MEGABYTES } from "./score-pass";

/** A worker's database with the stores and products of a lake: what forecasts take their codes from. */
export async function openMasters(lake: string): Promise<Database> {
  const database = await Database.open({
    memoryMegabytes: WORKER_MEGABYTES,
    threadCount: 1,
    keepsJoinOrder: true,
  });
  for (const table of ["stores", "products"] as const) {
    await database.run(`CREATE TABLE ${table} AS FROM ${quote(lakePaths.master(globSafe(lake), table))}`);
  }
  return database;
}
