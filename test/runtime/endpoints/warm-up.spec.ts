import assert from "node:assert/strict";
import { MODEL_INPUT } from "../../../contracts/model-input";
import type { Invocation, ModelAnswer } from "../../../runtime/endpoints/model-endpoint";
import { EndpointWarmer } from "../../../runtime/endpoints/warm-up";

const VERSION = "20260927-aaaaaaaa";
const answering = (text: string) => () => Promise.resolve<ModelAnswer>({ text, contentType: "text/csv" });

describe("EndpointWarmer", () => {
  it("asks the variant's model for one row of zeros", async () => {
    const asked: Invocation[] = [];
    const invoke = (invocation: Invocation) => {
      asked.push(invocation);
      return answering("0.93")();
    };

    await new EndpointWarmer({ invoke }).warm("challenger", "confectionery", VERSION);

    const [{ csv, inferenceId, ...target }] = asked as [Invocation];
    assert.deepEqual(target, { category: "confectionery", variant: "challenger", version: VERSION });
    assert.deepEqual(csv.split(","), Array(MODEL_INPUT.length).fill("0"));
    assert.ok(inferenceId.length <= 64, inferenceId);
    assert.equal(asked.length, 1);
  });

  it("gives up after its time, aborts the call, and says which model it was", async () => {
    let isAborted = false;
    const invoke = (_: Invocation, signal: AbortSignal) => {
      signal.addEventListener("abort", () => (isAborted = true));
      return new Promise<ModelAnswer>(() => undefined);
    };
    // An abort's own timer keeps no process alive.
    const alive = setTimeout(() => undefined, 1000);

    await assert.rejects(new EndpointWarmer({ invoke }, 15).warm("champion", "drinks", VERSION), {
      message: `warming up drinks ${VERSION} of the champion: no answer in 15 ms`,
    });
    clearTimeout(alive);
    assert.ok(isAborted);
  });

  for (const [what, text, reason] of [
    ["no number", "nan", /the answer is nan, no number/],
    ["another number of values", "1,2", /2 values to 1 rows/],
  ] as const) {
    it(`refuses an answer of ${what}`, async () => {
      const warmer = new EndpointWarmer({ invoke: answering(text) });
      await assert.rejects(warmer.warm("champion", "drinks", VERSION), reason);
    });
  }
});
