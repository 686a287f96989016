import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION, SCALING_TARGET } from "../tokens";
import { valuesAt } from "../values-at";
import { WARM_CONTAINERS } from "./variants";

const KEPT = "productionVariants[*].serverlessConfig.provisionedConcurrency";

export const costNoProvisionedConcurrency: ResourceRule = {
  id: "cost-no-provisioned-concurrency",
  title: "Serverless endpoints keep no more capacity warm than the environment allows",
  severity: "medium",
  rationale:
    "Provisioned concurrency is billed by the second whether anybody calls the endpoint or not, and so is what scaling adds.",
  remedy:
    "Remove provisionedConcurrency and accept the cold start, or raise the rule's maximum with whoever pays.",
  controls: [],
  inspects: {
    [ENDPOINT_CONFIGURATION]: [KEPT],
    [SCALING_TARGET]: ["maxCapacity", "scalableDimension"],
  },
  options: {
    maximum: {
      type: "integer",
      minimum: 0,
      description: "Most provisioned concurrency of a variant, also where scaling adds to it.",
      default: 0,
    },
  },
  check: (resource) => {
    const maximum = resource.option<number>("maximum");
    const message = `more than ${maximum} requests are kept warm`;
    if (resource.type === ENDPOINT_CONFIGURATION) {
      for (const value of valuesAt(resource, KEPT))
        value.forbid<number>("", (given) => given > maximum, message);
    } else if (resource.at("scalableDimension").known === WARM_CONTAINERS) {
      resource.require<number>("maxCapacity", (value) => value <= maximum, message);
    }
  },
};
