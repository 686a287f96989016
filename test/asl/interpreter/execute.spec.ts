import assert from "node:assert/strict";
import { execute } from "../../../asl/interpreter/execute";
import { StateError } from "../../../asl/interpreter/state-error";
import { VirtualClock } from "../../../asl/interpreter/virtual-clock";
import { entered, outputOf, runMachine, START } from "./support/run-machine";

const task = (more: object) => ({ Type: "Task", Resource: "arn:aws:states:::work", ...more }) as never;
const pass = (more: object) => ({ Type: "Pass", End: true, ...more }) as never;
const single = (state: object) => ({ StartAt: "Only", States: { Only: state as never } });

describe("execute", () => {
  // https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
  it("fills arguments as the guide's example does", async () => {
    const ran = await runMachine(
      {
        StartAt: "Name",
        States: {
          Name: pass({ End: false, Assign: { customerName: "{% $states.input.name %}" }, Next: "Greet" }),
          Greet: task({
            Arguments: {
              static: "Hello",
              title: "{% $states.input.title %}",
              name: "{% $customerName %}",
              "not-evaluated": "$customerName",
            },
            End: true,
          }),
        },
      },
      { title: "Doctor", name: "María" },
    );

    assert.deepEqual(outputOf(ran), {
      static: "Hello",
      title: "Doctor",
      name: "María",
      "not-evaluated": "$customerName",
    });
  });

  // https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
  it("evaluates all of Assign and Output before any variable changes", async () => {
    const ran = await runMachine({
      StartAt: "First",
      States: {
        First: pass({ End: false, Assign: { x: 3, a: 6 }, Next: "Second" }),
        Second: pass({
          End: false,
          Assign: { x: "{% $a %}", nextX: "{% $x %}" },
          Output: { was: "{% $x %}" },
          Next: "Third",
        }),
        Third: pass({ Output: ["{% $x %}", "{% $nextX %}", "{% $states.input.was %}"] }),
      },
    });

    assert.deepEqual(outputOf(ran), [6, 3, 3]);
  });

  it("lets branches read the variables around them and keep their own", async () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: pass({ Assign: { own: name }, Output: "{% $outer & ' ' & $states.input %}" }) },
    });
    const ran = await runMachine(
      {
        StartAt: "Outer",
        States: {
          Outer: pass({ End: false, Assign: { outer: "seen" }, Next: "Both" }),
          Both: { Type: "Parallel", Branches: [branch("Left"), branch("Right")], Next: "After" } as never,
          After: pass({ Output: { results: "{% $states.input %}", own: "{% $exists($own) %}" } }),
        },
      },
      "in",
    );

    assert.deepEqual(outputOf(ran), { results: ["seen in", "seen in"], own: false });
  });

  it("maps items with their index, in the order of the items and never more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const ran = await runMachine(
      single({
        Type: "Map",
        Items: "{% $states.input.items %}",
        ItemSelector: {
          index: "{% $states.context.Map.Item.Index %}",
          value: "{% $states.context.Map.Item.Value %}",
        },
        MaxConcurrency: 2,
        ItemProcessor: { StartAt: "Work", States: { Work: task({ End: true }) } },
        End: true,
      }),
      { items: [30, 10, 20] },
      async (call, clock) => {
        most = Math.max(most, ++running);
        await clock.spend((call.arguments as { value: number }).value * 1000);
        running--;
        return call.arguments;
      },
    );

    assert.deepEqual(outputOf(ran), [
      { index: 0, value: 30 },
      { index: 1, value: 10 },
      { index: 2, value: 20 },
    ]);
    assert.equal(most, 2);
    assert.equal(ran.seconds, 30, "the third item starts when the second has ended");
    assert.deepEqual(
      ran.calls.map(({ path }) => path),
      [
        ["Only", 0],
        ["Only", 1],
        ["Only", 2],
      ],
    );
  });

  it("takes the first choice that holds, and the default with its own Assign", async () => {
    const machine = {
      StartAt: "Size",
      States: {
        Size: {
          Type: "Choice",
          Choices: [
            { Condition: "{% $states.input > 10 %}", Next: "Said", Assign: { size: "large" } },
            { Condition: "{% $states.input > 5 %}", Next: "Said", Assign: { size: "medium" } },
          ],
          Default: "Said",
          Assign: { size: "small" },
        } as never,
        Said: pass({ Output: "{% $size %}" }),
      },
    };

    const outputs = await Promise.all([11, 6, 1].map(async (n) => outputOf(await runMachine(machine, n))));

    assert.deepEqual(outputs, ["large", "medium", "small"]);
  });

  it("waits for seconds and until a time without taking any", async () => {
    const ran = await runMachine({
      StartAt: "Cool down",
      States: {
        "Cool down": { Type: "Wait", Seconds: "{% 3600 * 12 %}", Next: "Morning" } as never,
        Morning: { Type: "Wait", Timestamp: "2026-11-26T02:00:00+09:00", End: true } as never,
      },
    });

    assert.equal(ran.seconds, 24 * 3600);
  });

  it("ends a task that is too late, tells it, and lets Catch see States.Timeout", async () => {
    let told = false;
    const ran = await runMachine(
      {
        StartAt: "Train",
        States: {
          Train: task({
            TimeoutSeconds: 3600,
            Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Late" }],
            End: true,
          }),
          Late: pass({ Output: "{% $states.input.Error %}" }),
        },
      },
      {},
      async (call, clock) => {
        await clock.spend(7200 * 1000, call.signal);
        told = call.signal.aborted;
        return "trained";
      },
    );

    assert.equal(outputOf(ran), "States.Timeout");
    assert.equal(ran.seconds, 3600);
    assert.ok(told);
  });

  it("ends a machine after its own timeout, whatever it catches", async () => {
    const ran = await runMachine({
      TimeoutSeconds: 60,
      ...single({ Type: "Wait", Seconds: 61, End: true }),
    });

    assert.equal(ran.outcome.status, "TIMED_OUT");
    assert.equal(ran.seconds, 60);
  });

  it("fails with the error of the branch that failed and ends the others", async () => {
    const branches = ["quick", "slow"].map((name) => ({
      StartAt: name,
      States: { [name]: task({ Next: `${name} after` }), [`${name} after`]: pass({}) },
    }));
    const ran = await runMachine(
      single({ Type: "Parallel", Branches: branches, End: true }),
      {},
      async (call, clock) => {
        if (call.state === "quick") throw new StateError("Quick.Failed", "at once");
        await clock.spend(1000, call.signal);
        return {};
      },
    );

    assert.deepEqual(ran.outcome, { status: "FAILED", error: "Quick.Failed", cause: "at once" });
    assert.deepEqual(entered(ran).toSorted(), ["Only", "quick", "slow"]);
  });

  it("fails by name when nothing fits: no choice, no value, no number, too large an answer", async () => {
    const errorOf = async (state: object, answer?: () => never | string) => {
      const { outcome } = await runMachine(single(state), { a: 1 }, answer);
      return "error" in outcome ? outcome.error : outcome.status;
    };
    const choice = { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "Only" }] };

    assert.equal(await errorOf(choice), "States.NoChoiceMatched");
    assert.equal(await errorOf(pass({ Output: "{% $states.input.b %}" })), "States.QueryEvaluationError");
    assert.equal(await errorOf(pass({ Output: "{% $eval('1') %}" })), "States.QueryEvaluationError");
    assert.equal(await errorOf(pass({ Output: "{% $ %}" })), "States.QueryEvaluationError");
    assert.equal(
      await errorOf({ Type: "Wait", Seconds: "{% 'long' %}", End: true }),
      "States.QueryEvaluationError",
    );
    assert.equal(
      await errorOf(task({ End: true, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Only" }] }), () =>
        "x".repeat(256 * 1024),
      ),
      "States.DataLimitExceeded",
    );
  });

  it("fills Error and Cause of a Fail state", async () => {
    const fail = { Type: "Fail", Error: "Gate.Rejected", Cause: "{% 'bias of ' & $states.input.bias %}" };

    const { outcome } = await runMachine(single(fail), { bias: 0.2 });

    assert.deepEqual(outcome, { status: "FAILED", error: "Gate.Rejected", cause: "bias of 0.2" });
  });

  it("is ended from outside", async () => {
    const stopped = new AbortController();
    const clock = new VirtualClock(START);

    const outcome = await execute(
      {
        QueryLanguage: "JSONata",
        ...single(task({ Retry: [{ ErrorEquals: ["States.ALL"] }], End: true })),
      },
      {},
      {
        clock,
        name: "run",
        machineArn: "arn:aws:states:ap-northeast-1:123456789012:stateMachine:m",
        signal: stopped.signal,
        answer: async () => {
          stopped.abort();
          throw new Error("stopped");
        },
      },
    );

    assert.deepEqual(outcome, { status: "ABORTED" });
  });

  it("rejects JSONPath, which it would read as text", async () => {
    await assert.rejects(runMachine({ ...single(pass({ QueryLanguage: "JSONPath" })) }), {
      message: 'QueryLanguage of "Only" is JSONPath: only JSONata runs here',
    });
  });

  it("shows the context of the run", async () => {
    const ran = await runMachine(
      single(
        pass({
          Output:
            "{% [$states.context.Execution.Id, $states.context.State.Name, $states.context.Execution.StartTime] %}",
        }),
      ),
    );

    assert.deepEqual(outputOf(ran), [
      "arn:aws:states:ap-northeast-1:123456789012:execution:nightly:run-1",
      "Only",
      "2026-11-24T17:00:00.000Z",
    ]);
  });
});
