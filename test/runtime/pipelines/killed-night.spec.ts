import assert from "node:assert/strict";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, objectsOf, published, runNight } from "./support/run-night";
import { openCloud, standInJobs } from "./support/stand-in-jobs";

/** Before the call did anything, and after it did all of it. */
const PLACES = [
  ["ClaimRun", "after"],
  ["PublishLake", "before"],
  ["PlanRun", "after"],
  ["SumShardsShard", "before"],
  ["WriteRowsShard", "after"],
  ["ScoreCategory", "after"],
  ["CollectForecasts", "before"],
  ["MayPublish", "after"],
  ["Publish", "before"],
  ["Publish", "after"],
  ["EndRun", "after"],
] as const;

describe("a night whose process is killed", () => {
  const folder = temporaryFolder();

  it("ends as if it had not been, wherever that was, and publishes once", async () => {
    const undisturbed = openCloud(folder.path("undisturbed"));
    await runNight(undisturbed);

    for (const [place, when] of PLACES) {
      const cloud = openCloud(folder.path(`${place}-${when}`));
      const process = new AbortController();
      const jobs = standInJobs(cloud);
      // What the call did stays; that it was done is in no journal.
      const answer: Answer = async (call, callId) => {
        if (call.state === place && when === "after") await jobs(call, callId);
        if (call.state !== place) return jobs(call, callId);
        process.abort();
        throw new Error("killed");
      };

      const killed = await runNight(cloud, { answer, signal: process.signal });
      const isPublished = published(cloud, "night") !== undefined;
      const resumed = await runNight(cloud);

      assert.equal(killed.outcome.status, "ABORTED");
      assert.equal(isPublished, (place === "Publish" && when === "after") || place === "EndRun");
      assert.equal(resumed.outcome.status, "SUCCEEDED", `${when} ${place}`);
      assert.ok(
        !resumed.states.includes("AlreadyClaimed"),
        `${when} ${place}: its own claim stood in its way`,
      );
      assert.deepEqual(objectsOf(cloud), objectsOf(undisturbed), `${when} ${place}`);
      assert.deepEqual(alertsOf(cloud), []);
    }
  });
});
