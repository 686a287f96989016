import type { Plan } from "../plan-environment";
import { kindOf, sliceFinder, sliceTrees } from "../plan-tree";
import type { RecordedResource } from "../recorded-resource";

/** What the picture says of one slice: counted and read from the plan, never written by hand. */
export interface ArchitectureFacts {
  /** Slices and how many resources each has. */
  readonly slices: ReadonlyMap<string, number>;
  readonly accountId: string;
  readonly network: {
    readonly cidrBlock: string;
    readonly subnets: readonly string[];
    readonly natGateways: number;
    /** Routes that lead out to the internet. */
    readonly internetRoutes: number;
    /** Services that an endpoint leads to: `s3`, `sagemaker.api`. */
    readonly services: readonly string[];
  };
  readonly buckets: readonly string[];
  readonly featureGroups: number;
  readonly modelGroups: readonly string[];
  readonly profiles: number;
  readonly repositories: number;
  readonly keys: readonly string[];
  readonly roles: number;
  readonly topics: number;
  readonly readers: number;
  readonly logGroups: number;
  readonly dashboards: number;
  readonly alarms: number;
  /** Alarms of the endpoints' variants, which a deployment is rolled back by. */
  readonly variantAlarms: number;
  readonly budget: string;
  readonly parameters: number;
  /** Undefined where there is none. */
  readonly api?: {
    readonly access: string;
    readonly functions: number;
    readonly requestsPerSecond: number;
  };
  readonly serving: {
    readonly endpoints: number;
    /** One line a variant: name, traffic weight, size. */
    readonly variants: readonly string[];
    readonly insideNetwork: boolean;
    readonly capturePercent?: number;
    readonly scaling?: string;
  };
}

type Inputs = RecordedResource["inputs"];

export function architectureFacts({ recording, config }: Plan): ArchitectureFacts {
  const sliceOf = sliceFinder(recording);
  const custom = recording.resources.filter((resource) => resource.custom);
  const of = (kind: string, slice?: string) =>
    custom.filter(
      ({ type, urn }) => kindOf(type) === kind && (slice === undefined || sliceOf(urn) === slice),
    );
  const inputsOf = (kind: string, slice?: string) => of(kind, slice).map(({ inputs }) => inputs);
  const endpoints = inputsOf("VpcEndpoint");
  const [budget] = inputsOf("Budget");
  return {
    slices: new Map(sliceTrees(recording).map(({ name, resourceCount }) => [name, resourceCount])),
    accountId: text(recording.outputs.accountId),
    network: {
      cidrBlock: text(inputsOf("Vpc", "network")[0]?.cidrBlock),
      subnets: inputsOf("Subnet").map(({ cidrBlock }) => text(cidrBlock)),
      natGateways: of("NatGateway").length,
      internetRoutes: inputsOf("Route").filter(
        ({ destinationCidrBlock }) => destinationCidrBlock === "0.0.0.0/0",
      ).length,
      services: endpoints.map(({ serviceName }) => text(serviceName).replace(/^.*\.[a-z]+-[a-z]+-\d\./, "")),
    },
    buckets: inputsOf("Bucket").map(({ bucket }) => shortName(text(bucket), config.stack)),
    featureGroups: of("FeatureGroup").length,
    modelGroups: of("ModelPackageGroup").map(({ name }) => name.replace(/^models-/, "")),
    profiles: of("UserProfile").length,
    repositories: of("Repository").length,
    keys: of("Key").map(({ name }) => name.replace(/-key$/, "")),
    roles: of("Role").length,
    topics: of("Topic").length,
    readers: new Set(inputsOf("TopicSubscription").map(({ endpoint }) => text(endpoint))).size,
    logGroups: of("LogGroup").length,
    dashboards: of("Dashboard").length,
    alarms: of("MetricAlarm").length,
    variantAlarms: of("MetricAlarm", "serving").length,
    budget: budget ? `${Number(budget.limitAmount)} ${text(budget.limitUnit)} a month` : "none",
    parameters: of("Parameter", "outputs").length,
    ...apiFacts(inputsOf),
    serving: servingFacts(inputsOf),
  };
}

function apiFacts(inputsOf: (kind: string) => Inputs[]): Pick<ArchitectureFacts, "api"> {
  const [api] = inputsOf("RestApi");
  if (!api) return {};
  const { types } = api.endpointConfiguration as { readonly types: string };
  const [limits] = inputsOf("MethodSettings").map(({ settings }) => settings as Record<string, unknown>);
  return {
    api: {
      access: types.toLowerCase(),
      functions: inputsOf("Function").length,
      requestsPerSecond: Number(limits?.throttlingRateLimit),
    },
  };
}

function servingFacts(inputsOf: (kind: string) => Inputs[]): ArchitectureFacts["serving"] {
  const configurations = inputsOf("EndpointConfiguration");
  const variants = configurations.flatMap(({ productionVariants }) => records(productionVariants));
  const total = variants.reduce(
    (sum, { initialVariantWeight }) => sum + Number(initialVariantWeight ?? 1),
    0,
  );
  const [capture] = configurations.flatMap(({ dataCaptureConfig }) => records([dataCaptureConfig]));
  const [target] = inputsOf("Target");
  const line = (variant: Record<string, unknown>) => {
    const [serverless] = records([variant.serverlessConfig]);
    if (serverless) return `serverless, ${text(serverless.memorySizeInMb)} MB, no idle cost`;
    const share = Math.round((100 * Number(variant.initialVariantWeight ?? 1)) / total);
    return `${text(variant.variantName)}: ${share} % of the traffic, ${text(variant.instanceType)} × ${text(variant.initialInstanceCount)}`;
  };
  return {
    endpoints: inputsOf("Endpoint").length,
    variants: [...new Set(variants.map(line))],
    insideNetwork: inputsOf("Model").some(({ vpcConfig }) => vpcConfig !== undefined),
    ...(capture ? { capturePercent: Number(capture.initialSamplingPercentage) } : {}),
    ...(target
      ? { scaling: `${text(target.minCapacity)} to ${text(target.maxCapacity)} instances a variant` }
      : {}),
  };
}

function records(value: unknown): Record<string, unknown>[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((item): item is Record<string, unknown> => typeof item === "object" && item !== null);
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** `smartretail-prod-access-logs-123456789012` is the bucket `access-logs`. */
function shortName(bucket: string, stack: string): string {
  return bucket.replace(new RegExp(`^smartretail-${stack}-|-\\d{12}$`, "g"), "");
}
