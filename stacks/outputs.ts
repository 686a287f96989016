import * as pulumi from "@pulumi/pulumi";
import * as ssm from "@pulumi/aws/ssm";
import { Slice } from "../components/slice";
import type { Context } from "./context";
import type { BucketPurpose } from "./data-lake";
import type { FeatureGroupName } from "../contracts/feature-groups";
import type { RoleName } from "./identity";
import type { Category } from "../contracts/categories";

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
  /** Topic ARNs. */
  readonly notifications: Readonly<Record<"alerts" | "modelEvents", string>>;
  /** CloudWatch dashboard names. */
  readonly dashboards: readonly string[];
}

/** `T` with every leaf as a Pulumi input: how the program hands the contract over. */
export type Wired<T> = T extends string | number | boolean
  ? pulumi.Input<T>
  : T extends readonly (infer Item)[]
    ? pulumi.Input<readonly Item[]>
    : { readonly [Key in keyof T]: Wired<T[Key]> };

/** Where apps that are no Pulumi programs find one output: `/smartretail/prod/outputs/v1/buckets/results`. */
export function outputParameterName(environment: string, path: readonly string[]): string {
  return ["", "smartretail", environment, "outputs", `v${OUTPUTS_VERSION}`, ...path].join("/");
}

/** Publishes the contract twice: as stack outputs (the return value) and as SSM parameters, one per leaf. */
export function publishOutputs(
  context: Context,
  outputs: Wired<SmartRetailOutputs>,
): Wired<SmartRetailOutputs> {
  const slice = new Slice("outputs");
  for (const [path, value] of leaves(outputs)) {
    new ssm.Parameter(
      `output-${path.join("-")}`,
      {
        name: outputParameterName(context.settings.environment, path),
        description: `Output ${path.join(".")} of the SmartRetail stack, contract version ${OUTPUTS_VERSION}`,
        // A list is one parameter, joined by commas: none of our names holds one.
        type: "String",
        // No secret: names and ARNs, for everybody with access to the account.
        insecureValue: pulumi
          .output(value)
          .apply((known) => (Array.isArray(known) ? known.join(",") : String(known))),
      },
      { parent: slice },
    );
  }
  return outputs;
}

type Leaf = pulumi.Input<string | number | readonly string[]>;

function leaves(node: unknown, path: readonly string[] = []): [readonly string[], Leaf][] {
  const isLeaf = typeof node !== "object" || Array.isArray(node) || pulumi.Output.isInstance(node);
  if (isLeaf) return [[path, node as Leaf]];
  return Object.entries(node as object).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/**
 * The contract as another Pulumi program reads it.
 *
 * @example
 * const platform = readOutputs(new pulumi.StackReference("organization/smartretail/prod"));
 * const results = platform.buckets.apply(({ results }) => results);
 *
 * Each value fails with the two versions when the stack speaks another version of the contract.
 */
export function readOutputs(reference: pulumi.StackReference): {
  readonly [Key in keyof SmartRetailOutputs]: pulumi.Output<SmartRetailOutputs[Key]>;
} {
  const version = reference.requireOutput("contractVersion");
  const read = (key: string) =>
    pulumi
      .all([reference.name, version, reference.requireOutput(key)])
      .apply(([stackName, found, value]: [string, unknown, unknown]) => {
        if (found !== OUTPUTS_VERSION) {
          throw new Error(
            `stack ${stackName}: outputs have contract version ${String(found)}; this program reads version ${OUTPUTS_VERSION}`,
          );
        }
        return value;
      });
  return Object.fromEntries(OUTPUT_KEYS.map((key) => [key, read(key)])) as unknown as ReturnType<
    typeof readOutputs
  >;
}

const OUTPUT_KEYS = [
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
  "notifications",
  "dashboards",
] as const satisfies readonly (keyof SmartRetailOutputs)[];
