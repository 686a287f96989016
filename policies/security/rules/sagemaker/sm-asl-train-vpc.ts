import type { ResourceRule } from "../../../kit";
import { jobPaths, jobsOf } from "./jobs";

const NETWORK = ["Subnets", "SecurityGroupIds"];

export const smAslTrainVpc: ResourceRule = {
  id: "sm-asl-train-vpc",
  title: "SageMaker jobs started by state machines run in the VPC",
  severity: "high",
  rationale: "A job outside the VPC reaches the internet with the training data in its hands.",
  controls: ["sagemaker_training_jobs_vpc_settings_configured"],
  inspects: jobPaths(["vpcConfig.subnets", "vpcConfig.securityGroupIds"]),
  remedy: "Set VpcConfig (NetworkConfig.VpcConfig for processing) with private subnets and a security group.",
  check: (resource) => {
    for (const job of jobsOf(resource)) {
      // Batch transform has no network settings of its own: it runs with those of its model.
      if (job.kind === "transform") continue;
      const path = job.kind === "processing" ? "NetworkConfig.VpcConfig" : "VpcConfig";
      if (job.origin(path) === "input") {
        job.fail(`takes the network of a ${job.kind} job from its input (${path})`);
      } else if (
        !NETWORK.every(
          (part) => job.value(`${path}.${part}`).isSet || job.origin(`${path}.${part}`) === "input",
        )
      ) {
        job.fail(`starts a ${job.kind} job outside the VPC (no ${path} with ${NETWORK.join(" and ")})`);
      }
    }
  },
};
