import type { ResourceRule } from "../../../kit";

export const smDqIsolated: ResourceRule = {
  id: "sm-dq-isolated",
  title: "Data-quality jobs are isolated from the network",
  severity: "medium",
  rationale: "The job reads captures and needs no connection while it runs.",
  controls: ["SageMaker.11", "SM-30"],
  inspects: {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      "networkConfig.enableNetworkIsolation",
    ],
  },
  remedy: "Set networkConfig.enableNetworkIsolation to true.",
  check: (job) =>
    job.require<boolean>("networkConfig.enableNetworkIsolation", (v) => v, "the job may open connections"),
};
