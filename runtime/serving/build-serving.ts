import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CATEGORIES } from "../../contracts/categories";
import { SERVING_FILES, SERVING_FILES_VERSION, type ServingNight } from "../../contracts/serving-files";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { findQuantileSteps } from "../../forecasting/distribution/find-quantile-steps";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import type { Database } from "../engine/duckdb/database";
import { replaceFolder } from "../engine/files/replace-folder";
import { readEvaluation } from "../evaluation/evaluate";
import { withLake } from "../lake/lake-views";
import { readLake } from "../lake/read-lake";
import { type NightModels, readNightModels } from "../scoring/night-models";
import { chainNight } from "./chain-night";
import { orderNights } from "./order-nights";
import { storeNights } from "./store-nights";

const MEMORY_MEGABYTES = 500;
/** Ends of the 80 % interval that the API shows. */
const INTERVAL_LEVELS = [0.1, 0.9] as const;
/** zlib's levels above take twice as long for a tenth less. */
const GZIP_LEVEL = 4;

export interface ServingOptions {
  readonly lake: string;
  /** Folders of `evaluate`, `batchScore` or `collectForecasts`, and `orderWeek`. */
  readonly evaluation: string;
  readonly forecasts: string;
  readonly orders: string;
  /** Folder of the result (contracts/serving-files.ts), replaced as a whole. */
  readonly out: string;
}

export interface ServingReport {
  readonly stores: number;
  readonly skus: number;
}

/** Writes last night's forecasts and orders as the API reads them: one small file a store. */
export async function buildServing(options: ServingOptions): Promise<ServingReport> {
  await distributionReady;
  const { cutoff } = await readLake(options.lake);
  const { dispersions } = await readEvaluation(options.evaluation);
  // Two threads give a join's rows in the order in which they are done with a row group, not in that of the file.
  const inOrder = { memoryMegabytes: MEMORY_MEGABYTES, keepsJoinOrder: true, threadCount: 1 };
  return replaceFolder(options.out, (out) =>
    withLake(options.lake, inOrder, async (database) => {
      for (const name of ["stores", "orders"]) await mkdir(join(out, name));
      const write = (name: string, value: object) => {
        const zipped = gzipSync(JSON.stringify(value), { level: GZIP_LEVEL });
        return writeFile(join(out, name), zipped);
      };
      const chain = await chainNight(database, options.forecasts);
      await write(SERVING_FILES.chain, chain);
      const { champion, challenger, calibrations } = await nightModels(options.forecasts);
      const isCalibrated = calibrations !== undefined;
      for await (const { storeId, night } of storeNights(database, options.forecasts, isCalibrated)) {
        await write(SERVING_FILES.store(storeId), night);
      }
      for await (const { storeId, night } of orderNights(database, options, cutoff)) {
        await write(SERVING_FILES.orders(storeId), night);
      }
      const night: ServingNight = {
        version: SERVING_FILES_VERSION,
        cutoff,
        models: { champion, challenger },
        ...(isCalibrated ? { calibrations } : {}),
        intervals: intervalsOf(dispersions.published),
        stores: await storesOf(database),
      };
      await writeFile(join(out, SERVING_FILES.night), `${JSON.stringify(night, undefined, 1)}\n`);
      return { stores: Object.keys(night.stores).length, skus: Object.keys(chain.skus).length };
    }),
  );
}

function intervalsOf(dispersions: readonly Dispersion[]): ServingNight["intervals"] {
  return Object.fromEntries(
    CATEGORIES.flatMap((category, i) => {
      const dispersion = dispersions[i];
      if (!dispersion) return [];
      const lookup = new QuantileLookup(dispersion, INTERVAL_LEVELS);
      return [[category, { low: findQuantileSteps(lookup, 0), high: findQuantileSteps(lookup, 1) }]];
    }),
  );
}

async function nightModels(forecasts: string): Promise<NightModels> {
  const found = await readNightModels(forecasts);
  if (!found) throw new Error(`${forecasts} does not say which models it was scored with: score again`);
  return found;
}

async function storesOf(database: Database): Promise<ServingNight["stores"]> {
  const rows = await database.rows<{ id: number; code: string; name: string | null }>(
    "SELECT store_id AS id, store_code AS code, name FROM stores ORDER BY store_code",
  );
  return Object.fromEntries(rows.map(({ id, code, name }) => [code, { id, name: name ?? code }]));
}
