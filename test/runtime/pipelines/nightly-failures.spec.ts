import assert from "node:assert/strict";
import type { TaskCall } from "../../../asl/interpreter/run";
import { StateError } from "../../../asl/interpreter/state-error";
import type { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, published, runNight } from "./support/run-night";
import { type Documents, openCloud, PLAN, RUN_DATE, standInJobs } from "./support/stand-in-jobs";

const stageOf = ({ arguments: given }: TaskCall) =>
  (given as { AppSpecification?: { ContainerArguments: string[] } }).AppSpecification?.ContainerArguments[0];

describe("a night that goes wrong", () => {
  const folder = temporaryFolder();
  let count = 0;
  let cloud: LocalCloud;
  beforeEach(() => (cloud = openCloud(folder.path(`cloud-${++count}`))));

  /** Fails the calls that `picks` names: the first `times` of them. */
  function failing(
    picks: (call: TaskCall) => boolean,
    error: StateError,
    times = Infinity,
    documents?: Documents,
  ): Answer {
    const others = standInJobs(cloud, documents);
    let left = times;
    return async (call, callId) => {
      if (picks(call) && left-- > 0) throw error;
      return others(call, callId);
    };
  }

  /** Nothing of the night is there for readers, people know, and the run may be started again. */
  async function assertGivenBack(reason: string): Promise<Record<string, unknown>> {
    assert.equal(published(cloud, "night"), undefined);
    const [alert, ...others] = alertsOf(cloud);
    assert.equal(others.length, 0);
    assert.equal(alert!.Message["reason"], reason);
    assert.ok(alert!.Subject.includes(`nightly ${RUN_DATE} failed`));
    const again = await runNight(cloud, { number: 2 });
    assert.equal(again.outcome.status, "SUCCEEDED");
    assert.equal(published(cloud, "night")!["runDate"], RUN_DATE);
    return alert!.Message;
  }

  it("publishes a night that goes well, once", async () => {
    const night = await runNight(cloud);

    assert.equal(night.outcome.status, "SUCCEEDED");
    assert.equal(published(cloud, "night")!["execution"]?.split(":").at(-1), `nightly-${RUN_DATE}-1`);
    assert.equal(published(cloud, "lake")!["cutoff"], "2026-11-24");
    assert.deepEqual(alertsOf(cloud), []);
  });

  it("ends a second start at once, without a trace", async () => {
    await runNight(cloud);
    const before = published(cloud, "night");

    const second = await runNight(cloud, { number: 2 });

    assert.equal(second.outcome.status, "SUCCEEDED");
    assert.deepEqual(second.states, ["ClaimRun", "AlreadyClaimed"]);
    assert.deepEqual(published(cloud, "night"), before);
    assert.deepEqual(alertsOf(cloud), []);
  });

  it("waits for late files and goes on when they come", async () => {
    let looks = 0;
    const others = standInJobs(cloud);
    const answer: Answer = async (call, callId) =>
      call.state === "FindDelivery" && ++looks < 4 ? { KeyCount: 0 } : others(call, callId);

    const night = await runNight(cloud, { answer });

    assert.equal(night.outcome.status, "SUCCEEDED");
    assert.equal(looks, 4);
    assert.equal(night.minutes, 30);
  });

  it("serves the last night when the files do not come at all", async () => {
    const others = standInJobs(cloud);
    const answer: Answer = async (call, callId) =>
      call.state === "FindDelivery" ? { KeyCount: 0 } : others(call, callId);

    const night = await runNight(cloud, { answer });

    assert.ok("error" in night.outcome && night.outcome.error === "NotDelivered");
    assert.ok(night.minutes >= 120 && !night.states.includes("AddDay"));
    assert.equal(published(cloud, "lake")!["cutoff"], "2026-11-23");
    await assertGivenBack("NotDelivered");
  });

  it("says which stores are late", async () => {
    const answer = standInJobs(cloud, { plan: { missingStoreCount: 1, missingStores: ["S11"] } });

    const night = await runNight(cloud, { answer });

    assert.ok(night.states.includes("StoresAreLate") && !night.states.includes("SumShards"));
    assert.deepEqual((await assertGivenBack("StoresAreLate"))["stores"], ["S11"]);
  });

  it("tries a failed shard again and then names its stores", async () => {
    const isSecond = (call: TaskCall) => stageOf(call) === "score-trends" && call.path.at(-1) === 1;
    const error = new StateError("States.TaskFailed", "the instance went away");

    const night = await runNight(cloud, { answer: failing(isSecond, error) });

    const tries = night.events.filter(
      ({ kind, state }) => kind === "retried" && state === "MeasureTrendsShard",
    );
    assert.ok(tries.length > 0 && tries.every(({ path }) => path.at(-1) === 1));
    assert.ok(!night.states.includes("ReduceTrends"));
    assert.deepEqual((await assertGivenBack("ShardsFailed"))["stores"], PLAN.shards[1]!.stores);
  });

  it("outlasts a throttled service and an instance that is not free", async () => {
    const throttled = failing(
      ({ resource }) => resource.includes("s3:") || resource.includes("createProcessingJob"),
      new StateError("SageMaker.AmazonSageMakerException", "Rate exceeded"),
      3,
    );

    const night = await runNight(cloud, { answer: throttled });

    assert.equal(night.outcome.status, "SUCCEEDED");
    assert.equal(night.events.filter(({ kind }) => kind === "retried").length, 3);
  });

  it("stops a job that does not end", async () => {
    const others = standInJobs(cloud);
    let ended = 0;
    const answer: Answer = async (call, callId) => {
      if (stageOf(call) !== "order") return others(call, callId);
      await call.spend(7 * 86_400_000);
      if (call.signal.aborted) ended++;
      return {};
    };

    const night = await runNight(cloud, { answer });

    assert.ok("error" in night.outcome && night.outcome.error === "States.Timeout");
    assert.ok(ended > 0);
    await assertGivenBack("States.Timeout");
  });

  it("publishes nothing with one forecast missing, and names series", async () => {
    const completeness = {
      found: 279,
      missingCount: 1,
      missingSeriesCount: 1,
      missingStoreCount: 1,
      missingSkuCount: 1,
      missing: [{ store: "S01", sku: "A7", days: 1 }],
      missingStores: ["S01"],
      missingSkus: ["A7"],
    };

    const night = await runNight(cloud, { answer: standInJobs(cloud, { completeness }) });

    assert.ok(!night.states.includes("WriteOrders"));
    const message = await assertGivenBack("NightIsIncomplete");
    assert.deepEqual([message["stores"], message["skus"]], [["S01"], ["A7"]]);
    assert.match(String(message["cause"]), /missing 1, .*; 1 series of 1 stores and 1 SKUs$/);
  });

  it("does without a challenger, and without the champion not at all", async () => {
    const failsFor = (variant: string) => (call: TaskCall) =>
      call.resource.includes("createTransformJob") &&
      (call.arguments as { TransformJobName: string }).TransformJobName.includes(`${variant}-food`);
    const error = new StateError("States.TaskFailed", "AlgorithmError");

    const night = await runNight(cloud, { answer: failing(failsFor("challenger"), error) });
    assert.equal(night.outcome.status, "SUCCEEDED");
    assert.ok(night.states.includes("TellPartial"));

    cloud = openCloud(folder.path(`cloud-${++count}`));
    const failed = await runNight(cloud, { answer: failing(failsFor("champion"), error) });
    assert.ok(failed.states.includes("ModelsFailed"));
    await assertGivenBack("ModelsFailed");
  });

  it("never puts an older night in the place of a newer one", async () => {
    await runNight(cloud);
    const newest = published(cloud, "night");

    const older = await runNight(cloud, { runDate: "2026-11-24" });

    assert.equal(older.outcome.status, "FAILED");
    assert.deepEqual(published(cloud, "night"), newest);
  });
});
