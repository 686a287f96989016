import type { ResourceCheck, StackCheck, Value } from "../../../kit";

export const SCHEDULE = "aws:sagemaker/monitoringSchedule:MonitoringSchedule";
export const JOB_DEFINITION = "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition";

/** Where the settings of a schedule's job stand: inline, or in the job definition that it names. */
export interface MonitoringJob {
  readonly schedule: ResourceCheck;
  /** Base of the inline settings; undefined when the schedule names a definition, which has rules of its own. */
  readonly inline: Value | undefined;
  /** The named definition is not part of this stack: nothing can be said about it. */
  readonly foreign: boolean;
}

export function monitoringJobs(stack: StackCheck): MonitoringJob[] {
  return stack.ofType(SCHEDULE).map((schedule) => {
    const inline = schedule.at("monitoringScheduleConfig.monitoringJobDefinition");
    const named = schedule.at("monitoringScheduleConfig.monitoringJobDefinitionName");
    if (inline.isSet || !named.isSet) return { schedule, inline, foreign: false };
    const known = stack
      .ofType(JOB_DEFINITION)
      .some((definition) =>
        stack.refers(schedule, "monitoringScheduleConfig.monitoringJobDefinitionName", definition),
      );
    return { schedule, inline: undefined, foreign: !known };
  });
}
