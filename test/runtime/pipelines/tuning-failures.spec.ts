import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import type { TaskCall } from "../../../asl/interpreter/run";
import { StateError } from "../../../asl/interpreter/state-error";
import type { Json } from "../../../asl/states";
import { CATEGORIES } from "../../../contracts/categories";
import { modelPointer } from "../../../contracts/parameters";
import type { MachineOutput } from "../../../contracts/machines";
import { publishedKey } from "../../../contracts/runs";
import { fileNameOf, type LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../runtime/pipelines/local/local-place";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, objectsOf, runTuning, runWeek } from "./support/run-night";
import { openCloud, RUN_DATE, standInJobs } from "./support/stand-in-jobs";

const PROPOSED = "20261027-89abcdef";
const others = (but: string) => CATEGORIES.filter((name) => name !== but);
const tunedBy = ({ arguments: given }: TaskCall) =>
  (given as { HyperParameterTuningJobName?: string }).HyperParameterTuningJobName;
/** Categories are numbers in the names of tuning jobs; this is the second one's. */
const OF_FOOD = /^smartretail-dev-t1-/;

describe("a tuning that goes wrong", () => {
  const folder = temporaryFolder();
  let count = 0;
  let cloud: LocalCloud;
  beforeEach(() => (cloud = openCloud(folder.path(`cloud-${++count}`))));

  const pointer = (variant: "champion" | "challenger", category: string) =>
    cloud.readJson<{ Value: string }>("parameters", fileNameOf(modelPointer("dev", variant, category)))!
      .Value;
  const proposed = () => CATEGORIES.filter((category) => pointer("challenger", category) === PROPOSED);
  const packages = () =>
    CATEGORIES.filter((name) => cloud.names("packages", `smartretail-dev-${name}`).length > 0);

  /** Tuning jobs answered by `job`; where it answers nothing they succeed. */
  function tuning(
    job: (name: string, call: TaskCall) => Promise<Json | undefined>,
    names: string[] = [],
  ): Answer {
    const usual = standInJobs(cloud);
    return async (call, callId) => {
      const name = tunedBy(call);
      if (name !== undefined) names.push(name);
      return (name === undefined ? undefined : await job(name, call)) ?? usual(call, callId);
    };
  }
  const fails = (error: string, cause: string) => () => Promise.reject(new StateError(error, cause));

  /** Nothing of the category is registered or served, people know why, and it may be tuned again at once. */
  async function assertGivenBack(category: string, cause: RegExp): Promise<void> {
    assert.deepEqual([proposed(), packages()], [others(category), others(category)]);
    const told = alertsOf(cloud).find(({ Subject }) => Subject.includes(`training of ${category} failed`));
    assert.match(String(told!.Message["cause"]), cause);
    for (const name of CATEGORIES) assert.notEqual(pointer("champion", name), PROPOSED);
    const again = await runTuning(cloud, { number: 2 });
    assert.equal(again.outcome.status, "SUCCEEDED");
    assert.deepEqual(proposed(), CATEGORIES);
  }

  it("takes the best job of each category through the gate, with names that SageMaker takes", async () => {
    const names: string[] = [];
    const run = await runTuning(cloud, { answer: tuning(() => Promise.resolve(undefined), names) });

    assert.equal(run.outcome.status, "SUCCEEDED");
    assert.deepEqual([proposed(), packages()], [CATEGORIES, CATEGORIES]);
    assert.equal(new Set(names).size, CATEGORIES.length);
    for (const name of names) assert.match(name, /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$/);
  });

  it("fails for the category whose search fails, after the others are done", async () => {
    const food = fails("States.TaskFailed", "all training jobs failed");
    const answer = tuning((name) => (OF_FOOD.test(name) ? food() : Promise.resolve(undefined)));

    const run = await runTuning(cloud, { answer });

    assert.ok("error" in run.outcome && run.outcome.error === "CategoriesFailed");
    assert.equal(run.outcome.cause, "tuning failed: food");
    assert.ok(run.states.includes("TellCategoryFailed") && run.states.includes("ReleaseFailedCategory"));
    await assertGivenBack("food", /all training jobs failed/);
  });

  it("fails for the category of which no job has ended in its time", async () => {
    const answer = tuning((name) =>
      Promise.resolve(OF_FOOD.test(name) ? { HyperParameterTuningJobStatus: "Stopped" } : undefined),
    );

    const run = await runTuning(cloud, { answer });

    assert.ok("error" in run.outcome && run.outcome.error === "CategoriesFailed");
    assert.ok(run.states.includes("NoModel"));
    await assertGivenBack("food", /no training job has a model/);
  });

  it("stops a search that does not end, and says so", async () => {
    let stopped = 0;
    const answer = tuning(async (name, call) => {
      if (!OF_FOOD.test(name)) return undefined;
      await call.spend(7 * 86_400_000);
      if (call.signal.aborted) stopped++;
      return {};
    });

    const run = await runTuning(cloud, { answer });

    assert.ok("error" in run.outcome && run.outcome.error === "CategoriesFailed");
    assert.ok(stopped > 0);
    await assertGivenBack("food", /./);
  });

  it("searches once more, under another name, when the first search fails", async () => {
    const names: string[] = [];
    const answer = tuning(
      (name) =>
        OF_FOOD.test(name) && name.endsWith("0")
          ? fails("States.TaskFailed", "the instance went away")()
          : Promise.resolve(undefined),
      names,
    );

    const run = await runTuning(cloud, { answer });

    assert.equal(run.outcome.status, "SUCCEEDED");
    assert.deepEqual(proposed(), CATEGORIES);
    const ofFood = names.filter((name) => OF_FOOD.test(name));
    assert.deepEqual(
      ofFood.map((name) => name.at(-1)),
      ["0", "1"],
    );
  });

  it("waits for a service that is throttled and instances that are not free", async () => {
    let left = 3;
    const answer = tuning((name) =>
      OF_FOOD.test(name) && left-- > 0
        ? fails("SageMaker.ResourceLimitExceededException", "the account-level limit is 1 instance")()
        : Promise.resolve(undefined),
    );

    const run = await runTuning(cloud, { answer });

    assert.equal(run.outcome.status, "SUCCEEDED");
    assert.equal(run.events.filter(({ kind, state }) => kind === "retried" && state === "Tune").length, 3);
    assert.deepEqual(proposed(), CATEGORIES);
  });

  it("registers nothing that the gate rejects, and says why", async () => {
    const reasons = (category: string) => (category === "daily" ? ["bias 7.00 % too much"] : []);

    const run = await runTuning(cloud, { answer: standInJobs(cloud, { reasons }) });

    assert.equal(run.outcome.status, "SUCCEEDED");
    assert.ok(run.states.includes("TellRefused"));
    assert.deepEqual([proposed(), packages()], [others("daily"), others("daily")]);
    const told = alertsOf(cloud).find(({ Subject }) => Subject.includes("daily was refused by the gate"));
    assert.equal(told!.Message["cause"], "bias 7.00 % too much");
  });

  it("ends a second start at once, without a trace", async () => {
    await runTuning(cloud);
    const before = objectsOf(cloud);

    const second = await runTuning(cloud, { number: 2 });

    assert.deepEqual(second.states, ["ClaimRun", "AlreadyClaimed"]);
    assert.deepEqual(objectsOf(cloud), before);
  });

  it("leaves categories alone that the week has trained, until their pause is over", async () => {
    await runWeek(cloud);
    const run = await runTuning(cloud);

    assert.equal(run.outcome.status, "SUCCEEDED");
    assert.ok(!run.states.includes("Tune"));
    const { categories } = (run.outcome as unknown as { output: MachineOutput }).output;
    assert.deepEqual(
      categories!.map(({ outcome }) => outcome),
      CATEGORIES.map(() => "running elsewhere or in its pause"),
    );
  });

  it("makes nothing where no week has been published, says so, and may be started again", async () => {
    rmSync(cloud.objectPath(localPlace().buckets.results, publishedKey("week")));
    const before = objectsOf(cloud);
    const run = await runTuning(cloud);

    assert.ok("error" in run.outcome && run.outcome.error === "NoWeek");
    assert.ok(!run.states.includes("ClaimCategory"));
    assert.deepEqual([objectsOf(cloud), packages()], [before, []]);
    const [told] = alertsOf(cloud);
    assert.ok(told!.Subject.includes(`tuning ${RUN_DATE} failed`), told!.Subject);
    await runWeek(cloud);
    const later = await runTuning(cloud, { number: 2, laterDays: 4 });
    assert.equal(later.outcome.status, "SUCCEEDED");
  });
});
