import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { lakePaths } from "../../../contracts/lake-layout";
import { ingest, type IngestReport } from "../../../runtime/ingest/ingest";
import { workNames } from "../../../runtime/engine/files/work-names";
import type { IngestOptions } from "../../../runtime/ingest/ingest-options";
import { Database, quote } from "../../../runtime/engine/duckdb/database";
import { temporaryFolder } from "./temporary-folder";

export const TODAY = "2026-11-23";
export const HEADER = "transaction,line,store,sku,date,quantity,price";
export const GOOD = ["1,1,S1,A,2026-11-20,2,100", "1,2,S1,B,2026-11-20,1,200", "2,1,S1,A,2026-11-21,1,100"];

export type Files = Readonly<Record<string, string | Buffer>>;

/** A CSV of sales. */
export function csv(...rows: string[]): string {
  return [HEADER, ...rows, ""].join("\n");
}

export function reconcile(report: IngestReport): void {
  assert.equal(report.readCount, report.keptCount + report.mergedCount + report.rejectedCount);
}

export function quarantined(report: IngestReport): string[] {
  return readFileSync(report.quarantine, "utf8").trim().split("\n").slice(1);
}

/** Runs of the ingest for one describe block, each in folders of its own. */
export function ingestRuns() {
  const folder = temporaryFolder();
  let database: Database | undefined;
  let runs = 0;
  before(async () => {
    database = await Database.open();
  });
  after(() => database?.close());

  const rows = <T extends object>(sql: string): Promise<T[]> => {
    assert.ok(database);
    return database.rows<T>(sql);
  };

  /** Writes the files into a folder and ingests them. */
  const run = async (
    files: Files,
    options: Partial<IngestOptions> = {},
  ): Promise<IngestReport & { lake: string }> => {
    const input = folder.path(`input-${++runs}`);
    const lake = folder.path(`lake-${runs}`);
    await mkdir(input);
    for (const [name, content] of Object.entries(files)) await writeFile(`${input}/${name}`, content);
    return { ...(await ingest({ input, lake, today: TODAY, ...options })), lake };
  };

  /** A run that must fail: nothing but the rejected rows may be there afterwards, and its text is returned. */
  const fails = async (files: Files, message: RegExp): Promise<string> => {
    await assert.rejects(run(files), message);
    const lake = folder.path(`lake-${runs}`);
    assert.equal(existsSync(lake), false);
    const rejected = workNames.rejected(lake);
    return existsSync(rejected) ? readFileSync(rejected, "utf8") : "";
  };

  /** The daily table as lines of text. */
  const daily = async (lake: string): Promise<string[]> => {
    const found = await rows<Record<string, unknown>>(`
      SELECT store_code, sku_code, day, units, is_closed FROM ${quote(lakePaths.daily(lake))}
      JOIN ${quote(lakePaths.master(lake, "stores"))} USING (store_id)
      JOIN ${quote(lakePaths.master(lake, "products"))} USING (sku_id) ORDER BY ALL`);
    return found.map(
      (row) => `${row.store_code} ${row.sku_code} ${row.day} ${row.units}${row.is_closed ? " closed" : ""}`,
    );
  };
  return { folder, rows, run, fails, daily };
}
