import type { StackRule } from "../../../kit";
import { configurationsOf, ENDPOINT, ENDPOINT_CONFIGURATION } from "./endpoint-configurations";

/** Properties that the run time changes after the first deployment. */
const RUNTIME_PROPERTIES = ["endpointConfigName", "deploymentConfig"];

export const smEpRuntimeOwned: StackRule = {
  id: "sm-ep-runtime-owned",
  title: "An update cannot reset the split of a running experiment",
  severity: "high",
  rationale:
    "A new endpoint configuration sets every weight and instance count back to its initial value, in the middle of an experiment.",
  controls: [],
  inspects: {
    [ENDPOINT]: ["opts.ignoreChanges"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants"],
  },
  remedy:
    'Create endpoints with several variants with ignoreChanges: ["endpointConfigName", "deploymentConfig"]; the run time owns both.',
  checkStack: (stack) => {
    for (const endpoint of stack.ofType(ENDPOINT)) {
      const experiment = configurationsOf(stack, endpoint).some(
        (configuration) => configuration.at("productionVariants").items().length > 1,
      );
      const ignored = endpoint.resourceOptions.ignoreChanges;
      const missing = RUNTIME_PROPERTIES.filter((property) => !ignored.includes(property));
      if (experiment && missing.length > 0) {
        endpoint.fail(`a changed ${missing.join(" or ")} would reset the live weights`, "opts.ignoreChanges");
      }
    }
  },
};
