import type { ResourceRule } from "../../../kit";
import { hasLocalNvme } from "../../nvme";
import { clusterPath, jobPaths, jobsOf, type Job } from "./jobs";

/** Where each kind of job says with which key its results are encrypted. */
const OUTPUT_KEYS = {
  training: "OutputDataConfig.KmsKeyId",
  tuning: "OutputDataConfig.KmsKeyId",
  processing: "ProcessingOutputConfig.KmsKeyId",
  transform: "TransformOutput.KmsKeyId",
} as const;

export const smAslTrainKms: ResourceRule = {
  id: "sm-asl-train-kms",
  title: "Volumes and results of SageMaker jobs are encrypted with a customer-managed key",
  severity: "medium",
  rationale: "Volumes hold the training data, results the models and forecasts.",
  controls: [
    "sagemaker_training_jobs_volume_and_output_encryption_enabled",
    "sagemaker_processing_job_volume_encrypted_with_cmk",
    "sagemaker_transform_job_volume_encrypted_with_cmk",
    "SM-17",
    "SM-18",
    "SM-19",
  ],
  inspects: jobPaths([
    "resourceConfig.volumeKmsKeyId",
    "resourceConfig.instanceType",
    "outputDataConfig.kmsKeyId",
  ]),
  remedy: "Set VolumeKmsKeyId of the cluster (not on NVMe instances) and KmsKeyId of the output.",
  check: (resource) => {
    for (const job of jobsOf(resource)) {
      const output = OUTPUT_KEYS[job.kind];
      if (hasOutput(job) && !hasKey(job, output))
        job.fail(`writes results without a key of ours (${output})`);
      const volume = `${clusterPath(job.kind)}.VolumeKmsKeyId`;
      const type = String(job.value(`${clusterPath(job.kind)}.InstanceType`).known ?? "");
      if (!hasLocalNvme(type) && !hasKey(job, volume))
        job.fail(`has volumes without a key of ours (${volume})`);
      if (hasLocalNvme(type) && hasKey(job, volume))
        job.fail(`gives a key for ${type}, whose NVMe disks take none`);
    }
  },
};

/** A processing job without outputs writes none. */
function hasOutput(job: Job): boolean {
  return job.kind !== "processing" || job.origin("ProcessingOutputConfig") !== "unset";
}

/** An empty text is no key. */
function hasKey(job: Job, path: string): boolean {
  return job.value(path).isSet || job.origin(path) === "input";
}
