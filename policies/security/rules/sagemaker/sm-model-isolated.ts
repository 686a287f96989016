import type { StackRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "./endpoint-configurations";
import { MODEL, modelsOnInstances } from "./served-models";

export const smModelIsolated: StackRule = {
  id: "sm-model-isolated",
  title: "Model containers are isolated from the network",
  severity: "high",
  rationale:
    "A model needs no network to predict; a manipulated artifact would use it to send data out. Serverless inference cannot isolate.",
  controls: ["CKV_AWS_370", "SageMaker.5", "sagemaker_models_network_isolation_enabled", "SM-11"],
  inspects: {
    [MODEL]: ["enableNetworkIsolation"],
    [ENDPOINT_CONFIGURATION]: ["productionVariants[*].serverlessConfig"],
  },
  remedy: "Set enableNetworkIsolation to true.",
  checkStack: (stack) => {
    for (const model of modelsOnInstances(stack)) {
      model.require<boolean>(
        "enableNetworkIsolation",
        (v) => v,
        "containers of the model may open connections",
      );
    }
  },
};
