import type { ResourceRule } from "../../../kit";
import { DATA_QUALITY_JOB, MONITORING_SCHEDULE } from "../tokens";

const SECONDS_PER_HOUR = 3600;
const PATHS: Readonly<Record<string, string>> = {
  [DATA_QUALITY_JOB]: "stoppingCondition.maxRuntimeInSeconds",
  [MONITORING_SCHEDULE]:
    "monitoringScheduleConfig.monitoringJobDefinition.stoppingCondition.maxRuntimeInSeconds",
};

export const costMonitoringMaxRuntime: ResourceRule = {
  id: "cost-monitoring-max-runtime",
  title: "Monitoring jobs stop by themselves in time",
  severity: "low",
  rationale: "A monitoring job that hangs is billed until its limit, and the next one starts beside it.",
  remedy: "Set stoppingCondition.maxRuntimeInSeconds.",
  controls: [],
  inspects: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path]])),
  options: {
    maximumHours: {
      type: "number",
      minimum: 0.1,
      description: "Longest run time of a monitoring job in hours.",
      default: 1,
    },
  },
  check: (job) => {
    const path = PATHS[job.type] ?? "";
    const hours = job.option<number>("maximumHours");
    // A schedule that names a job definition has none of its own.
    if (job.type === MONITORING_SCHEDULE && !job.at("monitoringScheduleConfig.monitoringJobDefinition").isSet)
      return;
    job.require<number>(
      path,
      (seconds) => seconds <= hours * SECONDS_PER_HOUR,
      `a monitoring job runs for ${hours} h at most`,
    );
  },
};
