import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchReport } from "./report";
import { openChainAccount } from "./support/chain-account";
import { runChild } from "./support/child-process";
import { linesOf, type MeasuredMachine, measuredMachine, peakOf } from "./support/measured-machine";
import { scoringInputs, scoringLake } from "./support/scoring-setup";
import { BENCH_FOLDER } from "./support/training-rows";
import { gigabytes, took } from "./support/words";

const SIZES = { quick: { stores: 20, skus: 1000 }, full: { stores: 500, skus: 3000 } } as const;
/** Twice what prod cuts the chain into: cutting must cost nothing. */
const SHARDS = 8;

/**
 * The nightly machine for the whole chain on this computer: uncut, and cut into shards whose jobs take turns. A lake of the chain and a
 * week of a small one are made before, and not timed; every model scores through the files that Batch Transform would read.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  const { lake, summary } = await scoringLake(size);
  const inputs = await scoringInputs(size);
  const night = async (shards: number): Promise<MeasuredMachine> => {
    const account = join(BENCH_FOLDER, "night-account");
    await rm(account, { recursive: true, force: true });
    try {
      await openChainAccount(account, { folder: lake, cutoff: summary.cutoff }, inputs);
      const script = join(__dirname, "support", "chain-night-child.ts");
      const words = [account, summary.cutoff, String(shards)];
      return measuredMachine(
        await runChild(process.execPath, ["--import", "tsx", script, ...words]),
        "nightly",
      );
    } finally {
      await rm(account, { recursive: true, force: true });
    }
  };
  const [whole, sharded] = [await night(1), await night(SHARDS)];
  return {
    name: "night",
    lines: [...linesOf("1 shard", whole), ...linesOf(`up to ${SHARDS} shards`, sharded)],
    ratios: [
      { name: "shards / whole, seconds", value: sharded.seconds / whole.seconds, target: "<= 1.15" },
      {
        name: "shards / whole, CPU seconds",
        value: sharded.cpuSeconds / whole.cpuSeconds,
        target: "<= 1.15",
      },
      { name: "shards / whole, peak memory", value: peakOf(sharded) / peakOf(whole), target: "<= 1" },
    ],
    claims: [
      {
        what: `A night of ${size.stores} stores x ${size.skus.toLocaleString("en")} SKUs by the local nightly machine, in ${SHARDS} shards`,
        ours: wordsOf(sharded),
        peer: `uncut: ${wordsOf(whole)}`,
        ratio: sharded.cpuSeconds / whole.cpuSeconds,
      },
    ],
    notes: [
      `${size.stores} stores x ${size.skus} SKUs x 7 days, ${(summary.rowCount / 1e6).toFixed(0)} million rows of history, two models a category.`,
      "Simulated stock is that of the small chain's stores: the others order from empty shelves, which is the most order lines.",
    ],
  };
}

function wordsOf(machine: MeasuredMachine): string {
  return `${took(machine)}, ${gigabytes(peakOf(machine))}`;
}
