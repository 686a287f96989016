/** The night of a chain whose account is there, in a process of its own; prints what the states took. */
import { LocalCloud } from "../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../runtime/pipelines/local/local-place";
import { LocalRuns } from "../../runtime/pipelines/local/local-runs";
import { measureMachine } from "./measured-machine";

async function main([account, today, shards]: readonly string[]): Promise<void> {
  const place = localPlace({ shardCount: Number(shards), lateStoreShareMax: 1 });
  const runs = new LocalRuns({
    cloud: new LocalCloud(account!),
    place,
    now: () => Date.now(),
    firstRunDate: () => today!,
  });
  await measureMachine(runs, "nightly");
}

void main(process.argv.slice(2));
