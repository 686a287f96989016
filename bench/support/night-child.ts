/** A week and the night after it by the state machines, in a process of its own; prints seconds by state as JSON. */
import { openLocalAccount } from "../../scripts/pipeline/local-account";

async function main([account, stores, skus, days, shards]: readonly string[]): Promise<void> {
  const world = { stores: Number(stores), skus: Number(skus), days: Number(days), seed: 11 };
  const sizes = { shardCount: Number(shards), lateStoreShareMax: 1 };
  const runs = await openLocalAccount({ account, world, sizes });
  for (const kind of ["weekly", "nightly"] as const) {
    const seconds: Record<string, number> = {};
    const entered = new Map<string, number>();
    const started = performance.now();
    const end = await runs.follow(await runs.start(kind, undefined), (event) => {
      // A slash: inside a map or a branch, whose own line has it.
      if (event.state.includes("/")) return;
      if (event.kind === "entered") entered.set(event.state, performance.now());
      if (event.kind === "left")
        seconds[event.state] = (performance.now() - entered.get(event.state)!) / 1000;
    });
    const all = (performance.now() - started) / 1000;
    process.stdout.write(`${JSON.stringify({ kind, ...end, all, seconds })}\n`);
  }
}

void main(process.argv.slice(2));
