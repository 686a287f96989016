import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";

export const costEndpointServerless: ResourceRule = {
  id: "cost-endpoint-serverless",
  title: "Endpoints of a non-production environment are serverless or asynchronous",
  severity: "high",
  rationale: "One ml.m5.large that nobody calls costs more than a whole development environment should.",
  remedy: "Give the variant a serverlessConfig, or the configuration an asyncInferenceConfig.",
  controls: [],
  optIn: true,
  inspects: { [ENDPOINT_CONFIGURATION]: ["productionVariants[*].serverlessConfig", "asyncInferenceConfig"] },
  check: (configuration) => {
    if (configuration.at("asyncInferenceConfig").isSet) return;
    for (const variant of configuration.at("productionVariants").items())
      variant.present("serverlessConfig", "the variant keeps instances running all month");
  },
};
