import { rangeOf, type Bounds, type Range } from "./range";

/** A range per logical-name pattern: the first key that the name contains wins, `*` is for the rest. */
export type RangeByName = Readonly<Record<string, Range>>;

/**
 * What a plan cannot tell: how much a resource is used in a month. Each is a range: a quiet, an ordinary and a busy month.
 * The figures belong to the pack's configuration; these are the defaults for a small environment.
 */
export interface Usage {
  /** Share of the on-demand rate that managed spot saves. Between 0 and 0.9 (AWS's "up to 90 %"). */
  readonly spotSavingShare: Range;
  /** Share of its maximum run time that a job really takes. The maximum is 1: the limit is what may be billed. */
  readonly jobRunShare: Range;
  /** Hours of a transform job, which has no maximum run time; a task's TimeoutSeconds bounds the maximum. */
  readonly transformJobHours: Range;
  /** Items of a Map state whose list comes from the execution's input. */
  readonly mapItems: Range;
  /** Executions a month of a state machine that only an event pattern starts. */
  readonly eventRunsPerMonth: Range;
  /** Executions a month of a state machine that nothing in the plan starts. */
  readonly manualRunsPerMonth: Range;
  /** Executions a month that a state machine starts in another under a condition, at most: claims and pauses let in fewer than are asked for. */
  readonly conditionalRunsPerMonth: Range;
  /** State transitions per state and execution: loops and retries make it more than one. */
  readonly transitionsPerState: Range;
  /** Share of its hours that a scaled variant spends at its maximum instead of its minimum; the bounds are always 0 and 1. */
  readonly scaledOutShare: Range;
  readonly serverlessRequestsPerMonth: Range;
  readonly serverlessSecondsPerRequest: Range;
  readonly lambdaRequestsPerMonth: RangeByName;
  readonly lambdaSecondsPerRequest: Range;
  readonly apiRequestsPerMonth: Range;
  readonly studioHoursPerProfile: Range;
  readonly studioGigabytesPerProfile: Range;
  readonly featureWritesPerMonth: RangeByName;
  readonly featureReadsPerMonth: RangeByName;
  readonly featureGigabytes: RangeByName;
  readonly bucketGigabytes: RangeByName;
  /** Requests of one bucket a month, in thousands. */
  readonly bucketWriteThousands: Range;
  readonly bucketReadThousands: Range;
  readonly repositoryGigabytes: Range;
  readonly logGigabytesPerMonth: RangeByName;
  /** Stored size over ingested size: CloudWatch bills the compressed bytes. */
  readonly logCompressionShare: number;
  readonly interfaceEndpointGigabytes: Range;
  readonly natGigabytes: Range;
  /** Requests to one KMS key a month. */
  readonly keyRequestsPerMonth: Range;
  /** Rotations that a rotating key has had; AWS bills the first two. */
  readonly keyRotations: Range;
  /** Custom metrics that the run time publishes, beside the metric filters of the plan. */
  readonly customMetrics: Range;
  readonly tableWritesPerMonth: Range;
  readonly tableReadsPerMonth: Range;
  readonly tableGigabytes: Range;
  readonly messagesPerMonth: Range;
  readonly athenaTerabytesScanned: Range;
  readonly dataTransferOutGigabytes: Range;
}

const range = (minimum: number, expected: number, maximum: number): Range => ({ minimum, expected, maximum });

export const DEFAULT_USAGE: Usage = {
  spotSavingShare: range(0.6, 0.6, 0.6),
  jobRunShare: range(0.25, 0.5, 1),
  transformJobHours: range(0.25, 0.5, 2),
  mapItems: range(4, 4, 4),
  eventRunsPerMonth: range(0, 1, 4),
  manualRunsPerMonth: range(0, 1, 1),
  conditionalRunsPerMonth: range(1000, 1000, 1000),
  transitionsPerState: range(1, 1.5, 5),
  scaledOutShare: range(0, 0.05, 1),
  serverlessRequestsPerMonth: range(0, 5_000, 50_000),
  serverlessSecondsPerRequest: range(0.1, 0.15, 0.3),
  lambdaRequestsPerMonth: { "*": range(100, 1_000, 10_000) },
  lambdaSecondsPerRequest: range(0.2, 0.5, 2),
  apiRequestsPerMonth: range(0, 10_000, 100_000),
  studioHoursPerProfile: range(0, 20, 40),
  studioGigabytesPerProfile: range(5, 10, 20),
  featureWritesPerMonth: { "*": range(0, 10_000, 100_000) },
  featureReadsPerMonth: { "*": range(0, 10_000, 100_000) },
  featureGigabytes: { "*": range(0, 0.1, 1) },
  bucketGigabytes: { "*": range(0, 2, 10) },
  bucketWriteThousands: range(1, 5, 20),
  bucketReadThousands: range(1, 20, 200),
  repositoryGigabytes: range(1, 3, 10),
  logGigabytesPerMonth: { "*": range(0, 0.05, 0.2) },
  logCompressionShare: 0.15,
  interfaceEndpointGigabytes: range(0, 1, 5),
  natGigabytes: range(1, 10, 100),
  keyRequestsPerMonth: range(10_000, 50_000, 200_000),
  keyRotations: range(0, 1, 2),
  customMetrics: range(0, 5, 10),
  tableWritesPerMonth: range(0, 10_000, 100_000),
  tableReadsPerMonth: range(0, 10_000, 100_000),
  tableGigabytes: range(0, 0.1, 1),
  messagesPerMonth: range(0, 1_000, 10_000),
  athenaTerabytesScanned: range(0, 0.01, 0.05),
  dataTransferOutGigabytes: range(0, 1, 5),
};

/** Like `Usage`, with any subset of keys and the expected values optional: what an environment's configuration gives. */
export type UsageOverrides = {
  readonly [Key in keyof Usage]?: Usage[Key] extends Range
    ? Bounds
    : Usage[Key] extends RangeByName
      ? Readonly<Record<string, Bounds>>
      : Usage[Key];
};

export function mergeUsage(overrides: UsageOverrides = {}): Usage {
  const complete = Object.entries(overrides).map(([key, value]) => [key, withExpected(value)]);
  return { ...DEFAULT_USAGE, ...(Object.fromEntries(complete) as Partial<Usage>) };
}

function withExpected(value: Bounds | Readonly<Record<string, Bounds>> | number): Usage[keyof Usage] {
  if (typeof value === "number") return value;
  if (isBounds(value)) return rangeOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, bounds]) => [name, rangeOf(bounds)]));
}

function isBounds(value: Bounds | Readonly<Record<string, Bounds>>): value is Bounds {
  return typeof value.minimum === "number";
}

/** The range for a resource of this logical name. */
export function usageFor(byName: RangeByName, name: string): Range {
  const pattern = Object.keys(byName).find((key) => key !== "*" && name.includes(key));
  return byName[pattern ?? "*"] ?? rangeOf({ minimum: 0, maximum: 0 });
}
