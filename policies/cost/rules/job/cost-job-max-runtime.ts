import type { ResourceRule } from "../../../kit";
import { jobStates, type JobState } from "../job-states";
import { STATE_MACHINE } from "../tokens";

const SECONDS_PER_HOUR = 3600;

export const costJobMaxRuntime: ResourceRule = {
  id: "cost-job-max-runtime",
  title: "Every job of a state machine stops by itself in time",
  severity: "medium",
  rationale: "A job that hangs is billed until its limit, and the default limit is a day or more.",
  remedy: "Set StoppingCondition.MaxRuntimeInSeconds, and TimeoutSeconds on the state of a transform job.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    maximumHours: {
      type: "number",
      minimum: 0.1,
      description: "Longest run time of one job in hours.",
      default: 4,
    },
  },
  check: (machine) => {
    const limit = machine.option<number>("maximumHours") * SECONDS_PER_HOUR;
    for (const job of jobStates(machine)) checkLimit(job, limit);
  },
};

/** A transform job has no stopping condition: the state's own time-out ends the wait, and Step Functions stops the job. */
function checkLimit({ state, kind, trainingPrefix }: JobState, limit: number): void {
  const path = `${trainingPrefix}StoppingCondition.MaxRuntimeInSeconds`;
  if (kind !== "transform" && state.origin(path) === "input")
    return state.fail("takes its maximum run time from the input, which nothing bounds");
  const value = kind === "transform" ? state.at("TimeoutSeconds") : state.argument(path);
  const name = kind === "transform" ? "TimeoutSeconds" : path;
  if (value.presence === "unset") return state.fail(`has no ${name}`);
  value.forbid<number>(
    "",
    (seconds) => Number(seconds) > limit,
    `state ${state.name} may run for more than ${limit} s`,
  );
}
