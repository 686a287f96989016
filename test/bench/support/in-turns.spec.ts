import { strict as assert } from "node:assert";
import { inTurns, median, timed } from "../../../bench/support/in-turns";

describe("inTurns", () => {
  it("runs subjects in turns, and gives the median of each figure on its own", async () => {
    const order: string[] = [];
    const subject = (name: string, seconds: number[]) => () => {
      order.push(name);
      const next = seconds.shift() ?? NaN;
      return Promise.resolve({ seconds: next, cpuSeconds: 10 - next, name });
    };
    const medians = await inTurns(3, { a: subject("a", [3, 1, 2]), b: subject("b", [9, 7, 8]) });
    assert.deepEqual(order, ["a", "b", "a", "b", "a", "b"]);
    assert.deepEqual([medians.a.seconds, medians.a.cpuSeconds], [2, 8]);
    assert.deepEqual([medians.b.seconds, medians.b.last.seconds], [8, 8]);
    assert.equal("peakMegabytes" in medians.a, false);
  });

  it("takes the mean of the two in the middle of an even count", () => {
    assert.equal(median([4, 1, 3, 2]), 2.5);
  });

  it("times work of this process and hands on its result", async () => {
    const { result, seconds, cpuSeconds } = await timed(() => 42);
    assert.equal(result, 42);
    assert.ok(seconds >= 0 && cpuSeconds >= 0);
  });
});
