import type { StackRule } from "../../../kit";
import { monitoringJobs, SCHEDULE } from "./monitoring-jobs";

const INLINE = "monitoringScheduleConfig.monitoringJobDefinition";

export const smSchedEncrypted: StackRule = {
  id: "sm-sched-encrypted",
  title: "Scheduled monitoring jobs encrypt traffic, volumes and results",
  severity: "medium",
  rationale: "The job copies captures onto volumes, between instances and into reports.",
  controls: ["SageMaker.22", "SM-36"],
  inspects: {
    [SCHEDULE]: [
      `${INLINE}.networkConfig.enableInterContainerTrafficEncryption`,
      `${INLINE}.monitoringResources.clusterConfig.volumeKmsKeyId`,
      `${INLINE}.monitoringOutputConfig.kmsKeyId`,
      `${INLINE}.monitoringResources.clusterConfig.instanceCount`,
    ],
  },
  remedy:
    "Set enableInterContainerTrafficEncryption, volumeKmsKeyId and monitoringOutputConfig.kmsKeyId in the schedule's job.",
  checkStack: (stack) => {
    for (const { inline } of monitoringJobs(stack)) {
      if (!inline) continue;
      inline.present(
        "monitoringResources.clusterConfig.volumeKmsKeyId",
        "the job's volume has no key of ours",
      );
      inline.present("monitoringOutputConfig.kmsKeyId", "the results have no key of ours");
      if (Number(inline.at("monitoringResources.clusterConfig.instanceCount").known ?? 1) < 2) continue;
      inline.require<boolean>(
        "networkConfig.enableInterContainerTrafficEncryption",
        (v) => v,
        "traffic between instances is in the clear",
      );
    }
  },
};
