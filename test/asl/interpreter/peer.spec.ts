import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json, State } from "../../../asl/states";
import { StateError } from "../../../asl/interpreter/state-error";
import { runPeer } from "./support/peer";
import { entered, runMachine } from "./support/run-machine";
import { answering, type Flow, flow, machineOf } from "./support/twins";

class NamedError extends Error {
  public constructor(public override readonly name: string) {
    super("as told");
  }
}

async function byPeer(steps: Flow, input: Json) {
  const { machine, stepOf } = machineOf(steps, "JSONPath");
  return runPeer(
    machine,
    input,
    answering(stepOf, (error) => {
      throw new NamedError(error);
    }),
  );
}

async function byUs(steps: Flow, input: Json) {
  const { machine, stepOf } = machineOf(steps, "JSONata");
  const answer = answering(stepOf, (error) => {
    throw new StateError(error, "as told");
  });
  const ran = await runMachine(machine, input, (call) => answer(call.state, call.arguments));
  return { ...ran.outcome, entered: entered(ran) };
}

/** Whether states run at the same time: what has run when one of them fails is a matter of chance. */
function isTogether(steps: Flow): boolean {
  return steps.some(
    (step) =>
      step.kind === "branches" ||
      step.kind === "map" ||
      (step.kind === "choose" && (isTogether(step.yes) || isTogether(step.no))),
  );
}

describe("the interpreter beside aws-local-stepfunctions", () => {
  it("ends twins of one machine alike, after the same states", async () => {
    let failures = 0;
    await fc.assert(
      fc.asyncProperty(flow, fc.integer({ min: -5, max: 15 }), async (steps, n) => {
        const [peer, ours] = [await byPeer(steps, { n }), await byUs(steps, { n })];

        assert.equal("output" in ours, peer.error === undefined);
        if ("output" in ours) assert.deepEqual(ours.output, peer.output);
        else failures++;
        if ("output" in ours) assert.deepEqual(ours.entered.toSorted(), [...peer.entered].toSorted());
        if (!isTogether(steps)) {
          assert.equal("error" in ours ? ours.error : undefined, peer.error);
          assert.deepEqual(ours.entered, peer.entered);
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(failures > 15 && failures < 135, `${failures} of 150 machines failed`);
  });

  it("has functions that answer as the intrinsic ones of JSONPath do", async () => {
    const text = fc.string({ maxLength: 12, unit: "grapheme" });
    const twin = fc.oneof(
      fc.record({
        intrinsic: fc.constant("States.ArrayPartition($.a, $.n)"),
        jsonata: fc.constant("$partition($states.input.a, $states.input.n)"),
        input: fc.record({
          a: fc.array(fc.integer(), { minLength: 1, maxLength: 9 }),
          n: fc.integer({ min: 1, max: 12 }),
        }),
      }),
      fc.record({
        intrinsic: fc.constant("States.ArrayRange($.from, $.to, $.step)"),
        jsonata: fc.constant("$range($states.input.from, $states.input.to, $states.input.step)"),
        input: fc.record({
          from: fc.integer({ min: -9, max: 9 }),
          to: fc.integer({ min: -9, max: 9 }),
          step: fc.integer({ min: -4, max: 4 }).filter((step) => step !== 0),
        }),
      }),
      fc.record({
        intrinsic: fc.constant("States.Hash($.text, $.by)"),
        jsonata: fc.constant("$hash($states.input.text, $states.input.by)"),
        input: fc.record({ text, by: fc.constantFrom("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512") }),
      }),
      fc.record({
        intrinsic: fc.constant("States.StringToJson($.text)"),
        jsonata: fc.constant("$parse($states.input.text)"),
        input: fc.jsonValue({ maxDepth: 2 }).map((value) => ({ text: JSON.stringify(value) })),
      }),
    );
    await fc.assert(
      fc.asyncProperty(twin, async ({ intrinsic, jsonata, input }) => {
        const state = { Type: "Pass", End: true } as const;
        const peer = await runPeer(
          { StartAt: "A", States: { A: { ...state, Parameters: { "answer.$": intrinsic } } as State } },
          input,
          () => null,
        );
        const ours = await runMachine(
          {
            StartAt: "A",
            States: { A: { ...state, Output: { answer: `{% ${jsonata} %}` } } },
          },
          input as Json,
        );

        assert.deepEqual(ours.outcome, { status: "SUCCEEDED", output: peer.output });
      }),
      { numRuns: 200 },
    );
  });
});
