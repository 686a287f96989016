import type { ResourceRule } from "../../../kit";
import { jobStates, requireAtMost } from "../job-states";
import { STATE_MACHINE } from "../tokens";

export const costJobClusterSize: ResourceRule = {
  id: "cost-job-cluster-size",
  title: "Jobs use no more instances and storage than the environment allows",
  severity: "medium",
  rationale: "Every instance of a job is billed from start to end, also while one shard alone still runs.",
  remedy: "Lower InstanceCount or VolumeSizeInGB in the definition.",
  controls: ["ebs_volume_large"],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    maximumInstances: {
      type: "integer",
      minimum: 1,
      description: "Most instances of one job.",
      default: 4,
    },
    maximumGigabytes: {
      type: "integer",
      minimum: 1,
      description: "Largest volume per instance of a job in GB.",
      default: 100,
    },
  },
  check: (machine) => {
    for (const job of jobStates(machine)) {
      requireAtMost(job, job.instanceCountPath, machine.option("maximumInstances"), "the instance count");
      requireAtMost(job, job.volumePath, machine.option("maximumGigabytes"), "the volume in GB");
    }
  },
};
