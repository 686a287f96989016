import type { StackRule } from "../../../kit";

const TABLE = "aws:dynamodb/table:Table";
const TARGET = "aws:appautoscaling/target:Target";

export const ddbCapacity: StackRule = {
  id: "ddb-capacity",
  title: "Tables grow with their load",
  severity: "medium",
  rationale: "Fixed capacity throttles the night's peak, or is paid for all day.",
  controls: [
    "CKV2_AWS_16",
    "DynamoDB.1",
    "DynamoDBAutoScalingEnabled",
    "guard:dynamodb_billing_mode_rule",
    "guard:dynamodb_throughput_limit_check",
  ],
  inspects: { [TABLE]: ["billingMode"], [TARGET]: ["serviceNamespace", "resourceId"] },
  remedy: 'Set billingMode to "PAY_PER_REQUEST", or add scaling targets.',
  checkStack: (stack) => {
    for (const table of stack.ofType(TABLE)) {
      if (table.at("billingMode").read<string>("PROVISIONED") !== "PROVISIONED") continue;
      const scaled = stack
        .ofType(TARGET)
        .some(
          (target) =>
            target.at("serviceNamespace").known === "dynamodb" && stack.refers(target, "resourceId", table),
        );
      const named = stack
        .ofType(TARGET)
        .some((target) => target.at("resourceId").known === `table/${String(table.at("name").known)}`);
      if (!scaled && !named) table.fail("the table's capacity is fixed", "billingMode");
    }
  },
};
