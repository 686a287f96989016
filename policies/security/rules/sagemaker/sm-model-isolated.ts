import type { ResourceRule } from "../../../kit";

export const smModelIsolated: ResourceRule = {
  id: "sm-model-isolated",
  title: "Model containers are isolated from the network",
  severity: "high",
  rationale: "A model needs no network to predict; a manipulated artifact would use it to send data out.",
  anchors: [
    "CKV_AWS_370",
    "SageMaker.5",
    "sagemaker-model-isolation-enabled",
    "sagemaker_models_network_isolation_enabled",
    "SM-11",
  ],
  guards: { "aws:sagemaker/model:Model": ["enableNetworkIsolation"] },
  remedy: "Set enableNetworkIsolation to true.",
  check: (model) =>
    model.require<boolean>(
      "enableNetworkIsolation",
      (v) => v,
      "containers of the model may open connections",
    ),
};
