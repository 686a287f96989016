import type { StackRule } from "../../../kit";
import { ENDPOINT, ENDPOINT_CONFIGURATION } from "../tokens";
import { hostedVariants } from "./variants";

export const costEndpointCount: StackRule = {
  id: "cost-endpoint-count",
  title: "Models share endpoints",
  severity: "medium",
  rationale:
    "Four categories on four endpoints need four times the instances; a multi-model endpoint holds them all.",
  remedy: "Put the models behind one multi-model endpoint.",
  controls: [],
  inspects: {
    [ENDPOINT]: ["endpointConfigName"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants[*].serverlessConfig"],
  },
  options: {
    maximum: {
      type: "integer",
      minimum: 0,
      description: "Most endpoints on instances in the stack; serverless endpoints are not counted.",
      default: 1,
    },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const endpoints = [...new Set(hostedVariants(stack).map(({ endpoint }) => endpoint))];
    for (const endpoint of endpoints.slice(maximum))
      endpoint.fail(
        `the stack has ${endpoints.length} endpoints on instances, ${maximum} at most are planned for`,
        "endpointConfigName",
      );
  },
};
