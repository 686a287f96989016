import { isSecretMarker, isUnknownMarker } from "../plan-value";
import type { RecordedResource } from "../recorded-resource";
import { kindOf } from "../plan-tree";
import table from "../input-shapes.json";

/** The properties of one resource type or nested structure, as the pinned @pulumi/aws declares them. */
export interface InputShape {
  /** Name to the reference of the shape inside it, "" for none. */
  readonly properties: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
}

/** preview/input-shapes.json */
export interface InputShapes {
  readonly source: string;
  readonly shapes: Readonly<Record<string, InputShape>>;
}

const SHAPES = (table as unknown as InputShapes).shapes;

/**
 * One line per input that the provider does not know or misses, at any depth. TypeScript sees most of them, but not what
 * arrives through a spread, a cast, JSON or an Output.
 */
export function checkInputShapes(resources: readonly RecordedResource[]): string[] {
  return resources.flatMap((resource) => {
    const found: string[] = [];
    if (resource.custom && SHAPES[resource.type]) check(resource.inputs, resource.type, "", found);
    return found.map((what) => `${kindOf(resource.type)} "${resource.name}": ${what}`);
  });
}

function check(value: unknown, reference: string, path: string, found: string[]): void {
  const shape = SHAPES[reference];
  if (
    !shape ||
    typeof value !== "object" ||
    value === null ||
    isUnknownMarker(value) ||
    isSecretMarker(value)
  )
    return;
  if (Array.isArray(value)) {
    value.forEach((item, i) => check(item, reference, `${path}[${i}]`, found));
    return;
  }
  const given = value as Record<string, unknown>;
  for (const [property, inner] of Object.entries(given)) {
    const innerPath = path ? `${path}.${property}` : property;
    const innerReference = shape.properties[property];
    if (innerReference === undefined) found.push(`${innerPath} is no input that the provider knows`);
    else if (innerReference) check(inner, innerReference, innerPath, found);
  }
  for (const property of shape.required ?? []) {
    const absent = given[property] === undefined || given[property] === null;
    if (absent) found.push(`${path ? `${path}.` : ""}${property} is missing; the provider requires it`);
  }
}
