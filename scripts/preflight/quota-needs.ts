import type { Plan } from "../../preview/plan-environment";
import type { RecordedResource } from "../../preview/recorded-resource";

/** A service quota that the environment runs into, by the name that AWS Service Quotas gives it. */
export interface QuotaNeed {
  /** Code of Service Quotas: `sagemaker`, `vpc`, `iam`. */
  readonly service: string;
  /** e.g. `ml.m5.large for endpoint usage`. */
  readonly quota: string;
  /** Without it the first deployment or the first batch run fails. */
  readonly start: number;
  /** What an update at full scale-out takes. */
  readonly full: number;
  readonly why: string;
}

/** What the plan takes of an account, quota by quota; sorted by service and name. */
export function quotaNeeds(plan: Plan): QuotaNeed[] {
  return [
    ...hosting(plan),
    ...serverless(plan),
    ...jobs(plan),
    ...studio(plan),
    ...network(plan),
    ...functions(plan),
    ...others(plan),
  ]
    .filter(({ full }) => full > 0)
    .sort((one, other) => `${one.service} ${one.quota}`.localeCompare(`${other.service} ${other.quota}`));
}

interface Variant {
  readonly variantName: string;
  readonly instanceType?: string;
  readonly initialInstanceCount?: number;
  readonly serverlessConfig?: { readonly maxConcurrency: number };
}

/** A blue/green update starts a whole second fleet, at the size to which scaling has taken the first one. */
const FLEETS_IN_AN_UPDATE = 2;

function hosting(plan: Plan): QuotaNeed[] {
  const sizes = new Map<string, { start: number; full: number }>();
  for (const { variantName, instanceType, initialInstanceCount = 0 } of variantsOf(plan)) {
    if (instanceType === undefined) continue;
    const most = scalingMaximum(plan, variantName) ?? initialInstanceCount;
    const { start, full } = sizes.get(instanceType) ?? { start: 0, full: 0 };
    sizes.set(instanceType, {
      start: start + initialInstanceCount,
      full: full + most * FLEETS_IN_AN_UPDATE,
    });
  }
  return [...sizes].map(([type, { start, full }]) => ({
    service: "sagemaker",
    quota: `${type} for endpoint usage`,
    start,
    full,
    why: "production variants; twice their most in a blue/green update",
  }));
}

function scalingMaximum(plan: Plan, variantName: string): number | undefined {
  const target = of(plan, "Target").find(({ inputs }) =>
    String(inputs.resourceId).endsWith(`/variant/${variantName}`),
  );
  return target && Number(target.inputs.maxCapacity);
}

function serverless(plan: Plan): QuotaNeed[] {
  const concurrency = variantsOf(plan).map(({ serverlessConfig }) => serverlessConfig?.maxConcurrency ?? 0);
  const total = concurrency.reduce((sum, one) => sum + one, 0);
  return [
    {
      service: "sagemaker",
      quota: "Maximum total concurrency that can be allocated across all serverless endpoints",
      start: total,
      full: total,
      why: "serverless endpoints, each with its own share",
    },
  ];
}

/** Each kind of job at least once at a time, on every type that jobs may use. */
function jobs({ config }: Plan): QuotaNeed[] {
  const types = JSON.parse(config.config["smartretail:jobInstanceTypes"] ?? "[]") as string[];
  const kinds = { processing: "processing job", training: "training job", transform: "transform job" };
  return types.flatMap((type, i) =>
    Object.entries(kinds).map(([kind, name]) => ({
      service: "sagemaker",
      quota: `${type} for ${name} usage`,
      // The first type is what the nightly run uses; the others are there for larger data.
      start: i === 0 ? 1 : 0,
      full: 1,
      why: `${kind} jobs`,
    })),
  );
}

function studio(plan: Plan): QuotaNeed[] {
  const users = of(plan, "UserProfile").length;
  const types = JSON.parse(plan.config.config["smartretail:studioInstanceTypes"] ?? "[]") as string[];
  return [
    ...types.slice(0, 1).map((type) => ({
      service: "sagemaker",
      quota: `Studio JupyterLab Apps running on ${type} instances`,
      start: users === 0 ? 0 : 1,
      full: users,
      why: "one space for each user at a time",
    })),
  ];
}

function network(plan: Plan): QuotaNeed[] {
  const endpoints = (type: string) =>
    of(plan, "VpcEndpoint").filter(({ inputs }) => inputs.vpcEndpointType === type);
  const need = (quota: string, count: number, why: string) => ({
    service: "vpc",
    quota,
    start: count,
    full: count,
    why,
  });
  return [
    need("VPCs per Region", of(plan, "Vpc").length, "the network, beside what the account has"),
    need("Interface VPC endpoints per VPC", endpoints("Interface").length, "one a service"),
    need("Gateway VPC endpoints per Region", endpoints("Gateway").length, "S3 and DynamoDB"),
  ];
}

/** Reserving fails when fewer would be left to the functions of the account that reserve none. */
const UNRESERVED_MIN = 100;

function functions(plan: Plan): QuotaNeed[] {
  const reserved = of(plan, "Function").map(({ inputs }) => Number(inputs.reservedConcurrentExecutions ?? 0));
  const total = reserved.reduce((sum, one) => sum + one, 0);
  const need = total === 0 ? 0 : total + UNRESERVED_MIN;
  return [
    {
      service: "lambda",
      quota: "Concurrent executions",
      start: need,
      full: need,
      why: `reserved by functions, and ${UNRESERVED_MIN} that AWS leaves to others; a new account may have 10`,
    },
  ];
}

function others(plan: Plan): QuotaNeed[] {
  const count = (service: string, quota: string, kind: string, why: string) => {
    const number = of(plan, kind).filter(
      ({ type }) => service !== "iam" || type.startsWith("aws:iam/"),
    ).length;
    return { service, quota, start: number, full: number, why };
  };
  return [
    count("iam", "Roles per account", "Role", "one for every task and person"),
    count("iam", "Customer managed policies per account", "Policy", "one a concern of a role"),
    count(
      "sagemaker",
      "Maximum number of feature groups per AWS account",
      "FeatureGroup",
      "the feature store",
    ),
  ];
}

function variantsOf(plan: Plan): Variant[] {
  return of(plan, "EndpointConfiguration").flatMap(
    ({ inputs }) => inputs.productionVariants as unknown as Variant[],
  );
}

function of({ recording }: Plan, kind: string): RecordedResource[] {
  return recording.resources.filter(({ custom, type }) => custom && type.endsWith(`:${kind}`));
}
