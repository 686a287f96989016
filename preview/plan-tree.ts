import type { RecordedResource, Recording } from "./recorded-resource";

export const STACK_TYPE = "pulumi:pulumi:Stack";
const SLICE_PREFIX = "smartretail:slice:";

/** Siblings of one type, shown as one line. */
export interface TreeGroup {
  /** Last part of the type: `VpcEndpoint`. */
  readonly kind: string;
  readonly component: boolean;
  /** In order of registration. */
  readonly names: readonly string[];
  /** What hangs below all of them, merged. */
  readonly children: readonly TreeGroup[];
}

export interface SliceTree {
  readonly name: string;
  /** Resources that AWS makes, components not counted. */
  readonly resourceCount: number;
  readonly groups: readonly TreeGroup[];
}

/** Last part of a type token: `aws:s3/bucket:Bucket` is a `Bucket`. */
export function kindOf(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** Name of the slice that a resource hangs below; undefined for the stack and for what hangs below no slice. */
export function sliceFinder({
  resources,
}: Pick<Recording, "resources">): (urn: string) => string | undefined {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return (urn) => {
    let at = byUrn.get(urn);
    while (at && !at.type.startsWith(SLICE_PREFIX))
      at = at.parent === undefined ? undefined : byUrn.get(at.parent);
    return at?.name;
  };
}

/** The resource tree slice by slice, in the program's order; siblings of one type are one group. */
export function sliceTrees({ resources }: Pick<Recording, "resources">): SliceTree[] {
  const children = new Map<string, RecordedResource[]>();
  for (const resource of resources) {
    if (resource.parent === undefined) continue;
    children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource]);
  }
  const groupsBelow = (parents: readonly RecordedResource[]): TreeGroup[] => {
    const byType = new Map<string, RecordedResource[]>();
    for (const child of parents.flatMap(({ urn }) => children.get(urn) ?? [])) {
      byType.set(child.type, [...(byType.get(child.type) ?? []), child]);
    }
    return [...byType].map(([type, members]) => ({
      kind: kindOf(type),
      component: members.some(({ custom }) => !custom),
      names: members.map(({ name }) => name),
      children: groupsBelow(members),
    }));
  };
  return resources
    .filter(({ type }) => type.startsWith(SLICE_PREFIX))
    .map((slice) => {
      const groups = groupsBelow([slice]);
      return { name: slice.name, groups, resourceCount: countResources(groups) };
    });
}

function countResources(groups: readonly TreeGroup[]): number {
  return groups.reduce(
    (sum, { component, names, children }) => sum + (component ? 0 : names.length) + countResources(children),
    0,
  );
}

/** AWS resources by kind, the most numerous first. */
export function countsByKind({ resources }: Pick<Recording, "resources">): [kind: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { type, custom } of resources) {
    if (custom) counts.set(kindOf(type), (counts.get(kindOf(type)) ?? 0) + 1);
  }
  return [...counts].sort(([a, i], [b, j]) => j - i || (a < b ? -1 : 1));
}
