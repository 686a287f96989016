import assert from "node:assert/strict";
import { CATEGORIES } from "../../../contracts/categories";
import { modelPointer } from "../../../contracts/parameters";
import { StateError } from "../../../asl/interpreter/state-error";
import { localAnswers } from "../../../runtime/pipelines/local/answer-task";
import { fileNameOf, type LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, published, runWeek } from "./support/run-night";
import { openCloud, standInJobs } from "./support/stand-in-jobs";

const PROPOSED = "20261027-89abcdef";

describe("a week that goes wrong", () => {
  const folder = temporaryFolder();
  let count = 0;
  let cloud: LocalCloud;
  beforeEach(() => (cloud = openCloud(folder.path(`cloud-${++count}`))));

  const challengerOf = (category: string) =>
    cloud.readJson<{ Value: string }>("parameters", fileNameOf(modelPointer("dev", "challenger", category)))!
      .Value;
  const proposed = () => CATEGORIES.filter((category) => challengerOf(category) === PROPOSED);
  const packages = () =>
    CATEGORIES.filter((name) => cloud.names("packages", `smartretail-dev-${name}`).length > 0);

  /** Fails trainings by their name. */
  function trainingFails(name: RegExp): Answer {
    const others = standInJobs(cloud);
    return async (call, callId) => {
      const job = (call.arguments as { TrainingJobName?: string }).TrainingJobName;
      if (job !== undefined && name.test(job))
        throw new StateError("States.TaskFailed", "Spot capacity was reclaimed");
      return others(call, callId);
    };
  }

  it("proposes a challenger of every category and moves no champion", async () => {
    const week = await runWeek(cloud);

    assert.equal(week.outcome.status, "SUCCEEDED");
    assert.deepEqual([proposed(), packages()], [CATEGORIES, CATEGORIES]);
    const champion = cloud.readJson<{ Value: string }>(
      "parameters",
      fileNameOf(modelPointer("dev", "champion", "food")),
    );
    assert.notEqual(champion!.Value, PROPOSED);
    assert.equal(published(cloud, "week")!["runDate"], "2026-11-25");
  });

  it("trains once more, under another name, when spot instances are taken away", async () => {
    const week = await runWeek(cloud, { answer: trainingFails(/train-drinks-\d{8}-[0-9a-f]{6}$/) });

    assert.equal(week.outcome.status, "SUCCEEDED");
    assert.deepEqual(proposed(), CATEGORIES);
  });

  it("fails for the category whose training fails, after the others are done", async () => {
    const week = await runWeek(cloud, { answer: trainingFails(/train-food/) });

    assert.ok("error" in week.outcome && week.outcome.error === "CategoriesFailed");
    assert.deepEqual(
      proposed(),
      CATEGORIES.filter((name) => name !== "food"),
    );
    assert.equal(published(cloud, "week")!["runDate"], "2026-11-25", "nights have the new baseline");
    assert.ok(alertsOf(cloud).some(({ Subject }) => Subject.includes("food failed")));
  });

  it("registers nothing that the gate rejects, and says why", async () => {
    const reasons = (category: string) => (category === "daily" ? ["bias 7.00 %"] : []);

    const week = await runWeek(cloud, { answer: standInJobs(cloud, { reasons }) });

    assert.equal(week.outcome.status, "SUCCEEDED");
    assert.deepEqual(
      packages(),
      CATEGORIES.filter((name) => name !== "daily"),
    );
    const told = alertsOf(cloud).find(({ Subject }) => Subject.includes("daily was refused by the gate"));
    assert.equal(told!.Message["cause"], "bias 7.00 %");
  });

  it("trains no category again in its pause, however often it is asked to", async () => {
    await runWeek(cloud);

    const storm = await runWeek(cloud, { runDate: "2026-11-26", laterDays: 1 });
    const later = await runWeek(cloud, { runDate: "2026-11-29", laterDays: 4 });

    assert.ok(!storm.states.includes("Train"));
    assert.ok(later.states.includes("Train"));
  });

  describe("with a category of DeepAR", () => {
    const algorithms = { drinks: "deepar" } as const;
    const ofDrinks = () => alertsOf(cloud).filter(({ Subject }) => Subject.includes("training of drinks"));

    it("trains it on its series, judges its answers and registers it, and serves it nowhere", async () => {
      const week = await runWeek(cloud, { algorithms });

      assert.equal(week.outcome.status, "SUCCEEDED");
      const way = ["WriteSeries", "TrainSeries", "CreateSeriesModel", "ForecastHoldOut", "DeleteSeriesModel"];
      assert.deepEqual(
        week.states.filter((state) => [...way, "JudgeSeries", "RegisterSeries"].includes(state)),
        [...way, "JudgeSeries", "RegisterSeries"],
      );
      assert.deepEqual(
        proposed(),
        CATEGORIES.filter((name) => name !== "drinks"),
      );
      assert.deepEqual(packages(), CATEGORIES);
      const [file] = cloud.names("packages", "smartretail-dev-drinks");
      const proposal = cloud.readJson<object>("packages", "smartretail-dev-drinks", file!);
      assert.match(JSON.stringify(proposal), /"PendingManualApproval".*"application\/jsonlines"/);
      assert.match(ofDrinks()[0]!.Subject, /is registered; DeepAR serves neither the API nor the nights$/);
    });

    it("registers nothing that the gate rejects", async () => {
      const week = await runWeek(cloud, {
        algorithms,
        answer: standInJobs(cloud, { reasons: () => ["no"] }),
      });

      assert.deepEqual([week.outcome.status, packages(), proposed()], ["SUCCEEDED", [], []]);
      assert.equal(ofDrinks()[0]!.Message["cause"], "no");
    });

    it("takes its model away and fails for the category when the hold-out cannot be forecast", async () => {
      const others = standInJobs(cloud);
      const answer: Answer = (call, callId) => {
        if (call.state === "ForecastHoldOut") throw new StateError("States.TaskFailed", "bad record");
        return others(call, callId);
      };

      const week = await runWeek(cloud, { algorithms, answer });

      assert.ok("error" in week.outcome && week.outcome.error === "CategoriesFailed");
      assert.ok(week.states.includes("DeleteSeriesModel") && !week.states.includes("JudgeSeries"));
      assert.equal(ofDrinks()[0]!.Message["cause"], "bad record");
      assert.equal(proposed().length, CATEGORIES.length - 1);
    });

    it("says on this computer that it cannot be trained here", async () => {
      const [others, local] = [standInJobs(cloud), localAnswers(cloud)];
      const answer: Answer = (call, callId) => (call.state === "TrainSeries" ? local : others)(call, callId);

      await runWeek(cloud, { algorithms, answer });

      assert.equal(
        ofDrinks()[0]!.Message["cause"],
        "DeepAR is trained in SageMaker's container only: on this computer xgboost is allowed",
      );
    });
  });

  describe("started by drift", () => {
    const DRIFT = { reason: "drift", categories: ["drinks"] } as const;

    it("trains the one category, beside the run that the day has already", async () => {
      const person = await runWeek(cloud, { started: { reason: "person", categories: ["food"] } });
      assert.deepEqual([person.outcome.status, proposed()], ["SUCCEEDED", ["food"]]);

      const week = await runWeek(cloud, { number: 2, started: DRIFT });

      assert.equal(week.outcome.status, "SUCCEEDED");
      assert.ok(week.states.includes("ClaimDrift") && !week.states.includes("ClaimRun"));
      assert.deepEqual(
        proposed(),
        CATEGORIES.filter((name) => name === "food" || name === "drinks"),
      );
    });

    it("makes one run of a storm of signals, and the next when its pause is over", async () => {
      const jobs: string[] = [];
      const counted = standInJobs(cloud);
      const answer: Answer = (call, callId) => {
        if (call.resource.endsWith(".sync")) jobs.push(callId);
        return counted(call, callId);
      };
      const signals = Array.from({ length: 12 }, (_, i) => i + 1);

      const storm = await Promise.all(
        signals.map((number) =>
          runWeek(cloud, { number, started: DRIFT, answer, laterDays: (1 - number) / 24 }),
        ),
      );
      const later = await runWeek(cloud, { number: 13, started: DRIFT, answer, laterDays: 2 });

      assert.equal(storm.filter(({ states }) => states.includes("Train")).length, 1);
      assert.equal(storm.filter(({ states }) => states.at(-1) === "AlreadyClaimed").length, 11);
      assert.equal(new Set(jobs.map((id) => id.split("/")[0])).size, 1, "the others start no job");
      assert.equal(later.states.at(-1), "AlreadyClaimed");
      const free = await runWeek(cloud, { number: 14, started: DRIFT, laterDays: 4 });
      assert.ok(free.states.includes("Train"));
    });

    it("makes no features for a category that the week has trained, and leaves no claim", async () => {
      await runWeek(cloud);

      const paused = await runWeek(cloud, { number: 2, started: DRIFT, laterDays: 1 });
      const free = await runWeek(cloud, { number: 3, started: DRIFT, laterDays: 4 });

      assert.deepEqual(paused.states, [
        "WhatStartedIt",
        "LookAtCategory",
        "IsCategoryFree",
        "AlreadyClaimed",
      ]);
      assert.equal(paused.outcome.status, "SUCCEEDED");
      assert.ok(free.states.includes("Train"));
    });

    it("keeps its pause after a run that failed, so that a standing signal does not repeat it at once", async () => {
      const failed = await runWeek(cloud, { started: DRIFT, answer: trainingFails(/train-drinks/) });
      const again = await runWeek(cloud, { number: 2, started: DRIFT });
      const tomorrow = await runWeek(cloud, { number: 3, started: DRIFT, laterDays: 1 });

      assert.ok("error" in failed.outcome && failed.outcome.error === "CategoriesFailed");
      assert.equal(again.states.at(-1), "AlreadyClaimed");
      assert.deepEqual([tomorrow.outcome.status, proposed()], ["SUCCEEDED", ["drinks"]]);
    });

    it("runs for two categories at the same time, each for itself", async () => {
      const [drinks, food] = await Promise.all([
        runWeek(cloud, { number: 1, started: DRIFT }),
        runWeek(cloud, { number: 2, started: { reason: "drift", categories: ["food"] } }),
      ]);

      assert.deepEqual([drinks.outcome.status, food.outcome.status], ["SUCCEEDED", "SUCCEEDED"]);
      assert.equal(proposed().length, 2);
    });

    for (const [input, words] of [
      [{ reason: "drift" }, /drift of .*; allowed: one category/],
      [{ reason: "drift", categories: ["shoes"] }, /categories are shoes; allowed: some of/],
      [{ reason: "person", categories: [] }, /categories are ; allowed: some of/],
      [{ reason: "whim" }, /reason is whim; allowed: schedule, person, drift/],
    ] as const)
      it(`does not begin with ${JSON.stringify(input)}`, async () => {
        const week = await runWeek(cloud, { started: input as never });

        assert.equal(week.states.at(-1), "NotStarted");
        assert.ok("error" in week.outcome);
        assert.match(week.outcome.cause, words);
      });
  });
});
