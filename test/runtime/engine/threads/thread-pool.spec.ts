import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { defineTask } from "../../../../runtime/engine/threads/task";
import { withThreadPool } from "../../../../runtime/engine/threads/thread-pool";
import { LOST, SQUARE } from "./example-tasks";

const ROOT = join(__dirname, "..", "..", "..", "..");

describe("ThreadPool", () => {
  it("returns the results in the order of the payloads, and hears what each task reports", async () => {
    const heard: string[] = [];
    const values = [5, 3, 8, 1, 9];

    const squares = await withThreadPool({ threads: 2 }, (pool) =>
      pool.run(
        SQUARE,
        values.map((value) => ({ value })),
        { onReport: (message, index) => heard.push(`${index}: ${String(message)}`) },
      ),
    );

    assert.deepEqual(squares, [25, 9, 64, 1, 81]);
    assert.deepEqual(heard.sort(), [
      "0: squaring 5",
      "1: squaring 3",
      "2: squaring 8",
      "3: squaring 1",
      "4: squaring 9",
    ]);
  });

  it("rejects with the error of a worker, and goes on", async () => {
    await withThreadPool({ threads: 2 }, async (pool) => {
      await assert.rejects(pool.run(SQUARE, [{ value: 1 }, { value: NaN }]), {
        name: "RangeError",
        message: "not a number",
      });

      assert.deepEqual(await pool.run(SQUARE, [{ value: 4 }]), [16]);
    });
  });

  it("says which module lacks the function of a task", async () => {
    await withThreadPool({ threads: 1 }, async (pool) => {
      await assert.rejects(
        pool.run(LOST, [undefined]),
        /example-tasks\.ts exports no function "unexported"$/,
      );
    });
    assert.throws(
      () =>
        defineTask(
          "some/module.ts",
          (
            () => () =>
              1
          )(),
        ),
      {
        message: "some/module.ts: a task needs a function with a name, exported under it",
      },
    );
  });

  it("rejects work when it is closed", async () => {
    const pool = await withThreadPool({ threads: 1 }, (open) => Promise.resolve(open));

    await assert.rejects(pool.run(SQUARE, [{ value: 1 }]), { message: "the thread pool is closed" });
  });

  it("rejects a number of threads that makes no sense", async () => {
    await assert.rejects(
      withThreadPool({ threads: 0 }, () => Promise.resolve()),
      { message: "threads is 0, allowed: a whole number from 1 to 64" },
    );
  });

  it("works under node --import tsx, and does not hold the process up when nobody closes it", () => {
    const program = `
      const { ThreadPool } = require("./runtime/engine/threads/thread-pool.ts");
      const { SQUARE } = require("./test/runtime/engine/threads/example-tasks.ts");
      void new ThreadPool({ threads: 2 }).run(SQUARE, [{ value: 7 }]).then(([square]) => console.log(square));`;

    const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "--eval", program], {
      cwd: ROOT,
      encoding: "utf8",
      timeout: 15_000,
    });

    assert.deepEqual([stdout, status], ["49\n", 0], stderr);
  });
});
