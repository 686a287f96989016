import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";
import { valuesAt } from "../values-at";

const MEMORY = "productionVariants[*].serverlessConfig.memorySizeInMb";
const CONCURRENCY = "productionVariants[*].serverlessConfig.maxConcurrency";

export const costServerlessSize: ResourceRule = {
  id: "cost-serverless-size",
  title: "Serverless endpoints stay within the memory and concurrency of the environment",
  severity: "medium",
  rationale:
    "Memory multiplies the price of every request, concurrency bounds what a runaway client can spend.",
  remedy: "Lower memorySizeInMb and maxConcurrency to the environment's limits.",
  controls: [],
  inspects: { [ENDPOINT_CONFIGURATION]: [MEMORY, CONCURRENCY] },
  options: {
    maximumMemoryMb: {
      type: "integer",
      minimum: 1024,
      maximum: 6144,
      description: "Most memory of a serverless variant in MB.",
      default: 3072,
    },
    maximumConcurrency: {
      type: "integer",
      minimum: 1,
      maximum: 200,
      description: "Most concurrent invocations of a serverless variant.",
      default: 20,
    },
  },
  check: (configuration) => {
    const memory = configuration.option<number>("maximumMemoryMb");
    const concurrency = configuration.option<number>("maximumConcurrency");
    for (const value of valuesAt(configuration, MEMORY))
      value.forbid<number>("", (size) => size > memory, `a serverless variant has more than ${memory} MB`);
    for (const value of valuesAt(configuration, CONCURRENCY))
      value.forbid<number>(
        "",
        (count) => count > concurrency,
        `a serverless variant takes more than ${concurrency} requests at a time`,
      );
  },
};
