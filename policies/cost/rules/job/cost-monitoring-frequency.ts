import type { ResourceRule } from "../../../kit";
import { runsPerMonth } from "../../pricing/runs-per-month";
import { MONITORING_SCHEDULE } from "../tokens";

const EXPRESSION = "monitoringScheduleConfig.scheduleConfig.scheduleExpression";

export const costMonitoringFrequency: ResourceRule = {
  id: "cost-monitoring-frequency",
  title: "Monitoring jobs run no more often than the environment needs",
  severity: "low",
  rationale: "Forecasts change once a night; an hourly look at them costs 24 times a daily one.",
  remedy: "Use a schedule expression that fires less often.",
  controls: [],
  inspects: { [MONITORING_SCHEDULE]: [EXPRESSION] },
  options: {
    maximumRunsPerMonth: {
      type: "integer",
      minimum: 1,
      description: "Most runs of a monitoring schedule a month: 31 is daily, 744 hourly.",
      default: 31,
    },
  },
  check: (schedule) => {
    const maximum = schedule.option<number>("maximumRunsPerMonth");
    schedule.forbid<string>(
      EXPRESSION,
      // SageMaker also takes the word NOW for a single run.
      (expression) => expression !== "NOW" && (runsPerMonth(expression) ?? Infinity) > maximum,
      `the job runs more than ${maximum} times a month`,
    );
  },
};
