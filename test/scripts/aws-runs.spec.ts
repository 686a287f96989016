import assert from "node:assert/strict";
import type { StateEvent } from "../../runtime/pipelines/pipeline-runs";
import { AwsRuns, connect } from "../../scripts/pipeline/aws-runs";
import { beginningOf } from "../../scripts/pipeline/follow";
import { outcomeLines } from "../../scripts/pipeline/outcome-lines";
import { StateLines } from "../../scripts/pipeline/state-lines";
import { type AwsCall, awsWire } from "../support/aws-wire";

const ARN = "arn:aws:states:ap-northeast-1:123456789012";
const NIGHTLY = {
  name: "smartretail-prod-nightly",
  stateMachineArn: `${ARN}:stateMachine:smartretail-prod-nightly`,
};
const WEEKLY = {
  name: "smartretail-prod-weekly",
  stateMachineArn: `${ARN}:stateMachine:smartretail-prod-weekly`,
};
const OTHERS = [{ name: "other", stateMachineArn: `${ARN}:stateMachine:other` }];

const entered = (id: number, name: string) => ({
  id,
  type: "TaskStateEntered",
  stateEnteredEventDetails: { name },
});
const left = (id: number, name: string) => ({
  id,
  type: "TaskStateExited",
  stateExitedEventDetails: { name },
});

function runsWith(answer: (call: AwsCall) => readonly [number, unknown]) {
  const { config, calls } = awsWire(answer);
  const runs = new AwsRuns({
    ...connect("ap-northeast-1", { ...config, retryMode: "standard" }),
    prefix: "smartretail-prod",
    pause: () => Promise.resolve(),
  });
  return { runs, calls };
}

describe("runs of a stack", () => {
  it("finds the machine on a later page, and starts it by the day", async () => {
    const { runs, calls } = runsWith(({ operation, input }) => {
      if (operation === "StartExecution")
        return [200, { executionArn: `${ARN}:execution:x:1`, startDate: 1 }];
      return input["nextToken"] === undefined
        ? [200, { stateMachines: OTHERS, nextToken: "2" }]
        : [200, { stateMachines: [NIGHTLY] }];
    });

    const run = await runs.start("nightly", "2026-11-25");

    assert.equal(run, `${ARN}:execution:x:1`);
    const started = calls.at(-1)!.input;
    assert.equal(started["stateMachineArn"], NIGHTLY.stateMachineArn);
    assert.deepEqual(JSON.parse(started["input"] as string), { runDate: "2026-11-25" });
  });

  it("starts a person's run for some categories", async () => {
    const { runs, calls } = runsWith(({ operation }) =>
      operation === "StartExecution"
        ? [200, { executionArn: `${ARN}:execution:x:1`, startDate: 1 }]
        : [200, { stateMachines: [WEEKLY] }],
    );

    await runs.start("weekly", "2026-11-25", ["food"]);

    assert.deepEqual(JSON.parse(calls.at(-1)!.input["input"] as string), {
      ...{ runDate: "2026-11-25", reason: "person" },
      categories: ["food"],
    });
  });

  for (const [states, words] of [
    [["ClaimRun", "NameRun"], /^started: .*\nlook shows how it goes$/],
    [["ClaimRun", "AlreadyClaimed"], /: nothing to do: its day is done already, or another run is at it$/],
  ] as const)
    it(`does not wait longer than to say whether a run has its day: ${states.at(-1)}`, async () => {
      let looks = 0;
      const { runs } = runsWith(({ operation }) => {
        if (operation === "DescribeExecution") return [200, { status: "RUNNING" }];
        // At the first look the claim is not over.
        const names = states.slice(0, ++looks);
        return [200, { events: names.map((name, i) => entered(i + 1, name)).reverse() }];
      });

      const { code, lines } = await beginningOf(runs, `${ARN}:execution:x:1`, "look");

      assert.deepEqual([code, looks], [0, 2]);
      assert.match(lines.join("\n"), words);
    });

  it("says that a stack without the machine has not been deployed", async () => {
    const { runs } = runsWith(() => [200, { stateMachines: OTHERS }]);

    await assert.rejects(runs.start("nightly", undefined), {
      message: /no state machine smartretail-prod-nightly/,
    });
  });

  it("tells every state once and in order, over looks and pages, through a throttled call", async () => {
    const history = [
      entered(1, "A"),
      left(2, "A"),
      entered(3, "B"),
      left(4, "B"),
      entered(5, "C"),
      left(6, "C"),
    ];
    let looks = 0;
    let throttled = 0;
    const { runs } = runsWith(({ operation, input }) => {
      if (operation === "DescribeExecution") {
        if (throttled++ === 0) return [400, { __type: "ThrottlingException", message: "Rate exceeded" }];
        return [200, { status: ++looks < 2 ? "RUNNING" : "FAILED", error: "NoWeek", cause: "none" }];
      }
      // The newest first, two a page; at the first look the run has come to B.
      const known = history.slice(0, looks === 1 ? 3 : 6).reverse();
      const from = Number(input["nextToken"] ?? 0);
      const nextToken = from + 2 < known.length ? String(from + 2) : undefined;
      return [200, { events: known.slice(from, from + 2), nextToken }];
    });
    const told: string[] = [];

    const end = await runs.follow(`${ARN}:execution:x:1`, ({ kind, state }) => told.push(`${kind} ${state}`));

    assert.deepEqual(told, ["entered A", "left A", "entered B", "left B", "entered C", "left C"]);
    assert.deepEqual(end, { status: "FAILED", detail: "NoWeek: none" });
  });

  it("gives what the machine gives out, and says it in words", async () => {
    const categories = [{ category: "food", outcome: "refused by the gate", cause: "bias 7.00 %" }];
    const output = JSON.stringify({ runDate: "2026-11-25", categories });
    const { runs } = runsWith(({ operation }) => [
      200,
      operation === "DescribeExecution" ? { status: "SUCCEEDED", output } : { events: [] },
    ]);

    const end = await runs.follow(`${ARN}:execution:x:1`, () => undefined);

    assert.deepEqual(end, { status: "SUCCEEDED", output: { runDate: "2026-11-25", categories } });
    assert.deepEqual(outcomeLines(end.output), [
      "  Category  Outcome              Why",
      "  food      refused by the gate  bias 7.00 %",
    ]);
    assert.deepEqual(outcomeLines({ forecasts: 1680, results: "s3://x/y" }), [
      "  published: 1,680 store x SKU x days, s3://x/y",
    ]);
    assert.deepEqual(outcomeLines(), []);
  });

  it("approves a proposed version", async () => {
    const { runs, calls } = runsWith(() => [200, { ModelPackageArn: "arn:x" }]);

    await runs.approve("arn:aws:sagemaker:ap-northeast-1:123456789012:model-package/g/3");

    const [call] = calls;
    assert.equal(call!.operation, "UpdateModelPackage");
    assert.equal(call!.input["ModelApprovalStatus"], "Approved");
  });
});

describe("lines of a run", () => {
  const lineOf = (...events: StateEvent[]) => {
    let time = 0;
    const lines = new StateLines(() => (time += 1500));
    return events.map((event) => lines.lineOf(event)).filter((line) => line !== undefined);
  };

  it("shows states that do something, with their seconds, and what went wrong", () => {
    assert.deepEqual(
      lineOf(
        { kind: "entered", state: "PlanRun", type: "Task" },
        { kind: "left", state: "PlanRun", type: "Task" },
        { kind: "left", state: "IsNightWhole", type: "Choice" },
        { kind: "retried", state: "Order", type: "Task", detail: "States.Timeout: too long\nmore" },
      ),
      ["  PlanRun (1.5 s)", "  Order: failed, tries again: States.Timeout: too long"],
    );
  });
});
