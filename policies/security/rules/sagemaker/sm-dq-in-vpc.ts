import type { ResourceRule } from "../../../kit";

export const smDqInVpc: ResourceRule = {
  id: "sm-dq-in-vpc",
  title: "Data-quality jobs run in the VPC",
  severity: "medium",
  rationale: "Only traffic of the VPC passes the bucket policies that demand the VPC endpoint.",
  controls: [],
  inspects: {
    "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": [
      "networkConfig.vpcConfig.subnets",
      "networkConfig.vpcConfig.securityGroupIds",
    ],
  },
  remedy: "Set networkConfig.vpcConfig.",
  check: (job) => {
    job.present("networkConfig.vpcConfig.subnets", "the job is in no subnet of ours");
    job.present("networkConfig.vpcConfig.securityGroupIds", "the job has no security group of ours");
  },
};
