import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../asl/states";
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
});
