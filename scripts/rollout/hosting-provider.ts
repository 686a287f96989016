import type { RecordedResource } from "../../preview/recorded-resource";
import type { PlanValue } from "../../preview/plan-value";
import type { LocalSageMaker } from "../../runtime/endpoints/local/sagemaker";

export type Inputs = Readonly<Record<string, PlanValue>>;

/** What the AWS provider does for one type of resource. */
export interface HostingProvider {
  /** Whether the name is generated and every change of an input is a replacement. */
  readonly isImmutable: boolean;
  create(cloud: LocalSageMaker, name: string, inputs: Inputs): void;
  update(cloud: LocalSageMaker, name: string, inputs: Inputs): void;
  remove(cloud: LocalSageMaker, name: string): void;
  /** Inputs as they are live; only where something else than the program changes them. */
  read?(cloud: LocalSageMaker, name: string): Promise<Inputs>;
}

const nothing = () => undefined;

const model: HostingProvider = {
  isImmutable: true,
  create: (cloud, name, inputs) => {
    const { modelDataUrl } = inputs.primaryContainer as { modelDataUrl: string };
    cloud.createModel(name, modelDataUrl);
  },
  update: nothing,
  remove: nothing,
};

interface RecordedVariant {
  readonly variantName: string;
  readonly modelName: string;
  readonly initialVariantWeight?: number;
  readonly initialInstanceCount?: number;
  readonly instanceType?: string;
}

const configuration: HostingProvider = {
  isImmutable: true,
  create: (cloud, configurationName, inputs) => {
    const variants = inputs.productionVariants as unknown as readonly RecordedVariant[];
    const capture = inputs.dataCaptureConfig as { initialSamplingPercentage?: number } | undefined;
    cloud.createConfiguration({
      configurationName,
      captureSamplingPercent: capture?.initialSamplingPercentage ?? 0,
      variants: variants.map((variant) => ({
        name: variant.variantName,
        modelName: variant.modelName,
        initialWeight: variant.initialVariantWeight ?? 1,
        initialInstanceCount: variant.initialInstanceCount ?? 0,
        ...(variant.instanceType === undefined ? {} : { instanceType: variant.instanceType }),
      })),
    });
  },
  update: nothing,
  remove: (cloud, name) => cloud.deleteConfiguration(name),
};

const endpoint: HostingProvider = {
  isImmutable: false,
  create: (cloud, name, inputs) => cloud.createEndpoint(name, text(inputs.endpointConfigName)),
  /** The provider's UpdateEndpoint: it has no argument to retain variant properties. */
  update: (cloud, name, inputs) =>
    cloud.updateEndpoint(name, {
      configurationName: text(inputs.endpointConfigName),
      retainAllVariantProperties: false,
      excludeRetained: [],
    }),
  remove: nothing,
  read: async (cloud, name) => ({ endpointConfigName: (await cloud.describe(name)).configurationName }),
};

const patternOf = (pattern: unknown) => (typeof pattern === "string" ? new RegExp(pattern) : undefined);

const putParameter = (cloud: LocalSageMaker, name: string, inputs: Inputs) =>
  cloud.putParameter(name, text(inputs.insecureValue), patternOf(inputs.allowedPattern));

const parameter: HostingProvider = {
  isImmutable: false,
  create: putParameter,
  update: putParameter,
  remove: nothing,
  read: async (cloud, name) => ({ insecureValue: await cloud.readPointer(name) }),
};

function registerScaling(cloud: LocalSageMaker, resourceId: string, inputs: Inputs): void {
  const [, endpointName = "", , variantName = ""] = resourceId.split("/");
  const { minCapacity, maxCapacity } = inputs;
  cloud.registerScaling(endpointName, {
    variantName,
    minInstances: Number(minCapacity),
    maxInstances: Number(maxCapacity),
    policies: [],
  });
}

const scalingTarget: HostingProvider = {
  isImmutable: false,
  create: registerScaling,
  update: registerScaling,
  remove: nothing,
};

/** Undefined for whatever is no part of hosting, such as the parameters that publish the stack's outputs. */
export function hostingProvider({ type, inputs }: RecordedResource): HostingProvider | undefined {
  switch (type) {
    case "aws:sagemaker/model:Model":
      return model;
    case "aws:sagemaker/endpointConfiguration:EndpointConfiguration":
      return configuration;
    case "aws:sagemaker/endpoint:Endpoint":
      return endpoint;
    case "aws:ssm/parameter:Parameter":
      return typeof inputs.insecureValue === "string" ? parameter : undefined;
    case "aws:appautoscaling/target:Target":
      return scalingTarget;
    default:
      return undefined;
  }
}

/** The name under which AWS knows a resource that the program has named. */
export function givenName({ inputs }: RecordedResource): string {
  return text(inputs.name) || text(inputs.resourceId);
}

function text(value: PlanValue | undefined): string {
  return typeof value === "string" ? value : "";
}
