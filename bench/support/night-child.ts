/** A week and the night after it by the state machines, in a process of its own; prints what the states took. */
import { openLocalAccount } from "../../scripts/pipeline/local-account";
import { measureMachine } from "./measured-machine";

async function main([account, stores, skus, days, shards]: readonly string[]): Promise<void> {
  const world = { stores: Number(stores), skus: Number(skus), days: Number(days), seed: 11 };
  const sizes = { shardCount: Number(shards), lateStoreShareMax: 1 };
  const runs = await openLocalAccount({ account, world, sizes });
  for (const kind of ["weekly", "nightly"] as const) await measureMachine(runs, kind);
}

void main(process.argv.slice(2));
