import type { ResourceRule } from "../../../kit";
import { clusterPath, isDistributed, jobPaths, jobsOf } from "./jobs";

export const smAslTrainIntercontainer: ResourceRule = {
  id: "sm-asl-train-intercontainer",
  title: "SageMaker jobs on several instances encrypt their traffic",
  severity: "medium",
  rationale: "Instances of one job exchange gradients or shuffled rows over the network.",
  controls: ["sagemaker_training_jobs_intercontainer_encryption_enabled"],
  inspects: jobPaths(["enableInterContainerTrafficEncryption", "resourceConfig.instanceCount"]),
  remedy: "Set EnableInterContainerTrafficEncryption to true (in NetworkConfig for processing).",
  options: {
    shardedProcessing: {
      type: "boolean",
      description:
        "Whether processing jobs count too; off where instances work on their own shard and never talk.",
      default: true,
    },
  },
  check: (resource) => {
    for (const job of jobsOf(resource)) {
      if (job.kind === "transform" || !isDistributed(job)) continue;
      if (job.kind === "processing" && !resource.option<boolean>("shardedProcessing")) continue;
      const path = `${job.kind === "processing" ? "NetworkConfig." : ""}EnableInterContainerTrafficEncryption`;
      const encrypted = job.value(path).read<boolean>(false);
      if (encrypted !== undefined && encrypted !== true) {
        job.fail(`runs on several instances (${clusterPath(job.kind)}.InstanceCount) without ${path}`);
      }
    }
  },
};
