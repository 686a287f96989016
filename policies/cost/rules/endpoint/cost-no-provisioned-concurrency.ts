import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";
import { valuesAt } from "../values-at";

const PROVISIONED = "productionVariants[*].serverlessConfig.provisionedConcurrency";

export const costNoProvisionedConcurrency: ResourceRule = {
  id: "cost-no-provisioned-concurrency",
  title: "Serverless endpoints keep no more capacity warm than the environment allows",
  severity: "medium",
  rationale: "Provisioned concurrency is billed by the hour whether anybody calls the endpoint or not.",
  remedy: "Remove provisionedConcurrency and accept the cold start.",
  controls: [],
  inspects: { [ENDPOINT_CONFIGURATION]: [PROVISIONED] },
  options: {
    maximum: {
      type: "integer",
      minimum: 0,
      description: "Most provisioned concurrency of a variant.",
      default: 0,
    },
  },
  check: (configuration) => {
    const maximum = configuration.option<number>("maximum");
    for (const value of valuesAt(configuration, PROVISIONED))
      value.forbid<number>("", (count) => count > maximum, `more than ${maximum} requests are kept warm`);
  },
};
