import type { ResourceRule, State } from "../../../kit";

export const sfnTasksBounded: ResourceRule = {
  id: "sfn-tasks-bounded",
  title: "Tasks of state machines have a time limit and a way out of errors",
  severity: "medium",
  rationale:
    "A task without a limit waits up to a year, and one transient error without a retry costs the night.",
  controls: [],
  inspects: { "aws:sfn/stateMachine:StateMachine": ["definition"] },
  remedy:
    "Give every Task TimeoutSeconds (or HeartbeatSeconds), Retry and, where the machine can go on, Catch.",
  options: {
    require: {
      type: "array",
      items: { type: "string" },
      description: "What every Task must have: timeout, retry, catch.",
      default: ["timeout", "retry", "catch"],
    },
  },
  check: (machine) => {
    const document = machine.stateMachine("definition");
    for (const state of document?.states ?? []) {
      if (state.type === "Task") checkTask(state, machine.option<string[]>("require"));
    }
  },
};

function checkTask(state: State, required: readonly string[]): void {
  const { body } = state;
  const limits = ["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"];
  if (required.includes("timeout") && !limits.some((key) => key in body)) state.fail("has no time limit");
  if (required.includes("retry") && !("Retry" in body)) state.fail("is not retried");
  if (required.includes("catch") && !("Catch" in body)) state.fail("does not catch errors");
  if (typeof body.Resource === "string" && body.Resource.includes("*"))
    state.fail("calls a wildcard resource");
}
