import type { ResourceRule } from "../../../kit";
import { jobsOf, STATE_MACHINE } from "./jobs";

export const smAslRolePassed: ResourceRule = {
  id: "sm-asl-role-passed",
  title: "State machines pass a fixed role to SageMaker jobs",
  severity: "high",
  rationale:
    "A role taken from the execution's input lets whoever may start it choose any role that may be passed.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  remedy: "Write the role's ARN as RoleArn into the definition.",
  check: (machine) => {
    for (const job of jobsOf(machine)) {
      if (job.kind !== "transform" && job.origin("RoleArn") !== "literal") {
        job.fail("takes the role of the job from its input, or names none");
      }
    }
  },
};
