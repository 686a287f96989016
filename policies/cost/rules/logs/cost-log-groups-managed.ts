import type { StackRule } from "../../../kit";
import { FUNCTION, LOG_GROUP } from "../tokens";

export const costLogGroupsManaged: StackRule = {
  id: "cost-log-groups-managed",
  title: "Every function writes to a log group of the program",
  severity: "medium",
  rationale: "A log group that Lambda makes by itself keeps everything for ever and belongs to nobody.",
  remedy: "Create the log group /aws/lambda/<function> or name one in loggingConfig.logGroup.",
  controls: [],
  inspects: { [FUNCTION]: ["loggingConfig.logGroup", "name"], [LOG_GROUP]: ["name"] },
  checkStack: (stack) => {
    const groups = stack.ofType(LOG_GROUP);
    for (const lambda of stack.ofType(FUNCTION)) {
      const own = lambda.at("loggingConfig.logGroup");
      const name = lambda.at("name");
      if (own.presence === "unknown") continue;
      const expected = own.known ?? (name.isSet ? `/aws/lambda/${String(name.known)}` : undefined);
      if (name.presence === "unknown" && !own.isSet) lambda.defer("name");
      else if (!groups.some((group) => group.at("name").known === expected))
        lambda.fail(
          `no log group ${String(expected ?? "/aws/lambda/<name>")} is in the stack`,
          "loggingConfig.logGroup",
        );
    }
  },
};
