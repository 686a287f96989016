import { type FeatureRow, MAX_BATCH_IDENTIFIERS, type OnlineFeatures } from "../../stores/online-features";
import { runConcurrently } from "../../engine/threads/run-concurrently";

/** Calls at the same time: 100 SKUs for a week are seven. */
const CONCURRENCY = 8;
/** Times that identifiers are asked for which the store did not get to. */
const ATTEMPTS = 4;
/** Longest wait before the second attempt; it doubles, and the wait is anything up to it. */
const FIRST_WAIT_MILLISECONDS = 10;

export interface UnreadRows {
  /** Identifiers that were not read, as opposed to read and absent. */
  readonly count: number;
  /** Why, for the first of them. */
  readonly reason?: string;
}

/** Chance in [0, 1): the waits of many functions must not fall together. */
export type Chance = () => number;

/**
 * Reads any number of rows into `rows`, as far as the store gives them until `signal` aborts. Never throws: what has come
 * in by then is of use.
 */
export async function readFeatures(
  features: OnlineFeatures,
  identifiers: readonly string[],
  rows: Map<string, FeatureRow>,
  signal: AbortSignal,
  chance: Chance = Math.random,
): Promise<UnreadRows> {
  const batches: string[][] = [];
  for (let i = 0; i < identifiers.length; i += MAX_BATCH_IDENTIFIERS) {
    batches.push(identifiers.slice(i, i + MAX_BATCH_IDENTIFIERS));
  }
  let count = 0;
  let reason: string | undefined;
  await runConcurrently(batches, CONCURRENCY, async (batch) => {
    const left = await readBatch(features, batch, rows, signal, chance).catch((error: unknown) => {
      reason ??= error instanceof Error ? error.message : String(error);
      return batch.filter((identifier) => !rows.has(identifier));
    });
    count += left.length;
  });
  if (count > 0) reason ??= "the store left them unprocessed";
  return { count, reason };
}

/** @returns what the store never got to */
async function readBatch(
  features: OnlineFeatures,
  batch: readonly string[],
  into: Map<string, FeatureRow>,
  signal: AbortSignal,
  chance: Chance,
): Promise<readonly string[]> {
  let wanted = batch;
  for (let attempt = 0; attempt < ATTEMPTS && wanted.length > 0 && !signal.aborted; attempt++) {
    if (attempt > 0) await pause(chance() * FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1), signal);
    const { rows, unprocessed } = await features.readBatch(wanted, signal);
    for (const [identifier, row] of rows) into.set(identifier, row);
    wanted = unprocessed;
  }
  return wanted;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
