import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchReport } from "./report";
import { runChild } from "./support/child-process";
import { linesOf, type MeasuredMachine, measuredMachine } from "./support/measured-machine";
import { BENCH_FOLDER } from "./support/training-rows";

const SIZES = {
  quick: { stores: 8, skus: 120, days: 130 },
  full: { stores: 50, skus: 3000, days: 130 },
} as const;
const SHARDS = 4;
/** At this size the start of each shard's job counts; what cutting may cost is held at the size of the chain. */
const NO_TARGET = "none at this size: see night";

interface Pair {
  readonly weekly: MeasuredMachine;
  readonly nightly: MeasuredMachine;
}

/**
 * A week and the night after it by the state machines on this computer, from files to the manifest, state by state; every model
 * scores through the files that Batch Transform would read. And what cutting the lake into shards costs the night.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = SIZES[quick ? "quick" : "full"];
  const whole = await runPair(size, 1);
  const sharded = await runPair(size, SHARDS);
  return {
    name: "machines",
    lines: [
      ...linesOf("weekly", whole.weekly),
      ...linesOf("nightly, 1 shard", whole.nightly),
      ...linesOf(`nightly, up to ${SHARDS} shards`, sharded.nightly),
    ],
    ratios: [
      {
        name: `night: ${SHARDS} shards / 1 shard, seconds`,
        value: sharded.nightly.seconds / whole.nightly.seconds,
        target: NO_TARGET,
      },
      {
        name: `night: ${SHARDS} shards / 1 shard, CPU seconds`,
        value: sharded.nightly.cpuSeconds / whole.nightly.cpuSeconds,
        target: NO_TARGET,
      },
    ],
    notes: [
      `${size.stores} stores x ${size.skus} SKUs, ${size.days} days of history. Jobs take turns, two threads each.`,
    ],
  };
}

async function runPair(
  { stores, skus, days }: (typeof SIZES)[keyof typeof SIZES],
  shards: number,
): Promise<Pair> {
  const account = join(BENCH_FOLDER, "machines-account");
  await rm(account, { recursive: true, force: true });
  const script = join(__dirname, "support", "night-child.ts");
  const numbers = [stores, skus, days, shards].map(String);
  try {
    const child = await runChild(process.execPath, ["--import", "tsx", script, account, ...numbers]);
    return { weekly: measuredMachine(child, "weekly"), nightly: measuredMachine(child, "nightly") };
  } finally {
    await rm(account, { recursive: true, force: true });
  }
}
