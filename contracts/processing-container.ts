/**
 * Where SageMaker Processing mounts a job's inputs and collects its outputs. Folders must be below this one:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
const PROCESSING_MOUNT = "/opt/ml/processing";

/** Folder of an input, `/opt/ml/processing/input/lake`. */
export function processingInput(name: string): string {
  return `${PROCESSING_MOUNT}/input/${name}`;
}

/** Folder of an output, `/opt/ml/processing/output/features`. */
export function processingOutput(name: string): string {
  return `${PROCESSING_MOUNT}/output/${name}`;
}
