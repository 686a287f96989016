import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES } from "../../../contracts/categories";
import type { MachineKind } from "../../../contracts/machines";
import type { NightManifest, WeekManifest } from "../../../contracts/runs";
import { readSimulation } from "../../../runtime/ordering/simulate-orders";
import { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../runtime/pipelines/local/local-place";
import type { LocalRuns } from "../../../runtime/pipelines/local/local-runs";
import { openLocalAccount } from "../../../scripts/pipeline/local-account";
import { temporaryFolder } from "../support/temporary-folder";
import { published } from "./support/run-night";

const WORLD = { stores: 4, skus: 60, days: 110, seed: 7 };

describe("the machines on real stages", () => {
  const folder = temporaryFolder();
  let cloud: LocalCloud;
  let runs: LocalRuns;
  before(async () => {
    cloud = new LocalCloud(folder.path("account"));
    runs = await openLocalAccount({ account: cloud.root, world: WORLD });
  });

  /** @returns the states that were left, without those inside maps */
  async function succeed(kind: MachineKind): Promise<string[]> {
    const states: string[] = [];
    const end = await runs.follow(await runs.start(kind, undefined), ({ kind: what, state }) => {
      if (what === "left") states.push(state);
    });
    assert.equal(end.status, "SUCCEEDED", end.detail);
    return states;
  }

  const manifest = (name: "week" | "night") => published(cloud, name) as unknown;

  it("go from files to a published week, and hold a candidate of each category against what is live", async () => {
    const states = await succeed("weekly");

    const week = manifest("week") as WeekManifest;
    for (const uri of [week.lake, week.baseline, week.evaluation, week.features, week.trainingSet])
      assert.ok(existsSync(cloud.pathOf(uri)), uri);
    assert.ok(states.includes("IngestHistory") && states.includes("EvaluateLive"));
    const judged = states.filter((state) => state.endsWith("/Judge")).length;
    const tooFew = states.filter((state) => state.endsWith("/TooFewRows")).length;
    assert.equal(judged + tooFew, CATEGORIES.length);
    assert.ok(judged > 0);
  });

  it("tune right after the week, and take the best job through the same gate", async () => {
    const states = await succeed("tuning");

    const tuned = states.filter((state) => state.endsWith("/Tune")).length;
    assert.ok(tuned > 0);
    assert.equal(states.filter((state) => state.endsWith("/Judge")).length, tuned);
  });

  it("publish a whole night with orders from simulated stock", async () => {
    const states = await succeed("nightly");

    const night = manifest("night") as NightManifest;
    const completeness = JSON.parse(
      readFileSync(join(cloud.pathOf(night.forecasts), "completeness.json"), "utf8"),
    ) as { expected: number; found: number };
    assert.deepEqual([completeness.found, completeness.expected], [night.expected, night.expected]);
    assert.ok(existsSync(join(cloud.pathOf(night.orders), "orders.csv")));
    assert.ok((await readSimulation(join(cloud.pathOf(night.orders), "..", "simulation")))!.series > 0);
    assert.ok(states.indexOf("MayPublish") < states.indexOf("Publish"));
    assert.ok(!states.includes("AddDay"), "the lake had the day already");
    assert.equal(cloud.names("online", localPlace().onlineGroup).length > 0, true);
  });

  it("let a night in once", async () => {
    const { runDate } = manifest("night") as NightManifest;
    const before = manifest("night");
    const states: string[] = [];

    const end = await runs.follow(await runs.start("nightly", runDate), ({ state }) => states.push(state));

    assert.equal(end.status, "SUCCEEDED");
    assert.ok(states.includes("AlreadyClaimed") && !states.includes("PlanRun"));
    assert.deepEqual(manifest("night"), before);
  });
});
