import type { RecordedResource } from "../recorded-resource";
import { encodeWire, unwrapOutputs } from "../sdk/wire";

/** A resource as the engine shows it to a policy pack. Values are those of the wire. */
export interface AnalyzedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider?: ProviderMessage;
  /** What the single-resource analysis sees. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the analysis of the whole stack sees: inputs, and what the cloud computed. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface ProviderMessage {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A recorded plan as the engine would hand it over; `provider` stands for the default provider of the stack. */
export function analyzedResources(
  resources: readonly RecordedResource[],
  provider?: ProviderMessage,
): AnalyzedResource[] {
  return resources.map((resource) => {
    const inputs = unwrapOutputs(resource.wireInputs) as Record<string, unknown>;
    const outputs = encodeWire(resource.outputs) as Record<string, unknown>;
    return {
      urn: resource.urn,
      type: resource.type,
      name: resource.name,
      parent: resource.parent ?? "",
      protect: resource.protect,
      ignoreChanges: resource.ignoreChanges,
      dependencies: resource.dependencies,
      propertyDependencies: resource.propertyDependencies,
      ...(provider && resource.custom && resource.type.startsWith("aws:") ? { provider } : {}),
      inputs,
      outputs: { ...outputs, ...inputs, ...(resource.id ? { id: resource.id } : {}) },
    };
  });
}
