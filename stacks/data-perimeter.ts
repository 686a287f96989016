import type { Context } from "./context";
import type { BucketPurpose } from "../contracts/buckets";
import type { RoleName } from "../contracts/roles";
import { roleArn } from "./role-names";

interface Exception {
  readonly role: RoleName;
  readonly buckets: readonly BucketPurpose[];
  /** Why the role's requests cannot come through the network's endpoint. */
  readonly reason: string;
  readonly applies: (context: Context) => boolean;
}

/** Roles that an AWS service assumes in its own network. Everybody else reaches the lake through the endpoint. */
export const PERIMETER_EXCEPTIONS: readonly Exception[] = [
  {
    role: "feature-store",
    buckets: ["features"],
    reason: "Feature Store itself writes the offline store, with this role and from its own network",
    applies: () => true,
  },
  {
    role: "inference",
    buckets: ["models"],
    reason: "serverless endpoints take no VPC: they load their model from SageMaker's network",
    applies: ({ settings }) => settings.hostingMode === "serverless",
  },
  {
    role: "inference",
    buckets: ["capture"],
    reason: "the endpoint's host uploads captured requests, not the container that stands in the VPC",
    applies: ({ settings }) => settings.hostingMode === "realtime",
  },
  ...(["order-api", "router"] as const).map((role): Exception => ({
    role,
    buckets: ["results"],
    reason: "a function outside the VPC has no way through the network's endpoint",
    applies: ({ settings }) => !settings.functionsInNetwork,
  })),
  {
    role: "state-machines",
    buckets: ["raw", "processed", "models", "results"],
    reason:
      "Step Functions itself reads the runs' small documents and publishes, with this role and from its own network",
    applies: () => true,
  },
];

/** ARNs of the roles that may reach a bucket from outside the network. */
export function rolesOutsideNetwork(context: Context, purpose: BucketPurpose): string[] {
  return PERIMETER_EXCEPTIONS.filter(
    ({ buckets, applies }) => buckets.includes(purpose) && applies(context),
  ).map(({ role }) => roleArn(context, role));
}

/**
 * Roles that AWS services made for themselves in this account (Config, Macie, Access Analyzer, GuardDuty). They are roles,
 * not services, to IAM; only the service can become one, and their policies are AWS's.
 */
export function serviceLinkedRoles({ accountId }: Pick<Context, "accountId">): string {
  return `arn:aws:iam::${accountId}:role/aws-service-role/*`;
}
