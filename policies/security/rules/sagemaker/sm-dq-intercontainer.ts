import type { ResourceRule } from "../../../kit";

export const smDqIntercontainer: ResourceRule = {
  id: "sm-dq-intercontainer",
  title: "Data-quality jobs on several instances encrypt their traffic",
  severity: "medium",
  rationale: "Instances of one job exchange the data that they compare.",
  controls: ["CKV_AWS_369", "SageMaker.9", "SM-16"],
  inspects: {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      "networkConfig.enableInterContainerTrafficEncryption",
      "jobResources.clusterConfig.instanceCount",
    ],
  },
  remedy: "Set networkConfig.enableInterContainerTrafficEncryption to true.",
  check: (job) => {
    const count = job.at("jobResources.clusterConfig.instanceCount");
    if (count.presence !== "unknown" && Number(count.known ?? 1) < 2) return;
    job.require<boolean>(
      "networkConfig.enableInterContainerTrafficEncryption",
      (v) => v,
      "traffic between instances is in the clear",
    );
  },
};
