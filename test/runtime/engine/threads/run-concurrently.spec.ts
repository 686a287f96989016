import assert from "node:assert/strict";
import { runConcurrently } from "../../../../runtime/engine/threads/run-concurrently";

describe("runConcurrently", () => {
  it("works on every item, with no more of them at a time than asked for", async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;

    await runConcurrently([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      done.push(item);
    });

    assert.deepEqual(done.sort(), [1, 2, 3, 4, 5]);
    assert.equal(most, 2);
  });

  it("stops at the first failure and reports it", async () => {
    const started: number[] = [];

    const failing = runConcurrently([1, 2, 3, 4, 5, 6], 1, (item) => {
      started.push(item);
      return item === 2 ? Promise.reject(new Error("two")) : Promise.resolve();
    });

    await assert.rejects(failing, /two/);
    assert.deepEqual(started, [1, 2]);
  });
});
