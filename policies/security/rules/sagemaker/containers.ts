import type { ResourceCheck, Value } from "../../../kit";

/** The containers of a model: the single one or the pipeline. */
export function containersOf(model: ResourceCheck): Value[] {
  const primary = model.at("primaryContainer");
  return [...(primary.isSet ? [primary] : []), ...model.at("containers").items()];
}

/** Inspected paths of a property of every container. */
export function containerPaths(property: string): string[] {
  return [`primaryContainer.${property}`, `containers[*].${property}`];
}
