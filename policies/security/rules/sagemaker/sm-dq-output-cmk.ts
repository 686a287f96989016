import type { ResourceRule } from "../../../kit";

export const smDqOutputCmk: ResourceRule = {
  id: "sm-dq-output-cmk",
  title: "Results of data-quality jobs are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "The report repeats values of the data that it judges.",
  controls: ["CKV_AWS_367"],
  inspects: {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      "dataQualityJobOutputConfig.kmsKeyId",
    ],
  },
  remedy: "Set dataQualityJobOutputConfig.kmsKeyId.",
  check: (job) => job.present("dataQualityJobOutputConfig.kmsKeyId", "the results have no key of ours"),
};
