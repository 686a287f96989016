import type { BucketPurpose } from "./buckets";
import type { Category } from "./categories";
import type { FeatureGroupName } from "./feature-groups";
import type { MachineKind } from "./machines";
import { PARAMETER_FOLDERS, parameterRoot } from "./parameters";
import type { RoleName } from "./roles";

/**
 * Version of the contract below. A new key is no new version; a key that goes, moves or changes its meaning is:
 * consumers compare it before they read anything else, and SSM paths carry it.
 */
export const OUTPUTS_VERSION = 1;

/** What the stack promises to apps and to other programs: names, ARNs and ids, never secrets. */
export interface SmartRetailOutputs {
  readonly contractVersion: number;
  readonly environment: "dev" | "prod";
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  readonly network: {
    readonly vpcId: string;
    /** Isolated subnets, one per availability zone. */
    readonly subnetIds: readonly string[];
    /** Security group for jobs, functions and apps of the platform. */
    readonly workloadSecurityGroupId: string;
  };
  /** ARNs of the customer-managed keys. */
  readonly keys: Readonly<Record<"dataLake" | "featureStore" | "operations", string>>;
  /** Bucket names. */
  readonly buckets: Readonly<Record<BucketPurpose, string>>;
  /** Role ARNs. */
  readonly roles: Readonly<Record<RoleName, string>>;
  readonly containers: {
    readonly repositoryUrl: string;
    /** By digest. */
    readonly processingImageUri: string;
  };
  /** Model package group names. */
  readonly modelPackageGroups: Readonly<Record<Category, string>>;
  readonly featureGroups: Readonly<
    Record<
      FeatureGroupName,
      {
        readonly name: string;
        readonly arn: string;
        readonly recordIdentifier: string;
        readonly eventTime: string;
      }
    >
  >;
  readonly studio: { readonly domainId: string; readonly domainUrl: string };
  readonly serving: {
    readonly mode: "realtime" | "serverless";
    /** Realtime: `forecast`. Serverless: one per category. */
    readonly endpoints: Readonly<Record<string, { readonly name: string; readonly arn: string }>>;
    readonly variantNames: readonly string[];
    /** SSM parameters that name the live model version of each category; they change without a deployment. */
    readonly modelPointers: Readonly<Record<string, string>>;
  };
  readonly api: {
    /** With the version, without a slash at the end; requests are signed for the service execute-api. */
    readonly url: string;
    readonly id: string;
    /** `private`: reached through the network's endpoint only. */
    readonly access: "private" | "regional";
  };
  readonly pipelines: {
    /** State machine ARNs. */
    readonly machines: Readonly<Record<MachineKind, string>>;
    /** DynamoDB table of who runs what. */
    readonly claimsTable: string;
  };
  /** Topic ARNs. */
  readonly notifications: Readonly<Record<"alerts" | "modelEvents", string>>;
  /** CloudWatch dashboard names. */
  readonly dashboards: readonly string[];
}

/** All keys of the contract: a reader asks for one after the other. */
export const OUTPUT_KEYS = [
  "contractVersion",
  "environment",
  "accountId",
  "region",
  "network",
  "keys",
  "buckets",
  "roles",
  "containers",
  "modelPackageGroups",
  "featureGroups",
  "studio",
  "serving",
  "api",
  "pipelines",
  "notifications",
  "dashboards",
] as const satisfies readonly (keyof SmartRetailOutputs)[];

/** Where apps that are no Pulumi programs find one output: `/smartretail/prod/outputs/v1/buckets/results`. */
export function outputParameterName(environment: string, path: readonly string[]): string {
  return `${parameterRoot(environment)}${PARAMETER_FOLDERS.outputs}v${OUTPUTS_VERSION}/${path.join("/")}`;
}
