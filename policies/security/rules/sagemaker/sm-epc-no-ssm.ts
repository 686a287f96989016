import type { ResourceRule } from "../../../kit";
import { variantsOf } from "./variants";

export const smEpcNoSsm: ResourceRule = {
  id: "sm-epc-no-ssm",
  title: "Nobody can log in to endpoint instances",
  severity: "high",
  rationale:
    "A Systems Manager session on a serving container reads requests and artifacts and leaves no deployment trace.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "productionVariants[*].enableSsmAccess",
      "shadowProductionVariants[*].enableSsmAccess",
    ],
  },
  remedy: "Remove enableSsmAccess from the variant.",
  check: (configuration) => {
    for (const variant of variantsOf(configuration)) {
      variant.forbid<boolean>("enableSsmAccess", (v) => v, "sessions on the serving container are allowed");
    }
  },
};
