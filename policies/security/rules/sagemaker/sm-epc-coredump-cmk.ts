import type { ResourceRule } from "../../../kit";
import { variantsOf } from "./variants";

export const smEpcCoredumpCmk: ResourceRule = {
  id: "sm-epc-coredump-cmk",
  title: "Core dumps of endpoints are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "A core dump is the memory of the container: models and requests in the clear.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "productionVariants[*].coreDumpConfig.kmsKeyId",
      "shadowProductionVariants[*].coreDumpConfig.kmsKeyId",
    ],
  },
  remedy: "Set coreDumpConfig.kmsKeyId, or remove coreDumpConfig.",
  check: (configuration) => {
    for (const variant of variantsOf(configuration)) {
      if (variant.at("coreDumpConfig").isSet) {
        variant.present("coreDumpConfig.kmsKeyId", "core dumps have no key of ours");
      }
    }
  },
};
