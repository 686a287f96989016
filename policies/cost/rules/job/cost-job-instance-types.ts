import type { ResourceRule } from "../../../kit";
import { requireAllowed } from "../instances/instance-types";
import { jobStates } from "../job-states";
import { STATE_MACHINE } from "../tokens";

export const costJobInstanceTypes: ResourceRule = {
  id: "cost-job-instance-types",
  title: "Jobs in state machines run on the instance types of the environment",
  severity: "medium",
  rationale: "A job's size is chosen in a definition that nobody reads as a price list.",
  remedy: "Write an allowed instance type into the definition instead of taking it from the input.",
  controls: ["t4g-instance-types", "ec2_instance_large"],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    allowed: {
      type: "array",
      items: { type: "string" },
      description:
        "Instance types that training, processing, transform and tuning jobs may use; * stands for any text.",
      default: ["ml.m5.large", "ml.m5.xlarge", "ml.m5.2xlarge", "ml.m5.4xlarge"],
    },
  },
  check: (machine) => {
    for (const { state, instanceTypePath } of jobStates(machine)) {
      if (state.origin(instanceTypePath) === "input")
        state.fail("takes its instance type from the input, which nothing bounds");
      else requireAllowed([state.argument(instanceTypePath)], machine.option<string[]>("allowed"));
    }
  },
};
