import type { RecordedResource, Recording } from "../../preview/recorded-resource";

/** Everything below one slice, in the order of registration. */
export function ofSlice({ resources }: Recording, slice: string): RecordedResource[] {
  const root = resources.find(({ name, parent }) => name === slice && resources[0]?.urn === parent);
  const inside = new Set([root?.urn]);
  return resources.filter(({ urn, parent }) => {
    if (parent === undefined || !inside.has(parent)) return false;
    inside.add(urn);
    return true;
  });
}

/** `type name` of the resources that the cloud would make, sorted. */
export function customNames(resources: readonly RecordedResource[]): string[] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}
