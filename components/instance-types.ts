/**
 * The x86 CPU instance types of SageMaker that the built-in XGBoost container runs on, per use.
 * Source: the enumerations of the SageMaker API (CreateEndpointConfig, CreateTrainingJob, CreateProcessingJob), 2026-11.
 */
const HOSTING: Readonly<Record<string, string>> = {
  m5: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
  m5d: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
  c5: "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge",
  c5d: "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge",
  r5: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
  r5d: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
  m6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  c6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  r6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  m7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  c7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  r7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
};

const JOBS: Readonly<Record<string, string>> = {
  t3: "medium large xlarge 2xlarge",
  m5: "large xlarge 2xlarge 4xlarge 12xlarge 24xlarge",
  c5: "xlarge 2xlarge 4xlarge 9xlarge 18xlarge",
  r5: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge",
  m6i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  c6i: "xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge",
  m7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  c7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
  r7i: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge",
};

/** Whether a real-time endpoint can run on it. Hosting has no ml.t3.*, unlike jobs and Studio. */
export function isHostingInstanceType(text: string): boolean {
  return isIn(HOSTING, text);
}

/** Whether both training and processing jobs can run on it. */
export function isJobInstanceType(text: string): boolean {
  return isIn(JOBS, text);
}

function isIn(table: Readonly<Record<string, string>>, text: string): boolean {
  const [prefix, family = "", size = "", ...rest] = text.split(".");
  return (
    prefix === "ml" &&
    rest.length === 0 &&
    Object.hasOwn(table, family) &&
    table[family]?.split(" ").includes(size) === true
  );
}
