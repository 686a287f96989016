import type { ResourceRule } from "../../../kit";
import { jobsOfKind, requireAtMost } from "../job-states";
import { STATE_MACHINE } from "../tokens";

const CONFIG = "HyperParameterTuningJobConfig";
const TRIALS = `${CONFIG}.ResourceLimits.MaxNumberOfTrainingJobs`;
const PARALLEL = `${CONFIG}.ResourceLimits.MaxParallelTrainingJobs`;

export const costTuningLimits: ResourceRule = {
  id: "cost-tuning-limits",
  title: "Tuning has a bounded number of trials and stops the hopeless ones early",
  severity: "medium",
  rationale: "A tuning job costs as much as all its trials; nothing but its limits ends it.",
  remedy: "Set ResourceLimits within the environment's limits and TrainingJobEarlyStoppingType to Auto.",
  controls: [],
  inspects: { [STATE_MACHINE]: ["definition"] },
  options: {
    maximumTrials: { type: "integer", minimum: 1, description: "Most trials of a tuning job.", default: 20 },
    maximumParallel: { type: "integer", minimum: 1, description: "Most trials at a time.", default: 4 },
  },
  check: (machine) => {
    for (const job of jobsOfKind(machine, "tuning")) {
      requireAtMost(job, TRIALS, machine.option("maximumTrials"), "the number of trials");
      requireAtMost(job, PARALLEL, machine.option("maximumParallel"), "the number of trials at a time");
      if (job.state.origin(TRIALS) === "unset") job.state.fail(`has no ${TRIALS}`);
      const early = job.state.argument(`${CONFIG}.TrainingJobEarlyStoppingType`);
      if (early.presence !== "unknown" && early.known !== "Auto")
        job.state.fail("does not stop trials early");
    }
  },
};
