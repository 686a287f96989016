import { inputAt, textAt, type PlannedResource } from "./planned-resource";

/** Look-ups over one plan. Resources are kept in URN order, so that no result depends on the order of registration. */
export class PlanIndex {
  public readonly resources: readonly PlannedResource[];
  private readonly byType = new Map<string, PlannedResource[]>();

  public constructor(resources: readonly PlannedResource[]) {
    this.resources = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
    for (const resource of this.resources) {
      const sameType = this.byType.get(resource.type);
      if (sameType) sameType.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  public ofType(type: string): readonly PlannedResource[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * Whether the input `property` of `from` points at `target`: by the recorded dependency of that property, else by the
   * target's physical name in the value. Ids are unknown in a first preview, dependencies are not.
   */
  public refersTo(from: PlannedResource, property: string, target: PlannedResource): boolean {
    if (from.propertyDependencies?.[property]?.includes(target.urn)) return true;
    const names = [inputAt(target.inputs, ["name"]), inputAt(target.inputs, ["arn"])].filter(
      (name): name is string => typeof name === "string" && name.length > 0,
    );
    const values = textsIn(from.inputs[property]);
    return names.some((name) => values.some((value) => value === name || value.endsWith(`:${name}`)));
  }

  /** The physical name of a resource when the plan knows it. */
  public physicalName(resource: PlannedResource): string | undefined {
    const name = textAt(resource.inputs, "name");
    return typeof name === "string" ? name : undefined;
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}
