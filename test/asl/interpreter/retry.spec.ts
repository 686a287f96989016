import assert from "node:assert/strict";
import { StateError } from "../../../asl/interpreter/state-error";
import { entered, outputOf, type Ran, runMachine } from "./support/run-machine";

/** A task that throws these errors, one a call, and then answers. */
function failing(errors: readonly string[], retry: readonly object[], random?: () => number): Promise<Ran> {
  const left = [...errors];
  return runMachine(
    {
      StartAt: "X",
      States: {
        X: {
          Type: "Task",
          Resource: "arn:aws:states:::work",
          Arguments: "{% $states.context.State.RetryCount %}",
          Retry: retry,
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Z", Output: "{% $states.errorOutput.Error %}" }],
          End: true,
        } as never,
        Z: { Type: "Pass", End: true } as never,
      },
    },
    {},
    (call) => {
      const error = left.shift();
      if (error !== undefined) throw new StateError(error, "as told");
      return call.arguments;
    },
    random,
  );
}

const waits = ({ events }: Ran) => events.flatMap(({ retrySeconds }) => retrySeconds ?? []);

describe("retries", () => {
  // https://states-language.net/spec.html#retrying-after-error, "complex retry scenarios"
  it("counts for each retrier by itself, as the specification's example does", async () => {
    const ran = await failing(
      ["ErrorA", "ErrorB", "ErrorC", "ErrorB"],
      [
        { ErrorEquals: ["ErrorA", "ErrorB"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
        { ErrorEquals: ["ErrorC"], IntervalSeconds: 5 },
      ],
    );

    assert.deepEqual(waits(ran), [1, 2, 5]);
    assert.deepEqual(entered(ran), ["X", "Z"]);
    assert.equal(outputOf(ran), "ErrorB");
  });

  // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
  it("waits 3, 6 and 12 seconds by default from an interval of 3, and MaxDelaySeconds at most", async () => {
    const errors = ["E", "E", "E"];

    assert.deepEqual(waits(await failing(errors, [{ ErrorEquals: ["E"], IntervalSeconds: 3 }])), [3, 6, 12]);
    assert.deepEqual(
      waits(await failing(errors, [{ ErrorEquals: ["E"], IntervalSeconds: 3, MaxDelaySeconds: 5 }])),
      [3, 5, 5],
    );
  });

  it("spreads full jitter from no wait to the whole one", async () => {
    const draws = [0, 0.5, 0.999];
    const ran = await failing(
      ["E", "E", "E"],
      [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 10, JitterStrategy: "FULL" }],
      () => draws.shift()!,
    );

    assert.deepEqual(waits(ran), [0, 10, 39.96]);
    assert.equal(ran.seconds, 49.96);
    assert.equal(outputOf(ran), 3, "the task sees how often it was retried");
  });

  it("matches no timeout by States.TaskFailed, and no limit by States.ALL", async () => {
    const any = (name: string) => [{ ErrorEquals: [name], MaxAttempts: 9 }];

    assert.deepEqual(waits(await failing(["States.Timeout"], any("States.TaskFailed"))), []);
    assert.deepEqual(waits(await failing(["States.Timeout"], any("States.ALL"))), [1]);
    const limited = await failing(["States.DataLimitExceeded"], any("States.ALL"));
    assert.equal(limited.outcome.status, "FAILED");
  });

  it("never retries with MaxAttempts 0", async () => {
    const ran = await failing(
      ["E"],
      [{ ErrorEquals: ["E"], MaxAttempts: 0 }, { ErrorEquals: ["States.ALL"] }],
    );

    assert.deepEqual(waits(ran), []);
  });
});
