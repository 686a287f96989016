import assert from "node:assert/strict";
import type { Machine } from "../../asl/states";
import type { Recording } from "../../preview/recorded-resource";
import { readStackConfig } from "../../preview/stack-config";
import { type RunCost, runCosts, runCostsBySettings } from "../../scripts/cost/run-cost-report";
import { planOf } from "../support/plans";
import { find } from "../support/record";

const MACHINE = "aws:sfn/stateMachine:StateMachine";
/** Names of the first states, one a way, that do more than look. */
function firstDoing(states: Machine["States"], name: string): string[] {
  const state = states[name]!;
  if (state.Type === "Choice")
    return [...state.Choices.map(({ Next }) => Next), state.Default!].flatMap((next) =>
      firstDoing(states, next),
    );
  if (state.Type === "Succeed") return [];
  const looks = state.Type === "Task" && state.Resource === "arn:aws:states:::dynamodb:getItem";
  return looks ? firstDoing(states, state.Next!) : [name];
}

const SCHEDULE = "aws:scheduler/schedule:Schedule";

describe("createPipelines", () => {
  let prod: Recording;
  let dev: Recording;
  before(async () => {
    prod = (await planOf("prod")).recording;
    dev = (await planOf("dev")).recording;
  });

  const definition = (recording: Recording, name: string) =>
    JSON.parse(String(find(recording, MACHINE, `${name}-machine`).inputs.definition)) as Machine;

  it("makes the night, the week and the tuning, each with the role of the machines", () => {
    for (const kind of ["nightly", "weekly", "tuning"]) {
      const { inputs } = find(prod, MACHINE, `${kind}-machine`);
      assert.equal(inputs.name, `smartretail-prod-${kind}`);
      assert.equal(inputs.roleArn, "arn:aws:iam::123456789012:role/smartretail-prod-state-machines");
    }
  });

  it("begins every machine with the claim of its run", () => {
    for (const kind of ["nightly", "weekly", "tuning"]) {
      const { StartAt, States } = definition(prod, kind);
      // The week looks first whether it is for a day or for a drift, and whether the drift's category is free.
      const claims = firstDoing(States, StartAt);
      assert.equal(claims.length, kind === "weekly" ? 2 : 1);
      for (const name of claims) {
        const claim = States[name]!;
        assert.equal(claim.Type === "Task" && claim.Resource, "arn:aws:states:::dynamodb:putItem");
      }
    }
  });

  it("starts the night at two, the week on Mondays at three, the tuning monthly, by Japan's clock", () => {
    const due = ["nightly", "weekly", "tuning"].map((kind) => {
      const { scheduleExpression, scheduleExpressionTimezone } = find(
        prod,
        SCHEDULE,
        `schedules-${kind}`,
      ).inputs;
      return `${String(scheduleExpression)} ${String(scheduleExpressionTimezone)}`;
    });

    assert.deepEqual(due, [
      "cron(0 2 * * ? *) Asia/Tokyo",
      "cron(0 3 ? * MON *) Asia/Tokyo",
      "cron(0 12 1 * ? *) Asia/Tokyo",
    ]);
  });

  it("starts nothing by itself in dev, and approves there what the gate accepts", () => {
    const states = (recording: Recording) =>
      recording.resources.filter(({ type }) => type === SCHEDULE).map(({ inputs }) => inputs.state);
    const asks = (recording: Recording) =>
      JSON.stringify(definition(recording, "weekly")).includes("WaitForApproval");

    assert.deepEqual([...new Set(states(dev))], ["DISABLED"]);
    assert.deepEqual([...new Set(states(prod))], ["ENABLED"]);
    assert.deepEqual([asks(dev), asks(prod)], [false, true]);
  });

  it("prices the machines by settings as it does those of the plan", () => {
    const { config } = readStackConfig(".", "prod");

    const figures = (runs: readonly RunCost[]) =>
      runs
        .map(({ machine, jobs, minutes, usd }) => [machine, jobs, minutes.toFixed(3), usd.toFixed(3)])
        .sort();
    assert.deepEqual(figures(runCostsBySettings(config)), figures(runCosts(prod.resources)));
  });

  it("shares the passes between as many instances as the settings say", () => {
    const sums = definition(prod, "nightly").States.SumShards;

    assert.equal(sums?.Type === "Map" && sums.MaxConcurrency, 4);
    assert.match(JSON.stringify(definition(prod, "nightly").States.PlanRun), /"--shards","4"/);
  });
});
