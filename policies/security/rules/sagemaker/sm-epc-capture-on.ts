import type { ResourceRule } from "../../../kit";
import { hasInstances } from "./variants";

export const smEpcCaptureOn: ResourceRule = {
  id: "sm-epc-capture-on",
  title: "Real-time endpoints capture their requests",
  severity: "low",
  rationale: "Without captured requests neither drift nor a disputed order can be examined afterwards.",
  controls: ["SM-07", "SM-23"],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "dataCaptureConfig.enableCapture",
      "productionVariants[*].instanceType",
      "productionVariants[*].serverlessConfig",
    ],
  },
  remedy:
    "Set dataCaptureConfig.enableCapture to true (serverless endpoints cannot capture and are left alone).",
  check: (configuration) => {
    if (!hasInstances(configuration)) return;
    configuration.require<boolean>("dataCaptureConfig.enableCapture", (v) => v, "requests are not captured");
  },
};
