import type { Retrier } from "../../asl/states";

/** Short calls of a service: throttled, or a fault on its side. */
export const CALL_RETRIES: readonly Retrier[] = [
  // The answer, not a fault: somebody else was first.
  { ErrorEquals: ["DynamoDB.ConditionalCheckFailedException"], MaxAttempts: 0 },
  {
    ErrorEquals: ["States.TaskFailed"],
    IntervalSeconds: 2,
    MaxAttempts: 5,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: "FULL",
  },
];

/** Jobs: waits long for instances that are not free, and tries a failed job once more, on another machine. */
export const JOB_RETRIES: readonly Retrier[] = [
  {
    ErrorEquals: ["SageMaker.AmazonSageMakerException", "SageMaker.ResourceLimitExceededException"],
    IntervalSeconds: 60,
    MaxAttempts: 6,
    BackoffRate: 2,
    MaxDelaySeconds: 600,
    JitterStrategy: "FULL",
  },
  { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 30, MaxAttempts: 1, JitterStrategy: "FULL" },
];

/** Seconds for a call that answers at once. */
export const CALL_TIMEOUT_SECONDS = 60;
