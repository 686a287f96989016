import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchReport } from "./report";
import { type Kill, openWeek, runKilledNightIn, runNightIn } from "./support/killed-nights";
import { BENCH_FOLDER } from "./support/training-rows";

/** After a state, and in the middle of what the next one writes. */
const KILLS: readonly Kill[] = [
  { after: "ClaimRun", milliseconds: 0 },
  { after: "PlanRun", milliseconds: 0 },
  { after: "SumShards", milliseconds: 20 },
  { after: "ReduceTrends", milliseconds: 60 },
  { after: "WriteRows", milliseconds: 0 },
  { after: "UseRows", milliseconds: 40 },
  { after: "CollectForecasts", milliseconds: 300 },
  { after: "SimulateOrders", milliseconds: 30 },
  { after: "WriteOrders", milliseconds: 0 },
  { after: "Publish", milliseconds: 0 },
];

/** Ten nights whose process is killed with SIGKILL, each run again: the same bytes as an undisturbed one, nothing told twice. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const room = join(BENCH_FOLDER, "kills");
  await rm(room, { recursive: true, force: true });
  await mkdir(room, { recursive: true });
  try {
    const week = join(room, "week");
    await openWeek(week);
    const files = await runNightIn(week, join(room, "undisturbed"));
    const lines = [];
    for (const [i, kill] of (quick ? KILLS.slice(3, 6) : KILLS).entries()) {
      const killed = await runKilledNightIn(week, join(room, String(i)), kill);
      assert.deepEqual(killed.files, files, `killed after ${kill.after}`);
      const note = [
        killed.wasPublished ? "published by then" : "nothing published by then",
        ...(killed.attempt > 1 ? [`${killed.attempt - 1} kills were too late`] : []),
        "same bytes after the second start",
      ].join("; ");
      lines.push({ what: `${kill.after} + ${killed.milliseconds} ms`, note });
    }
    return {
      ...{ name: "kills", lines, ratios: [] },
      notes: [`${Object.keys(files).length} files compared, SHA-256 of each.`],
    };
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}
