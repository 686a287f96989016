import type { ResourceRule } from "../../../kit";
import { STATE_MACHINE } from "../tokens";

export const costMapConcurrency: ResourceRule = {
  id: "cost-map-concurrency",
  title: "Map states have a bounded concurrency",
  severity: "medium",
  rationale: "A Map without MaxConcurrency, or with 0, starts a job for every item at once.",
  remedy: "Set MaxConcurrency to a number from 1 to the environment's limit.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    maximum: {
      type: "integer",
      minimum: 1,
      description:
        "Most iterations of a Map state at a time. 40 is also what Step Functions runs of an inline Map.",
      default: 40,
    },
  },
  check: (machine) => {
    const maximum = machine.option<number>("maximum");
    for (const state of machine.stateMachine("definition")?.states ?? []) {
      if (state.type !== "Map") continue;
      const concurrency = state.at("MaxConcurrency");
      if (concurrency.presence === "unset")
        state.fail("is a Map without MaxConcurrency, which means no limit");
      else
        concurrency.forbid<number>(
          "",
          (value) => Number(value) < 1 || Number(value) > maximum,
          `state ${state.name} runs more than ${maximum} iterations at a time (0 means no limit)`,
        );
    }
  },
};
