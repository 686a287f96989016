/**
 * Where SageMaker Processing mounts a job's inputs and collects its outputs. Folders must be below this one:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
 */
const PROCESSING_MOUNT = "/opt/ml/processing";

/** Folder of an input, `/opt/ml/processing/input/lake`. */
export function processingInput(name: string): string {
  return `${PROCESSING_MOUNT}/input/${name}`;
}

/**
 * Folder of a stage's result, `/opt/ml/processing/output/features/result`. The machines let SageMaker collect it or folders in it: those
 * are there before the container starts, each perhaps a mount of its own.
 */
export function processingResult(stage: string): string {
  return `${PROCESSING_MOUNT}/output/${stage}/result`;
}

/** Folder of what of a result only the same stage reads again: it is collected for itself, for nobody else shall download it. */
export function processingKept(stage: string): string {
  return `${PROCESSING_MOUNT}/output/${stage}/kept`;
}

/** Where a stage fills its result, beside where it is collected: a mount cannot be replaced whole. */
export function processingWork(stage: string): string {
  return `${PROCESSING_MOUNT}/output/${stage}/work`;
}
