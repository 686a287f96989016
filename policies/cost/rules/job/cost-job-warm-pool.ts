import type { ResourceRule } from "../../../kit";
import { jobsOfKind, requireAtMost } from "../job-states";
import { STATE_MACHINE } from "../tokens";

export const costJobWarmPool: ResourceRule = {
  id: "cost-job-warm-pool",
  title: "Training keeps no instances warm after it ends",
  severity: "low",
  rationale:
    "A warm pool is billed at the full rate; a scheduled training has nothing to do with it until next week.",
  remedy: "Remove ResourceConfig.KeepAlivePeriodInSeconds.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    maximumSeconds: {
      type: "integer",
      minimum: 0,
      maximum: 3600,
      description: "Longest time that instances stay after a training.",
      default: 0,
    },
  },
  check: (machine) => {
    for (const job of jobsOfKind(machine, "training", "tuning"))
      requireAtMost(
        job,
        `${job.trainingPrefix}ResourceConfig.KeepAlivePeriodInSeconds`,
        machine.option("maximumSeconds"),
        "the keep-alive period in seconds",
      );
  },
};
