import { mkdir } from "node:fs/promises";
import { LAKE_FEATURE_NAMES } from "../../contracts/model-input";
import { blockName } from "../../contracts/lake-layout";
import { KEY_COLUMNS } from "../../forecasting/features/feature-list";
import { featureRows, newBatchBuffers, type BatchBuffers } from "../../forecasting/features/kernel";
import { FeatureReader } from "./feature-reader";
import { readFeatureSql, selectBlock, targetRange, type RangeOptions } from "./feature-session";
import { runConcurrently } from "../engine/threads/run-concurrently";
import { withSpillFolder } from "../engine/duckdb/with-spill-folder";
import { replaceFolder } from "../engine/files/replace-folder";
import { quote } from "../engine/duckdb/database";
import { ParquetWriter, type ParquetColumn } from "../engine/parquet/parquet-writer";
import { chosenBlocks } from "../lake/chosen-blocks";
import { readLake } from "../lake/read-lake";
import { globSafe } from "../engine/duckdb/glob-safe";

/**
 * "kernel" runs the definitions on typed arrays, "sql" in DuckDB alone: the same rows (docs/adr/0020). The kernel needs
 * a dense lake and a fraction of the processor time; SQL takes any lake.
 */
type FeatureEngine = "kernel" | "sql";

export interface BuildFeaturesOptions extends RangeOptions {
  readonly lake: string;
  /** Folder of the result, block=<nnn>/features.parquet each; replaced as a whole. */
  readonly out: string;
  /** @default kernel */
  readonly engine?: FeatureEngine;
  /** Folder of `reduceChain` for the same days. */
  readonly chainSums: string;
  /** Blocks to build: one shard's. @default all */
  readonly blocks?: readonly number[];
  readonly onProgress?: (doneBlocks: number, allBlocks: number) => void;
}

export interface FeatureReport {
  readonly rowCount: number;
  readonly blockCount: number;
}

/** Floats of history hardly repeat: a dictionary of more entries only costs time. */
const FEATURE_PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 1000";

/** Rows of a row group: 17 MB of all columns. */
const GROUP_ROWS = 122_880;

/** Blocks in work at the same time: one is read by DuckDB's threads while another is computed by this one. */
const CONCURRENCY = 2;

/** Builds the feature rows of a range of days, block by block: memory does not grow with the number of stores. */
export async function buildFeatures(options: BuildFeaturesOptions): Promise<FeatureReport> {
  const summary = await readLake(options.lake);
  const blocks = chosenBlocks(summary, options.blocks);
  const range = targetRange(options, summary);
  const build = options.engine === "sql" ? buildWithSql : buildWithKernel;
  return replaceFolder(options.out, (folder) =>
    withSpillFolder(folder, async (spillFolder) => {
      const reader = await FeatureReader.open(options.lake, range, options.chainSums, spillFolder);
      try {
        let done = 0;
        const rowCount = await build(reader, options.lake, folder, blocks, () =>
          options.onProgress?.(++done, blocks.length),
        );
        if (rowCount === 0) {
          throw new Error(
            `no store sold anything from ${options.from} to ${options.to}: there is no row to build`,
          );
        }
        return { rowCount, blockCount: blocks.length };
      } finally {
        reader.close();
      }
    }),
  );
}

type Build = (
  reader: FeatureReader,
  lake: string,
  folder: string,
  blocks: readonly number[],
  onBlock: () => void,
) => Promise<number>;

const buildWithKernel: Build = async (reader, _lake, folder, blocks, onBlock) => {
  const slots = await Promise.all(
    Array.from({ length: Math.min(CONCURRENCY, blocks.length) }, async () => ({
      reader: await reader.fork(),
      buffers: newBatchBuffers(GROUP_ROWS),
    })),
  );
  let rowCount = 0;
  try {
    await runConcurrently(blocks, slots.length, async (block, index) => {
      const slot = slots[index]!;
      const { series, tables } = await slot.reader.load(block);
      const next = featureRows(series, tables, reader.range, slot.buffers);
      const rows = await writeFeatureFile(await featureFile(folder, block), slot.buffers, next);
      rowCount += rows;
      onBlock();
    });
  } finally {
    slots.forEach((slot) => slot.reader.close());
  }
  return rowCount;
};

const COLUMNS: readonly ParquetColumn[] = [
  ...KEY_COLUMNS,
  ...LAKE_FEATURE_NAMES.map((name) => ({ name, type: "FLOAT" as const })),
];

/** Writes row groups as long as `next` fills the buffers. */
async function writeFeatureFile(path: string, buffers: BatchBuffers, next: () => number): Promise<number> {
  const { storeIds, skuIds, days, units, features } = buffers;
  const values = [storeIds, skuIds, days, units, ...features];
  const writer = await ParquetWriter.open(path, COLUMNS, GROUP_ROWS);
  let rowCount = 0;
  try {
    for (let count = next(); count > 0; count = next()) {
      await writer.write(values, count);
      rowCount += count;
    }
    await writer.close();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return rowCount;
}

const buildWithSql: Build = async (reader, lake, folder, blocks, onBlock) => {
  const { connection } = reader;
  const features = await readFeatureSql("features");
  let rowCount = 0;
  for (const block of blocks) {
    await selectBlock(connection, lake, block);
    await connection.run(await readFeatureSql("store-day"));
    await connection.run(await readFeatureSql("history"));
    const path = await featureFile(folder, block);
    await connection.run(`COPY (${features}) TO ${quote(path)} (${FEATURE_PARQUET})`);
    const [written] = await connection.rows<{ count: number }>(
      `SELECT count(*) AS count FROM ${quote(globSafe(path))}`,
    );
    rowCount += written?.count ?? 0;
    onBlock();
  }
  return rowCount;
};

async function featureFile(folder: string, block: number): Promise<string> {
  const target = `${folder}/${blockName(block)}`;
  await mkdir(target, { recursive: true });
  return `${target}/features.parquet`;
}
