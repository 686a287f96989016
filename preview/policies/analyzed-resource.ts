import * as pulumi from "@pulumi/pulumi";
import type { RecordedResource } from "../recorded-resource";
import { isSecretMarker, isUnknownMarker } from "../wire";

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

const SIGNATURE = pulumi.runtime.specialSigKey;

/** A recorded plan as the engine would hand it over; `provider` stands for the default provider of the stack. */
export function analyzedResources(
  resources: readonly RecordedResource[],
  provider?: ProviderMessage,
): AnalyzedResource[] {
  return resources.map((resource) => {
    const inputs = withoutOutputs(resource.wireInputs) as Record<string, unknown>;
    const outputs = fromPlan(resource.outputs) as Record<string, unknown>;
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

/** The engine unwraps output values and resource references before an analyzer sees them. */
function withoutOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOutputs);
  if (value === null || typeof value !== "object") return value;
  const fields = value as Record<string, unknown>;
  if (fields[SIGNATURE] === pulumi.runtime.specialOutputValueSig) {
    return "value" in fields ? withoutOutputs(fields.value) : pulumi.runtime.unknownValue;
  }
  if (fields[SIGNATURE] === pulumi.runtime.specialResourceSig) return fields.id ?? fields.urn;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutOutputs(item)]),
  );
}

/** A recorded value back on the wire: unknowns and secrets are markers there and sentinels here. */
function fromPlan(value: unknown): unknown {
  if (isUnknownMarker(value)) return pulumi.runtime.unknownValue;
  if (isSecretMarker(value)) return { [SIGNATURE]: pulumi.runtime.specialSecretSig, value: "" };
  if (Array.isArray(value)) return value.map(fromPlan);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromPlan(item)]));
}
