import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blockName } from "../../contracts/lake-layout";
import { Database, quote } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { runConcurrently } from "../engine/threads/run-concurrently";
import { MAX_WRITE_RECORDS, type OnlineRecord, type OnlineWriter } from "./online-writer";

export interface PutOnlineOptions {
  /** Folder with block=<nnn>.parquet, columns as the feature group has them. */
  readonly rows: string;
  /** @default all */
  readonly blocks?: readonly number[];
  readonly writer: OnlineWriter;
  /** Folder of online.json; replaced as a whole. */
  readonly out: string;
  /** Between two tries of what was not written, before jitter. @default 200 */
  readonly retryMilliseconds?: number;
}

interface OnlineReport {
  readonly written: number;
}

/** Calls at the same time, and tries of a record: five waits of up to six seconds outlast a throttled minute of the store. */
const CALLS = 8;
const TRIES = 6;
const MEMORY_MEGABYTES = 300;

/**
 * Puts rows into the online store. A record that the store did not get to is no failure and no gap: it is tried again, and
 * what remains after that fails the job. Writing a row twice is writing it once.
 */
export async function putOnline(options: PutOnlineOptions): Promise<OnlineReport> {
  const { rows, writer, retryMilliseconds = 200 } = options;
  return replaceFolder(options.out, async (out) => {
    const database = await Database.open({ memoryMegabytes: MEMORY_MEGABYTES, threadCount: 1 });
    let written = 0;
    try {
      for (const file of filesOfRows(rows, options.blocks)) {
        for await (const batch of batchesOf(database, file)) {
          await writeAll(writer, batch, retryMilliseconds);
          written += batch.length;
        }
      }
    } finally {
      database.close();
    }
    await writeFile(join(out, "online.json"), `${JSON.stringify({ written })}\n`);
    return { written };
  });
}

export function filesOfRows(rows: string, blocks: readonly number[] | undefined): string[] {
  const names = blocks?.map((block) => `${blockName(block)}.parquet`) ?? readdirSync(rows).sort();
  const files = names.filter((name) => name.endsWith(".parquet")).map((name) => join(rows, name));
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Error(`${missing}: there is no such file of rows`);
  return files;
}

/** Records in batches of as many as a round of calls takes; every value as text, as the store wants it. */
async function* batchesOf(database: Database, file: string): AsyncGenerator<OnlineRecord[]> {
  const size = CALLS * MAX_WRITE_RECORDS * 10;
  const source = `SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${quote(file)})`;
  let batch: OnlineRecord[] = [];
  for await (const { rowCount, columns } of database.stream(source)) {
    for (let row = 0; row < rowCount; row++) {
      const values = Object.entries(columns).map(([name, column]) => [name, String(column[row])] as const);
      batch.push(Object.fromEntries(values.filter(([, text]) => text !== "" && text !== "nan")));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function writeAll(
  writer: OnlineWriter,
  records: readonly OnlineRecord[],
  retryMilliseconds: number,
): Promise<void> {
  let left = records;
  for (let attempt = 0; attempt < TRIES && left.length > 0; attempt++) {
    if (attempt > 0) await pause(retryMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    const calls = Array.from({ length: Math.ceil(left.length / MAX_WRITE_RECORDS) }, (_, i) =>
      left.slice(i * MAX_WRITE_RECORDS, (i + 1) * MAX_WRITE_RECORDS),
    );
    const unwritten: OnlineRecord[] = [];
    await runConcurrently(calls, CALLS, async (call) => void unwritten.push(...(await writer.write(call))));
    left = unwritten;
  }
  if (left.length > 0) throw new Error(`${left.length} records were not written after ${TRIES} tries`);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
