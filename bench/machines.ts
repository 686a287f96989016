import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchLine, BenchReport } from "./report";
import { lineOf, runChild } from "./support/child-process";
import { BENCH_FOLDER } from "./support/training-rows";

const SIZES = {
  quick: { stores: 8, skus: 120, days: 130 },
  full: { stores: 50, skus: 3000, days: 130 },
} as const;
const SHARDS = 4;
/** A state below this takes no time that matters. */
const SHOWN_SECONDS = 0.3;

interface Machine {
  readonly status: string;
  readonly detail?: string;
  readonly all: number;
  readonly seconds: Readonly<Record<string, number>>;
}

interface Pair {
  readonly weekly: Machine;
  readonly nightly: Machine;
  readonly peakMegabytes: number;
  readonly cpuSeconds: number;
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
      {
        what: "both, 1 shard",
        peakMegabytes: whole.peakMegabytes,
        note: `${whole.cpuSeconds.toFixed(0)} CPU s`,
      },
    ],
    ratios: [
      {
        name: `night: ${SHARDS} shards / 1 shard`,
        value: sharded.nightly.all / whole.nightly.all,
        target: "<= 1.15",
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
    const read = (kind: string) => {
      const machine = JSON.parse(lineOf(child, new RegExp(`^\\{"kind":"${kind}"`)).text) as Machine;
      if (machine.status !== "SUCCEEDED") throw new Error(`${kind}: ${machine.status}, ${machine.detail}`);
      return machine;
    };
    const { peakMegabytes, cpuSeconds } = child;
    return { weekly: read("weekly"), nightly: read("nightly"), peakMegabytes, cpuSeconds };
  } finally {
    await rm(account, { recursive: true, force: true });
  }
}

function linesOf(what: string, { all, seconds }: Machine): BenchLine[] {
  const states = Object.entries(seconds).filter(([, taken]) => taken >= SHOWN_SECONDS);
  return [
    { what, seconds: all },
    ...states.map(([state, taken]) => ({ what: `  ${state}`, seconds: taken })),
  ];
}
