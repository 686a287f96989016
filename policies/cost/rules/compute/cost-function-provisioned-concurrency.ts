import type { ResourceRule } from "../../../kit";

const PROVISIONED = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

export const costFunctionProvisionedConcurrency: ResourceRule = {
  id: "cost-function-provisioned-concurrency",
  title: "Functions keep no more instances warm than planned for",
  severity: "medium",
  rationale: "Provisioned concurrency is billed by the second, called or not.",
  remedy: "Remove the provisioned concurrency, or lower it to the environment's limit.",
  controls: [],
  inspects: { [PROVISIONED]: ["provisionedConcurrentExecutions"] },
  options: {
    maximum: {
      type: "integer",
      minimum: 0,
      description: "Most provisioned concurrent executions of a function.",
      default: 0,
    },
  },
  check: (configuration) =>
    configuration.require<number>(
      "provisionedConcurrentExecutions",
      (count) => count <= configuration.option<number>("maximum"),
      `functions keep ${configuration.option<number>("maximum")} instances warm at most`,
    ),
};
