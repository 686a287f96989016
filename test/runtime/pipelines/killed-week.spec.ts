import assert from "node:assert/strict";
import { CATEGORIES } from "../../../contracts/categories";
import type { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, objectsOf, published, runWeek } from "./support/run-night";
import { openCloud, standInJobs } from "./support/stand-in-jobs";

/** Before the call did anything, and after it did all of it. Those of a category are met by the first that gets there. */
const PLACES = [
  ["ClaimRun", "after"],
  ["FitBaseline", "after"],
  ["WriteTrainingSet", "before"],
  ["EvaluateLive", "after"],
  ["Publish", "before"],
  ["Publish", "after"],
  ["ClaimCategory", "after"],
  ["Train", "after"],
  ["Judge", "before"],
  ["Register", "before"],
  ["Register", "after"],
  ["Approve", "after"],
  ["CopyArchive", "after"],
  ["PointChallenger", "before"],
  ["PointChallenger", "after"],
  ["AnnounceChallenger", "after"],
  ["ReleaseCategory", "after"],
  ["EndRun", "after"],
] as const;

/** What is registered, and which version each pointer names. */
function recordsOf(cloud: LocalCloud): Record<string, unknown> {
  const of = (...folder: string[]) =>
    cloud.names(...folder).map((name) => [[...folder, name].join("/"), cloud.readJson(...folder, name)]);
  const packages = CATEGORIES.flatMap((name) => of("packages", `smartretail-dev-${name}`));
  return Object.fromEntries([...packages, ...of("parameters")]) as Record<string, unknown>;
}

describe("a week whose process is killed", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("registers and points as if it had not been, wherever that was, and once a category", async () => {
    const undisturbed = openCloud(folder.path("undisturbed"));
    await runWeek(undisturbed);
    const [objects, records] = [objectsOf(undisturbed), recordsOf(undisturbed)];
    assert.equal(
      Object.keys(records).filter((name) => name.startsWith("packages/")).length,
      CATEGORIES.length,
    );

    for (const [place, when] of PLACES) {
      const cloud = openCloud(folder.path(`${place}-${when}`));
      const process = new AbortController();
      const jobs = standInJobs(cloud);
      // What the call did stays; that it was done is in no journal.
      const answer: Answer = async (call, callId) => {
        if (call.state !== place || process.signal.aborted) return jobs(call, callId);
        if (when === "after") await jobs(call, callId);
        process.abort();
        throw new Error("killed");
      };

      const killed = await runWeek(cloud, { answer, signal: process.signal });
      const isPublished = published(cloud, "week")?.["runDate"] === "2026-11-25";
      const resumed = await runWeek(cloud);

      const where = `${when} ${place}`;
      assert.equal(killed.outcome.status, "ABORTED", where);
      const publishes = PLACES.findIndex(([name, side]) => name === "Publish" && side === "after");
      const at = PLACES.findIndex(([name, side]) => name === place && side === when);
      assert.equal(isPublished, at >= publishes, where);
      assert.equal(resumed.outcome.status, "SUCCEEDED", where);
      assert.ok(!resumed.states.includes("AlreadyClaimed"), `${where}: its own claim stood in its way`);
      assert.deepEqual(recordsOf(cloud), records, where);
      assert.deepEqual(objectsOf(cloud), objects, where);
      assert.deepEqual(
        alertsOf(cloud).map(({ Subject }) => Subject),
        alertsOf(undisturbed).map(({ Subject }) => Subject),
        where,
      );
    }
  });
});
