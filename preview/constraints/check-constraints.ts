import { autoName } from "../provider-stubs/stub-state";
import type { RecordedResource } from "../recorded-resource";
import constraints from "../api-constraints.json";
import { API_MAPPING, UNCHECKED_EVERYWHERE, type TypeMapping } from "./api-mapping";
import type { ApiConstraints, ApiShape } from "./api-shapes";
import { isSecretMarker, isUnknownMarker } from "../plan-value";
import { checkScalar, checkShape, findMember, type CheckOptions, type ShapeCheck } from "./check-shape";

// The file's own type is a union of every shape in it.
const TABLE = constraints as unknown as ApiConstraints;

export interface ConstraintReport {
  /** One line per input that AWS would reject. */
  readonly violations: readonly string[];
  /** `type property`: inputs for which no limit was found and no reason is given. */
  readonly unchecked: readonly string[];
}

/**
 * Holds the inputs of every resource against the limits that AWS publishes for its own API: required members, enums,
 * lengths, ranges, counts and patterns. What is unknown in a preview is not looked at.
 */
export function checkConstraints(resources: readonly RecordedResource[]): ConstraintReport {
  const violations = new Set<string>();
  const unchecked = new Set<string>();
  for (const resource of resources) {
    if (!resource.custom || !resource.type.startsWith("aws:")) continue;
    const mapping = API_MAPPING[resource.type];
    if (!mapping) {
      unchecked.add(resource.type);
      continue;
    }
    const found = checkResource(resource, mapping);
    const kind = resource.type.split(":")[2] ?? resource.type;
    for (const { path, what } of found.violations) {
      violations.add(`${kind} "${resource.name}": ${[path, what].filter(Boolean).join(" ")}`);
    }
    for (const path of found.unknown) unchecked.add(`${resource.type} ${path}`);
  }
  return { violations: [...violations], unchecked: [...unchecked].sort() };
}

interface Root {
  readonly shape: ApiShape;
  readonly given: Set<string>;
}

function checkResource(resource: RecordedResource, mapping: TypeMapping): ShapeCheck {
  const found: ShapeCheck = { violations: [], unknown: [] };
  const options: CheckOptions = {
    shapes: TABLE.shapes,
    names: mapping.names ?? {},
    unchecked: { ...UNCHECKED_EVERYWHERE, ...mapping.unchecked },
  };
  const roots = mapping.operations.map((operation): Root => ({ shape: rootOf(operation), given: new Set() }));
  const inputs = { ...resource.inputs, ...autoName(resource) };
  for (const [property, value] of Object.entries(inputs)) {
    const documented = mapping.documented?.[property];
    if (documented && !isUnknownMarker(value) && !isSecretMarker(value))
      checkScalar(value, documented, property, found);
    if (property in options.unchecked) continue;
    const targets = roots.map((root) => ({
      root,
      target: findMember(property, property, root.shape, options),
    }));
    const hits = targets.filter(({ target }) => target !== undefined);
    if (hits.length === 0) found.unknown.push(property);
    for (const { root, target } of hits) {
      root.given.add(target?.member ?? "");
      checkShape(value, target?.reference ?? "", property, options, found);
    }
  }
  // Only the first operation always takes place; the others are called for what the inputs ask for.
  const [first] = roots;
  const wrappers = mapping.operations.map((operation) => operation.split("#")[1]);
  const missing = (first?.shape.required ?? []).filter(
    (member) =>
      !first?.given.has(member) && !mapping.filledIn?.includes(member) && !wrappers.includes(member),
  );
  for (const member of missing)
    found.violations.push({ path: "", what: `lacks ${member}, which AWS requires` });
  return found;
}

function rootOf(operation: string): ApiShape {
  const [name = "", member] = operation.split("#");
  const input = TABLE.shapes[TABLE.operations[name] ?? ""];
  const shape = member === undefined ? input : TABLE.shapes[input?.members?.[member] ?? ""];
  if (!shape) throw new Error(`api-constraints.json has no ${operation}: npm run constraints writes it`);
  return shape;
}
