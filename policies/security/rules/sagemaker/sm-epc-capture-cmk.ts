import type { ResourceRule } from "../../../kit";

export const smEpcCaptureCmk: ResourceRule = {
  id: "sm-epc-capture-cmk",
  title: "Captured requests are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "A capture repeats what every shop asked and what it was told.",
  controls: [],
  inspects: {
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [
      "dataCaptureConfig.kmsKeyId",
      "dataCaptureConfig.enableCapture",
    ],
  },
  remedy: "Set dataCaptureConfig.kmsKeyId to a customer-managed key.",
  check: (configuration) => {
    const capture = configuration.at("dataCaptureConfig");
    if (!capture.isSet || capture.at("enableCapture").known === false) return;
    capture.present("kmsKeyId", "captures have no key of ours");
  },
};
