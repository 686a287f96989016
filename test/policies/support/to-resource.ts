import type { Resource } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";

/** A resource as the rules hold it, with its inputs or outputs as properties. */
export function toResource(
  resource: AnalyzedResource,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  return {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    properties: { ...properties },
    options: { protect: resource.protect, ignoreChanges: resource.ignoreChanges },
    parent: resource.parent,
    propertyDependencies: resource.propertyDependencies,
    parsed: new Map(),
  };
}
