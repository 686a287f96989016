import assert from "node:assert/strict";
import { publishedKey } from "../../../contracts/runs";
import { Journal } from "../../../runtime/pipelines/local/journal";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../runtime/pipelines/local/local-place";
import { LocalRuns } from "../../../runtime/pipelines/local/local-runs";
import { JOURNAL_FILE } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";

describe("LocalRuns", () => {
  const folder = temporaryFolder();
  const place = localPlace();

  function given(name: string) {
    const cloud = new LocalCloud(folder.path(name));
    const runs = new LocalRuns({ cloud, place, now: () => 0, firstRunDate: () => "2026-11-26" });
    return {
      runs,
      journal: (run: string) => new Journal(cloud.at("runs", run, JOURNAL_FILE)),
      publishLake: (cutoff: string) =>
        cloud.writeText(
          JSON.stringify({ cutoff }),
          cloud.objectPath(place.buckets.results, publishedKey("lake")),
        ),
    };
  }

  it("goes on with a run that was killed, though the lake that it published has changed the default day", async () => {
    const { runs, journal, publishLake } = given("killed");
    const run = await runs.start("weekly");
    journal(run).write({ kind: "started", time: 1, input: {} });
    publishLake("2026-11-22");

    const again = await runs.start("weekly");

    assert.deepEqual([run, again], ["weekly-2026-11-26-1", "weekly-2026-11-26-1"]);
    assert.equal(await runs.start("nightly"), "nightly-2026-11-23-1", "of another machine nothing was begun");
  });

  it("goes on with the run that was begun last, and with a day's own when the day is given", async () => {
    const { runs, journal } = given("two-open");
    journal("weekly-2026-11-24-1").write({ kind: "started", time: 2, input: {} });
    journal("weekly-2026-11-25-1").write({ kind: "started", time: 1, input: {} });

    assert.equal(await runs.start("weekly"), "weekly-2026-11-24-1");
    assert.equal(await runs.start("weekly", "2026-11-25"), "weekly-2026-11-25-1");
  });

  it("starts a new run when the last one has ended, by the lake's last day", async () => {
    const { runs, journal, publishLake } = given("ended");
    publishLake("2026-11-22");
    const run = await runs.start("weekly");
    journal(run).write({ kind: "started", time: 1, input: {} });
    journal(run).write({ kind: "ended", status: "FAILED" });

    assert.deepEqual([run, await runs.start("weekly")], ["weekly-2026-11-23-1", "weekly-2026-11-23-2"]);
  });
});
