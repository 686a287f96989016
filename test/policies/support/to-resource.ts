import type { Resource } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";

/** By its properties: what no mistake changes is read once for hundreds of plans. */
const known = new WeakMap<AnalyzedResource, Map<object, Resource>>();

/** A resource as the rules hold it, with its inputs or outputs as properties. */
export function toResource(
  resource: AnalyzedResource,
  properties: Readonly<Record<string, unknown>>,
): Resource {
  const ofResource = known.get(resource) ?? new Map<object, Resource>();
  known.set(resource, ofResource);
  const made: Resource = ofResource.get(properties) ?? {
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    properties: { ...properties },
    options: { protect: resource.protect, ignoreChanges: resource.ignoreChanges },
    parent: resource.parent,
    propertyDependencies: resource.propertyDependencies,
    parsed: new Map(),
  };
  ofResource.set(properties, made);
  return made;
}
