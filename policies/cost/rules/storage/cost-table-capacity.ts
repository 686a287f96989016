import type { ResourceRule } from "../../../kit";

const TABLE = "aws:dynamodb/table:Table";

export const costTableCapacity: ResourceRule = {
  id: "cost-table-capacity",
  title: "Tables are billed by request, up to a limit",
  severity: "low",
  rationale: "Release state is read a few times a minute: provisioned units would be billed for nothing.",
  remedy: "Set billingMode to PAY_PER_REQUEST, and onDemandThroughput within the limit when one is set.",
  controls: ["dynamodb_table_autoscaling_disabled", "DynamoDB.1"],
  inspects: {
    [TABLE]: [
      "billingMode",
      "onDemandThroughput.maxReadRequestUnits",
      "onDemandThroughput.maxWriteRequestUnits",
    ],
  },
  options: {
    maximumUnits: {
      type: "integer",
      minimum: 1,
      description: "Largest limit of on-demand read or write units a second.",
      default: 4000,
    },
  },
  check: (table) => {
    const maximum = table.option<number>("maximumUnits");
    table.require<string>(
      "billingMode",
      (mode) => mode === "PAY_PER_REQUEST",
      "the table has provisioned capacity",
    );
    for (const key of ["maxReadRequestUnits", "maxWriteRequestUnits"])
      table.forbid<number>(
        `onDemandThroughput.${key}`,
        (units) => units > maximum || units < 0,
        `the table may take more than ${maximum} units a second (-1 means no limit)`,
      );
  },
};
