import type { StackRule } from "../../../kit";
import { JOB_DEFINITION, monitoringJobs, SCHEDULE } from "./monitoring-jobs";

export const smSchedIsolated: StackRule = {
  id: "sm-sched-isolated",
  title: "Scheduled monitoring jobs are isolated from the network",
  severity: "medium",
  rationale: "The job reads captures and needs no connection while it runs.",
  controls: ["SageMaker.14", "SM-13"],
  inspects: {
    [JOB_DEFINITION]: ["name"],
    [SCHEDULE]: [
      "monitoringScheduleConfig.monitoringJobDefinition.networkConfig.enableNetworkIsolation",
      "monitoringScheduleConfig.monitoringJobDefinitionName",
    ],
  },
  remedy:
    "Set networkConfig.enableNetworkIsolation in the schedule's job, or name a job definition of this stack.",
  checkStack: (stack) => {
    for (const { schedule, inline, foreign } of monitoringJobs(stack)) {
      inline?.require<boolean>(
        "networkConfig.enableNetworkIsolation",
        (v) => v,
        "the scheduled job may open connections",
      );
      if (foreign)
        schedule.fail(
          "the schedule names a job definition outside this stack",
          "monitoringScheduleConfig.monitoringJobDefinitionName",
        );
    }
  },
};
