import type { ResourceRule } from "../../../kit";
import { jobStates } from "../job-states";
import { STATE_MACHINE } from "../tokens";

export const costJobTags: ResourceRule = {
  id: "cost-job-tags",
  title: "Jobs that a state machine starts carry the cost tags",
  severity: "low",
  rationale:
    "A job does not inherit the tags of its state machine: without its own it is nobody's on the bill.",
  remedy: "Add Tags with the cost-allocation keys to the task's parameters.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    keys: {
      type: "array",
      items: { type: "string" },
      description: "Keys that the Tags of every job must have.",
      default: ["Project", "Environment"],
    },
  },
  check: (machine) => {
    for (const { state } of jobStates(machine)) {
      if (state.origin("Tags") === "input") continue;
      const keys = state
        .argument("Tags")
        .items()
        .map((tag) => tag.at("Key").known);
      const missing = machine.option<string[]>("keys").filter((key) => !keys.includes(key));
      if (missing.length > 0) state.fail(`starts a job without the tags ${missing.join(", ")}`);
    }
  },
};
