import { archiveOfVersion } from "../../../contracts/model-artifact";
import {
  checkWeights,
  EndpointControlError,
  parseDesired,
  type EndpointConfiguration,
  type EndpointControl,
  type EndpointState,
  type ReleasedScaling,
  type DesiredConfiguration,
  versionedName,
} from "../endpoint-control";
import {
  advance,
  beginUpdate,
  initialState,
  type LiveVariant,
  type LocalConfiguration,
  type LocalEndpoint,
  type UpdateRequest,
} from "./update";
import { checkUpdate } from "../update-rules";

/**
 * SageMaker hosting in memory, with the rules that decide what happens to live weights: an update without retained
 * properties resets weights and counts to the new configuration's, a guarded one needs the same variant names, an
 * alarm in ALARM rolls it back and leaves the endpoint InService on the old configuration.
 */
export class LocalSageMaker implements EndpointControl {
  private readonly configurations = new Map<string, LocalConfiguration>();
  /** Artifact of each model. */
  private readonly models = new Map<string, string>();
  private readonly endpoints = new Map<string, LocalEndpoint>();
  private readonly parameters = new Map<string, string>();
  private readonly patterns = new Map<string, RegExp>();
  private readonly scaling = new Map<string, ReleasedScaling>();
  private readonly alarms = new Set<string>();

  createModel(modelName: string, artifactUrl: string): void {
    this.models.set(modelName, artifactUrl);
  }

  /** Artifacts that an endpoint's variants serve. */
  servedBy(endpointName: string): string[] {
    const { variants } = this.configuration(this.endpoint(endpointName).configurationName);
    return variants.map(({ modelName }) => this.models.get(modelName) ?? "");
  }

  createConfiguration(configuration: LocalConfiguration): void {
    if (this.configurations.has(configuration.configurationName)) {
      throw new EndpointControlError(
        `endpoint configuration ${configuration.configurationName} already exists`,
      );
    }
    this.configurations.set(configuration.configurationName, configuration);
  }

  deleteConfiguration(configurationName: string): void {
    this.configurations.delete(configurationName);
  }

  hasConfiguration(configurationName: string): boolean {
    return this.configurations.has(configurationName);
  }

  createEndpoint(endpointName: string, configurationName: string): void {
    if (this.endpoints.has(endpointName))
      throw new EndpointControlError(`endpoint ${endpointName} already exists`);
    const configuration = this.configuration(configurationName);
    this.endpoints.set(endpointName, {
      status: "InService",
      configurationName,
      capture: configuration.captureSamplingPercent,
      live: initialState(configuration),
    });
  }

  /** UpdateEndpoint itself, with whatever a caller asks for. */
  updateEndpoint(endpointName: string, request: UpdateRequest): void {
    const endpoint = this.endpoint(endpointName);
    const to = this.configuration(request.configurationName);
    const scaled = [...this.scaling.keys()]
      .filter((key) => key.startsWith(`${endpointName}/`))
      .map((key) => key.slice(endpointName.length + 1));
    const from = this.configuration(endpoint.configurationName);
    checkUpdate({ endpointName, status: endpoint.status, from, to, request, live: endpoint.live, scaled });
    beginUpdate(endpoint, to, request);
  }

  registerScaling(endpointName: string, scaling: ReleasedScaling): void {
    this.scaling.set(`${endpointName}/${scaling.variantName}`, scaling);
  }

  /** Application Auto Scaling at work: changes a variant's live number of instances. */
  scale(endpointName: string, variantName: string, instanceCount: number): void {
    this.variant(endpointName, variantName).instanceCount = instanceCount;
  }

  scalingOf(endpointName: string, variantName: string): ReleasedScaling | undefined {
    return this.scaling.get(`${endpointName}/${variantName}`);
  }

  captureOf(endpointName: string): number {
    return this.endpoint(endpointName).capture;
  }

  setAlarm(alarmName: string, isInAlarm: boolean): void {
    if (isInAlarm) this.alarms.add(alarmName);
    else this.alarms.delete(alarmName);
  }

  /** @param allowedPattern what Parameter Store holds every later value against */
  putParameter(name: string, value: string, allowedPattern?: RegExp): void {
    this.parameters.set(name, value);
    if (allowedPattern) this.patterns.set(name, allowedPattern);
  }

  /** Looking is what makes time pass here: an update takes some looks. */
  describe(endpointName: string): Promise<EndpointState> {
    const endpoint = this.endpoint(endpointName);
    advance(endpoint, (alarm) => this.alarms.has(alarm));
    const { status, configurationName, failureReason, live } = endpoint;
    return Promise.resolve({
      endpointName,
      status,
      configurationName,
      variants: [...live].map(([name, variant]) => ({ name, ...variant })),
      ...(failureReason === undefined ? {} : { failureReason }),
    });
  }

  describeConfiguration(configurationName: string): Promise<EndpointConfiguration> {
    return Promise.resolve().then(() => this.configuration(configurationName));
  }

  async updateWeights(endpointName: string, weights: Readonly<Record<string, number>>): Promise<void> {
    const { status } = await this.describe(endpointName);
    checkWeights(weights);
    if (status !== "InService") {
      throw new EndpointControlError(`endpoint ${endpointName} is ${status}; its weights cannot change now`);
    }
    const variants = Object.entries(weights).map(
      ([name, weight]) => [this.variant(endpointName, name), weight] as const,
    );
    for (const [variant, weight] of variants) variant.weight = weight;
  }

  startUpdate(endpointName: string, { configurationName, deployment }: DesiredConfiguration): Promise<void> {
    return Promise.resolve().then(() =>
      this.updateEndpoint(endpointName, {
        configurationName,
        retainAllVariantProperties: true,
        excludeRetained: ["DataCaptureConfig"],
        deployment,
      }),
    );
  }

  withModelVersion(configurationName: string, version: string): Promise<string> {
    return Promise.resolve().then(() => {
      const configuration = this.configuration(configurationName);
      const artifact = (modelName: string) => found(this.models.get(modelName), `model ${modelName}`);
      const moved = (modelName: string) => archiveOfVersion(artifact(modelName), version);
      if (configuration.variants.every(({ modelName }) => moved(modelName) === artifact(modelName))) {
        return configurationName;
      }
      const name = versionedName(configurationName, version);
      const variants = configuration.variants.map((variant) => {
        const modelName = versionedName(variant.modelName, version);
        this.createModel(modelName, moved(variant.modelName));
        return { ...variant, modelName };
      });
      this.configurations.set(name, { ...configuration, configurationName: name, variants });
      return name;
    });
  }

  async readDesired(parameterName: string): Promise<DesiredConfiguration> {
    return parseDesired(parameterName, await this.readPointer(parameterName));
  }

  readPointer(parameterName: string): Promise<string> {
    const value = this.parameters.get(parameterName);
    return value === undefined
      ? Promise.reject(new EndpointControlError(`parameter ${parameterName} does not exist`))
      : Promise.resolve(value);
  }

  async setPointer(parameterName: string, version: string): Promise<void> {
    await this.readPointer(parameterName);
    const pattern = this.patterns.get(parameterName);
    if (pattern && !pattern.test(version)) {
      throw new EndpointControlError(
        `parameter ${parameterName} does not take "${version}"; allowed: ${pattern.source}`,
      );
    }
    this.parameters.set(parameterName, version);
  }

  releaseScaling(endpointName: string, variantNames: readonly string[]): Promise<ReleasedScaling[]> {
    const released = variantNames
      .map((name) => this.scalingOf(endpointName, name))
      .filter((scaling) => scaling !== undefined);
    for (const { variantName } of released) this.scaling.delete(`${endpointName}/${variantName}`);
    return Promise.resolve(released);
  }

  restoreScaling(endpointName: string, released: readonly ReleasedScaling[]): Promise<void> {
    for (const scaling of released) this.registerScaling(endpointName, scaling);
    return Promise.resolve();
  }

  private endpoint(name: string): LocalEndpoint {
    return found(this.endpoints.get(name), `endpoint ${name}`);
  }

  private configuration(name: string): LocalConfiguration {
    return found(this.configurations.get(name), `endpoint configuration ${name}`);
  }

  private variant(endpointName: string, name: string): LiveVariant {
    return found(this.endpoint(endpointName).live.get(name), `variant ${name} of endpoint ${endpointName}`);
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new EndpointControlError(`${what} does not exist`);
  return value;
}
