import type { ResourceRule } from "../../../kit";
import { hasLocalNvme } from "../../nvme";

export const smDqVolumeCmk: ResourceRule = {
  id: "sm-dq-volume-cmk",
  title: "Volumes of data-quality jobs are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "The volume holds the captures that the job reads.",
  controls: ["CKV_AWS_368"],
  inspects: {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      "jobResources.clusterConfig.volumeKmsKeyId",
      "jobResources.clusterConfig.instanceType",
    ],
  },
  remedy: "Set jobResources.clusterConfig.volumeKmsKeyId.",
  check: (job) => {
    if (hasLocalNvme(String(job.at("jobResources.clusterConfig.instanceType").known ?? ""))) return;
    job.present("jobResources.clusterConfig.volumeKmsKeyId", "the job's volume has no key of ours");
  },
};
