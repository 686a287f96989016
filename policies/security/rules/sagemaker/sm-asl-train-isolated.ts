import type { ResourceRule } from "../../../kit";
import { jobPaths, jobsOf } from "./jobs";

export const smAslTrainIsolated: ResourceRule = {
  id: "sm-asl-train-isolated",
  title: "SageMaker jobs started by state machines are isolated from the network",
  severity: "high",
  rationale: "Training code and its packages need no connection; SageMaker moves the data in and out.",
  controls: ["sagemaker_training_jobs_network_isolation_enabled", "SM-21"],
  inspects: jobPaths(["enableNetworkIsolation"]),
  remedy:
    "Set EnableNetworkIsolation (NetworkConfig.EnableNetworkIsolation for processing) to true as a literal.",
  options: {
    kinds: {
      type: "array",
      items: { type: "string" },
      description:
        "Kinds of job that must be isolated: training, tuning, processing. A processing job that calls AWS services cannot be.",
      default: ["training", "tuning"],
    },
  },
  check: (resource) => {
    for (const job of jobsOf(resource)) {
      if (!resource.option<string[]>("kinds").includes(job.kind)) continue;
      const path =
        job.kind === "processing" ? "NetworkConfig.EnableNetworkIsolation" : "EnableNetworkIsolation";
      const isolated = job.value(path).read<boolean>(false);
      if (isolated !== undefined && isolated !== true)
        job.fail(`starts a ${job.kind} job without ${path}: true`);
    }
  },
};
