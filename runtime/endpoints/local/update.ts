import type { EndpointConfiguration } from "../endpoint-control";

/** One variant of a configuration as CreateEndpointConfig takes it. */
interface LocalVariant {
  readonly name: string;
  readonly modelName: string;
  readonly initialWeight: number;
  readonly initialInstanceCount: number;
  readonly instanceType?: string;
}

export interface LocalConfiguration extends EndpointConfiguration {
  readonly variants: readonly LocalVariant[];
  readonly captureSamplingPercent: number;
}

export interface LiveVariant {
  weight: number;
  instanceCount: number;
}

export interface LocalEndpoint {
  status: string;
  configurationName: string;
  capture: number;
  failureReason?: string;
  readonly live: Map<string, LiveVariant>;
  /** The update under way: what it will have changed, and how often it still has to be looked at. */
  update?: { readonly to: LocalConfiguration; readonly request: UpdateRequest; looks: number };
}

/** UpdateEndpoint, with the same names in lower case. */
export interface UpdateRequest {
  readonly configurationName: string;
  readonly retainAllVariantProperties: boolean;
  /** Properties that come from the new configuration all the same. */
  readonly excludeRetained: readonly ("DesiredInstanceCount" | "DesiredWeight" | "DataCaptureConfig")[];
  readonly deployment?: Readonly<Record<string, unknown>>;
}

/** How often an update is looked at before it ends; an alarm during these looks sends it back. */
const LOOKS_PER_UPDATE = 3;

export function beginUpdate(endpoint: LocalEndpoint, to: LocalConfiguration, request: UpdateRequest): void {
  endpoint.status = "Updating";
  endpoint.failureReason = undefined;
  endpoint.update = { to, request, looks: LOOKS_PER_UPDATE };
}

/** One look at an endpoint: an update that nobody stopped comes nearer to its end. */
export function advance(endpoint: LocalEndpoint, isInAlarm: (alarmName: string) => boolean): void {
  const { update } = endpoint;
  if (!update) return;
  const alarm = rollbackAlarms(update.request.deployment).find(isInAlarm);
  if (alarm !== undefined) {
    endpoint.status = "InService";
    endpoint.failureReason = `alarm ${alarm} went off during the deployment; the endpoint went back to ${endpoint.configurationName}`;
    endpoint.update = undefined;
    return;
  }
  update.looks -= 1;
  if (update.looks <= 0) finishUpdate(endpoint, update.to, update.request);
}

export function initialState({ variants }: LocalConfiguration): Map<string, LiveVariant> {
  return new Map(
    variants.map(({ name, initialWeight, initialInstanceCount }) => [
      name,
      { weight: initialWeight, instanceCount: initialInstanceCount },
    ]),
  );
}

function finishUpdate(endpoint: LocalEndpoint, to: LocalConfiguration, request: UpdateRequest): void {
  const retains = (property: UpdateRequest["excludeRetained"][number]) =>
    request.retainAllVariantProperties && !request.excludeRetained.includes(property);
  const before = new Map(endpoint.live);
  endpoint.live.clear();
  for (const [name, initial] of initialState(to)) {
    const old = before.get(name) ?? initial;
    endpoint.live.set(name, {
      weight: retains("DesiredWeight") ? old.weight : initial.weight,
      instanceCount: retains("DesiredInstanceCount") ? old.instanceCount : initial.instanceCount,
    });
  }
  if (!retains("DataCaptureConfig")) endpoint.capture = to.captureSamplingPercent;
  endpoint.configurationName = to.configurationName;
  endpoint.status = "InService";
  endpoint.update = undefined;
}

function rollbackAlarms(deployment: Readonly<Record<string, unknown>> | undefined): string[] {
  const configuration = deployment?.AutoRollbackConfiguration as
    { Alarms?: { AlarmName: string }[] } | undefined;
  return (configuration?.Alarms ?? []).map(({ AlarmName }) => AlarmName);
}
