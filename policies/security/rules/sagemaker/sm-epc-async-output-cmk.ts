import type { ResourceRule } from "../../../kit";

export const smEpcAsyncOutputCmk: ResourceRule = {
  id: "sm-epc-async-output-cmk",
  title: "Asynchronous results are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Results and failed requests wait in S3 where many roles read.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "asyncInferenceConfig.outputConfig.kmsKeyId",
    ],
  },
  remedy: "Set asyncInferenceConfig.outputConfig.kmsKeyId to a customer-managed key.",
  check: (configuration) => {
    if (!configuration.at("asyncInferenceConfig").isSet) return;
    configuration.present(
      "asyncInferenceConfig.outputConfig.kmsKeyId",
      "asynchronous results have no key of ours",
    );
  },
};
