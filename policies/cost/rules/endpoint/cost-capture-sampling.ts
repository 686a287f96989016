import type { ResourceRule } from "../../../kit";
import { ENDPOINT_CONFIGURATION } from "../tokens";

export const costCaptureSampling: ResourceRule = {
  id: "cost-capture-sampling",
  title: "Data capture samples no more requests than drift detection needs",
  severity: "low",
  rationale: "Every captured request is an object in S3; beyond a sample, more of them tell nothing new.",
  remedy: "Lower dataCaptureConfig.initialSamplingPercentage.",
  controls: [],
  inspects: { [ENDPOINT_CONFIGURATION]: ["dataCaptureConfig.initialSamplingPercentage"] },
  options: {
    maximumPercent: {
      type: "integer",
      minimum: 0,
      maximum: 100,
      description:
        "Largest share of captured requests in percent. Capture itself is the security pack's rule.",
      default: 20,
    },
  },
  check: (configuration) => {
    const maximum = configuration.option<number>("maximumPercent");
    configuration.forbid<number>(
      "dataCaptureConfig.initialSamplingPercentage",
      (percent) => percent > maximum,
      `more than ${maximum} % of the requests are captured`,
    );
  },
};
