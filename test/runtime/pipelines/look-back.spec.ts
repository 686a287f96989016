import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TaskCall } from "../../../asl/interpreter/run";
import { StateError } from "../../../asl/interpreter/state-error";
import { COMPARISON_KEY } from "../../../contracts/experiment";
import type { CATEGORIES } from "../../../contracts/categories";
import { type NightDecisions, RUN_DOCUMENTS } from "../../../contracts/run-documents";
import { publishedKey } from "../../../contracts/runs";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import type { ActionRecord } from "../../../forecasting/drift/action-record";
import type { ErrorRow } from "../../../forecasting/drift/error-row";
import { monitorNight } from "../../../forecasting/drift/monitor-night";
import { writeDecisions } from "../../../runtime/monitoring/monitor-folder";
import type { LocalCloud } from "../../../runtime/pipelines/local/local-cloud";
import { localPlace } from "../../../runtime/pipelines/local/local-place";
import type { Answer } from "../../../runtime/pipelines/local/run-execution";
import { startedExecution, startedExecutions } from "../../../runtime/pipelines/local/services";
import { temporaryFolder } from "../support/temporary-folder";
import { alertsOf, objectsOf, published, runNight } from "./support/run-night";
import { type Documents, openCloud, RUN_DATE, standInJobs } from "./support/stand-in-jobs";

const NEXT = "2026-11-26";
const RESULTS = localPlace().buckets.results;

interface JobCall {
  readonly AppSpecification?: { readonly ContainerArguments: readonly string[] };
  readonly ProcessingInputs?: readonly {
    readonly InputName: string;
    readonly S3Input: { readonly S3Uri: string };
  }[];
}

describe("looking back after a night", () => {
  const folder = temporaryFolder();
  let count = 0;
  let cloud: LocalCloud;
  beforeEach(() => (cloud = openCloud(folder.path(`cloud-${++count}`))));

  /** An evening after the first: its files are there. */
  async function nextNight(
    documents: Documents = {},
    answer: Answer = standInJobs(cloud, documents),
    laterDays = 1,
  ) {
    const cutoff = isoDate(dayNumber(RUN_DATE) + laterDays - 1);
    const lake = { ...published(cloud, "lake"), cutoff };
    cloud.writeText(JSON.stringify(lake), cloud.objectPath(RESULTS, publishedKey("lake")));
    const jobs: Record<string, JobCall> = {};
    const plan = { cutoff };
    const night = await runNight(cloud, {
      runDate: isoDate(dayNumber(RUN_DATE) + laterDays),
      laterDays,
      answer: async (call, callId) => {
        const given = call.arguments as JobCall;
        const [stage] = given.AppSpecification?.ContainerArguments ?? [];
        if (stage !== undefined) jobs[stage] = given;
        if (stage === "plan") return standInJobs(cloud, { ...documents, plan })(call, callId);
        return answer(call, callId);
      },
    });
    return { ...night, jobs };
  }

  const drifting = (...retrain: readonly (typeof CATEGORIES)[number][]): Documents => ({
    decisions: {
      retrain,
      decisionCount: retrain.length,
      decisions: retrain.map((scope) => ({ scope, action: "retrain", en: "worse", ja: "悪化" })),
    },
  });
  const inputsOf = ({ ProcessingInputs = [] }: JobCall = {}) =>
    Object.fromEntries(ProcessingInputs.map(({ InputName, S3Input }) => [InputName, S3Input.S3Uri]));
  const comparison = () =>
    JSON.parse(objectsOf(cloud)[`${RESULTS}/${COMPARISON_KEY}`]!) as { words: readonly string[] };

  it("measures and monitors nothing on the first night, and compares it alone", async () => {
    const { outcome, states } = await runNight(cloud);

    assert.equal(outcome.status, "SUCCEEDED");
    for (const state of ["PutCompleteness", "MeasureWent", "MonitorWent", "CompareWent"])
      assert.ok(states.includes(state), state);
    assert.ok(!states.includes("MeasureLastNight") && !states.includes("MonitorSales"));
    assert.deepEqual(comparison().words, ["compare", "--night", "/opt/ml/processing/input/night-0"]);
    assert.equal(published(cloud, "monitor"), undefined);
  });

  it("monitors from the second night on, each from where the one before has ended", async () => {
    await runNight(cloud);
    const first = published(cloud, "night")!;
    const second = await nextNight();

    assert.equal(second.outcome.status, "SUCCEEDED");
    assert.deepEqual(alertsOf(cloud), []);
    const monitored = inputsOf(second.jobs["monitor"]);
    assert.equal(monitored["forecasts"], `${first["forecasts"]}/`);
    assert.equal(monitored["previous"], undefined);
    const compared = inputsOf(second.jobs["compare"]);
    assert.equal(compared["night-1"], `${first["forecasts"]}/`);
    assert.equal(compared["night-0"], `${published(cloud, "night")!["forecasts"]}/`);
    assert.equal(compared["previous"], `s3://${RESULTS}/comparison/`);
    assert.deepEqual(comparison().words.slice(-2), ["--previous", "/opt/ml/processing/input/previous"]);
    const folderOfSecond = published(cloud, "monitor")!["folder"]!;
    assert.ok(folderOfSecond.startsWith(`s3://${RESULTS}/runs/nightly/${NEXT}/`));
  });

  it("starts the training of the drifted category alone, tells people why, and waits for nothing", async () => {
    await runNight(cloud);
    const second = await nextNight(drifting("food"));

    assert.equal(second.outcome.status, "SUCCEEDED");
    assert.deepEqual(startedExecutions(cloud), [`drift-food-${NEXT}`]);
    const started = startedExecution(cloud, `drift-food-${NEXT}`)!;
    assert.equal(started.StateMachineArn, localPlace().weeklyMachineArn);
    assert.deepEqual(started.Input, { runDate: NEXT, reason: "drift", categories: ["food"] });
    const [told, ...others] = alertsOf(cloud);
    assert.equal(others.length, 0);
    assert.match(told!.Subject, /1 decisions about forecasts/);
    assert.deepEqual(told!.Message["retrain"], ["food"]);
  });

  it("starts one training for a cause that goes on for nights, by the monitor's own decisions", async () => {
    const decided = await decisionsOf([1, 2, 3]);
    await runNight(cloud);

    for (const [i, decisions] of decided.entries())
      await nextNight({ decisions }, standInJobs(cloud, { decisions }), i + 1);

    assert.deepEqual(
      decided.map(({ retrain }) => retrain),
      [["food"], [], []],
    );
    assert.deepEqual(startedExecutions(cloud), [`drift-food-${NEXT}`]);
  });

  /** The monitor's evenings after so many days of food being forecast twice as badly, while last week foretells as before. */
  async function decisionsOf(laterDays: readonly number[]): Promise<NightDecisions[]> {
    const last = dayNumber(RUN_DATE);
    const from = last - 60;
    const rows = Array.from({ length: 64 }, (_, i) => from + i).flatMap((day) =>
      Array.from({ length: 20 }, (_unused, sku): ErrorRow => {
        // Days differ a little, or their deviation would be none.
        const own = 1 + 0.05 * Math.sin(7 * day) + 0.2 * Math.sin(sku);
        const absoluteError = (day > last - 10 ? 30 : 15) * own;
        const error = sku % 2 === 0 ? absoluteError : -absoluteError;
        const sums = { cells: 1, actual: 100, absoluteError, error, naiveError: 40 * own, noise: 8 };
        return { day, sku, category: "food", kind: "regular", ...sums };
      }),
    );
    const span = { from, to: last - 12 };
    const reference = { drinks: span, food: span, daily: span, confectionery: span };
    let records: readonly ActionRecord[] = [];
    const decided: NightDecisions[] = [];
    for (const later of laterDays) {
      const day = last + later - 1;
      const given = { reference, incidentDays: new Set<number>(), faults: [], openRetrains: [], records };
      const night = monitorNight({ ...given, day, rows: rows.filter((row) => row.day <= day) });
      records = night.history;
      const out = folder.path(`decisions-${later}`);
      mkdirSync(out, { recursive: true });
      await writeDecisions(out, isoDate(day), night.records, night.calibrations);
      decided.push(JSON.parse(readFileSync(join(out, RUN_DOCUMENTS.decisions), "utf8")) as NightDecisions);
    }
    return decided;
  }

  it("publishes with what the night before has measured, until no night has measured it for a week", async () => {
    const calibration = {
      category: "food",
      version: "20261122-0123abcd",
      factor: 0.91,
      until: "2026-11-28",
    } as const;
    const calibrated: Documents = { decisions: { calibrations: [calibration] } };
    const told = ({ jobs }: { readonly jobs: Record<string, JobCall> }) =>
      jobs["collect-forecasts"]!.AppSpecification!.ContainerArguments.filter((word) =>
        word.includes("calibration"),
      );
    await runNight(cloud);

    const second = await nextNight(calibrated);
    const third = await nextNight(calibrated, undefined, 2);

    assert.deepEqual(told(second), []);
    assert.deepEqual(told(third), ["--calibration=food/20261122-0123abcd=0.91"]);
    assert.match(inputsOf(third.jobs["monitor"])["previous"]!, new RegExp(`/nightly/${NEXT}/.*/monitor/$`));
    assert.deepEqual(told(await nextNight(calibrated, undefined, 5)), []);
  });

  it("starts nothing a second time for a night that is run again", async () => {
    await runNight(cloud);
    await nextNight(drifting("food", "drinks"));
    const before = startedExecutions(cloud);

    const again = await runNight(cloud, { runDate: NEXT, number: 2, laterDays: 1 });

    assert.ok(again.states.includes("AlreadyClaimed"));
    assert.deepEqual(startedExecutions(cloud), before);
    assert.equal(before.length, 2);
  });

  for (const [stage, step] of [
    ["measure", "Measure"],
    ["monitor", "Monitor"],
    ["compare", "Compare"],
  ] as const) {
    it(`leaves the night published when ${stage} fails, tells it, and lets the others end`, async () => {
      await runNight(cloud);
      const others = standInJobs(cloud, drifting("food"));
      const answer: Answer = async (call: TaskCall, callId) => {
        const given = call.arguments as JobCall;
        if (given.AppSpecification?.ContainerArguments[0] === stage)
          throw new StateError("States.TaskFailed", "out of memory");
        return others(call, callId);
      };

      const night = await nextNight({}, answer);

      assert.equal(night.outcome.status, "SUCCEEDED");
      assert.equal(published(cloud, "night")!["runDate"], NEXT);
      const alert = alertsOf(cloud).find(({ Subject }) => Subject.includes("failed since"))!;
      assert.ok(alert.Subject.endsWith(step));
      assert.deepEqual(alert.Message["failures"], [
        { step, reason: "States.TaskFailed", cause: "out of memory" },
      ]);
      const went = ["Measure", "Monitor", "Compare"].filter((name) => night.states.includes(`${name}Went`));
      assert.equal(went.length, 2);
      assert.equal(startedExecutions(cloud).length, stage === "monitor" ? 0 : 1);
    });
  }

  it("decides again on the next night what could not be started", async () => {
    await runNight(cloud);
    const others = standInJobs(cloud, drifting("food"));
    const answer: Answer = async (call, callId) => {
      if (call.state === "StartTraining") throw new StateError("StepFunctions.AWSSFNException", "throttled");
      return others(call, callId);
    };

    const night = await nextNight({}, answer);

    assert.equal(night.outcome.status, "SUCCEEDED");
    assert.equal(published(cloud, "monitor"), undefined);
    assert.ok(alertsOf(cloud).some(({ Subject }) => Subject.endsWith("failed since: Monitor")));
  });
});
