import type { DesiredConfigurationValue } from "../../contracts/parameters";

/** What an endpoint runs right now. */
export interface EndpointState {
  readonly endpointName: string;
  /** SageMaker's EndpointStatus: InService, Updating, RollingBack, Failed, … */
  readonly status: string;
  /** The configuration that is deployed; during an update still the old one. */
  readonly configurationName: string;
  readonly variants: readonly VariantState[];
  /** Why the last update failed, where it did. */
  readonly failureReason?: string;
}

interface VariantState {
  readonly name: string;
  /** Share of the traffic is the weight over the sum of the weights. */
  readonly weight: number;
  /** 0 for a serverless variant. */
  readonly instanceCount: number;
}

/** An endpoint configuration, as far as an update depends on it. */
export interface EndpointConfiguration {
  readonly configurationName: string;
  readonly variants: readonly {
    readonly name: string;
    /** Undefined for a serverless variant. */
    readonly instanceType?: string;
  }[];
}

/** What the endpoint should run, as Pulumi wrote it to the endpoint's parameter. */
export interface DesiredConfiguration {
  readonly configurationName: string;
  /** DeploymentConfig of UpdateEndpoint, in the API's own form; undefined for SageMaker's default. */
  readonly deployment?: Readonly<Record<string, unknown>>;
  /** Pointer whose version the endpoint has to serve: set where the configuration itself names the model's artifact. */
  readonly modelPointer?: string;
}

/** A variant's scaling while it is taken away: everything that is needed to bring it back. */
export interface ReleasedScaling {
  readonly variantName: string;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** Scaling policies, in the form of Application Auto Scaling's PutScalingPolicy. */
  readonly policies: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that changes at a live endpoint without a deployment of the program. */
export interface EndpointControl {
  /** @throws Error when there is no endpoint of that name */
  describe(endpointName: string): Promise<EndpointState>;
  describeConfiguration(configurationName: string): Promise<EndpointConfiguration>;

  /** Moves traffic between the variants, on the instances that are there. Weights are integers. */
  updateWeights(endpointName: string, weights: Readonly<Record<string, number>>): Promise<void>;

  /**
   * Starts an update to another configuration that keeps the live weights and instance counts; the capture settings come
   * from the new configuration. It is done when `describe` says so, and it may have gone back.
   */
  startUpdate(endpointName: string, desired: DesiredConfiguration): Promise<void>;

  /**
   * Makes a configuration like `configurationName` whose models are of another version; the same when it has that version.
   *
   * @returns its name, the same for the same arguments
   */
  withModelVersion(configurationName: string, version: string): Promise<string>;

  /** @throws Error when the parameter does not exist */
  readDesired(parameterName: string): Promise<DesiredConfiguration>;

  readPointer(parameterName: string): Promise<string>;
  /** Makes another version of a model live: the next request uses it. */
  setPointer(parameterName: string, version: string): Promise<void>;

  /** Takes scaling off the variants that have it: SageMaker rejects another instance type under it. */
  releaseScaling(endpointName: string, variantNames: readonly string[]): Promise<ReleasedScaling[]>;
  restoreScaling(endpointName: string, released: readonly ReleasedScaling[]): Promise<void>;
}

/** A rejection that a person has to read: one line, without a stack trace. */
export class EndpointControlError extends Error {}

/**
 * Weights that SageMaker takes and keeps: it stores 32-bit floats, so 0.9 comes back as 0.8999999762.
 *
 * @throws EndpointControlError naming the variant
 */
export function checkWeights(weights: Readonly<Record<string, number>>): void {
  for (const [name, weight] of Object.entries(weights)) {
    if (!Number.isInteger(weight) || weight < 0) {
      throw new EndpointControlError(`weight of variant "${name}" is ${weight}; allowed: an integer from 0`);
    }
  }
  if (Object.values(weights).every((weight) => weight === 0)) {
    throw new EndpointControlError("no variant has a weight above 0; allowed: at least one");
  }
}

/** @throws EndpointControlError when the text is not what the program writes */
export function parseDesired(parameterName: string, text: string): DesiredConfiguration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const fields = (value ?? {}) as { readonly [Key in keyof DesiredConfigurationValue]?: unknown };
  const { EndpointConfigName: name, DeploymentConfig: deployment, ModelPointer: modelPointer } = fields;
  if (typeof name !== "string" || name === "") {
    throw new EndpointControlError(
      `parameter ${parameterName} names no endpoint configuration; run pulumi up first`,
    );
  }
  const hasDeployment = typeof deployment === "object" && deployment !== null;
  return {
    configurationName: name,
    ...(hasDeployment ? { deployment: deployment as Record<string, unknown> } : {}),
    ...(typeof modelPointer === "string" ? { modelPointer } : {}),
  };
}

/** SageMaker: names of models and configurations have at most 63 characters. */
const NAME_MAX = 63;

/** Name of what is like `name` but of a version. */
export function versionedName(name: string, version: string): string {
  return `${name.slice(0, NAME_MAX - version.length - 1)}-${version}`;
}
