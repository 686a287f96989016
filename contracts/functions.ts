import { API_FUNCTIONS } from "./api";
import type { RoleName } from "./roles";

/** What looks at the experiments and moves the traffic. */
export const RELEASE_FUNCTION = {
  entry: "release-function",
  role: "release-control",
  memoryMegabytes: 512,
  /** A rollback is tried for most of a minute; the rest is for reading, and for an endpoint that answers slowly. */
  timeoutSeconds: 180,
} as const satisfies { readonly role: RoleName } & Readonly<Record<string, unknown>>;

/** Every Lambda function, bundled from runtime/entry/<entry>.ts. */
export const FUNCTIONS = { ...API_FUNCTIONS, release: RELEASE_FUNCTION } as const;

export type FunctionName = keyof typeof FUNCTIONS;

/** What the release function reads from its environment; all of it is required. */
export const RELEASE_ENVIRONMENT = {
  SMARTRETAIL_ENVIRONMENT: "dev or prod: the folder of the model pointers",
  ENDPOINT_NAME: "endpoint with the two variants, by its physical name",
  EXPERIMENTS_TABLE: "DynamoDB table of the experiments",
  MODELS_BUCKET: "bucket of the archives that the variants load",
  RESULTS_BUCKET: "bucket of the newest comparison of the nights",
  LATENCY_P99_MILLISECONDS: "limit of a variant's p99",
} as const;

/**
 * Answer of the release function. Lambda passes it on to the account's bus, and rules there to people: the function itself stands
 * in a network that reaches no topic.
 */
export interface LookReport {
  /** How many decisions there are to tell of, and how many of them somebody has to be called for. */
  readonly announced: number;
  readonly calls: number;
  /** One text for each, with its reasons. */
  readonly texts: readonly string[];
  /** Categories that could not be looked at this time. */
  readonly failures: readonly string[];
}
