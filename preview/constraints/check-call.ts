import { sourceOf } from "../../asl/expression";
import type { Json } from "../../asl/states";
import constraints from "../api-constraints.json";
import type { ApiConstraints, ApiShape } from "./api-shapes";
import { checkScalar, type ShapeCheck } from "./check-shape";

// The file's own type is a union of every shape in it.
const TABLE = constraints as unknown as ApiConstraints;

/**
 * What AWS would reject of a call, by its own service model: names, required members, enums, lengths, ranges and patterns, one line
 * each. An expression is passed over, for its value is not known yet.
 *
 * @throws Error for an operation that the limits do not have
 */
export function checkCall(operation: string, args: Json): string[] {
  const reference = TABLE.operations[operation];
  if (reference === undefined) {
    throw new Error(
      `no limits are known for ${operation}: npm run constraints takes those of RUN_TIME_OPERATIONS`,
    );
  }
  const found: ShapeCheck = { violations: [], unknown: [] };
  check(args, reference, "", found);
  const lines = found.violations.map(({ path, what }) => [path, what].filter(Boolean).join(" "));
  return [...lines, ...found.unknown.map((path) => `${path} is no member of ${operation}`)];
}

function check(value: Json, reference: string, path: string, found: ShapeCheck): void {
  const shape = TABLE.shapes[reference];
  if (!shape || sourceOf(value) !== undefined) return;
  if (shape.members) return checkMembers(value, shape, path, found);
  const children = childrenOf(value, shape);
  if (!children) {
    if (shape.list !== undefined || shape.map !== undefined) {
      found.violations.push({ path, what: shape.list === undefined ? "is no map" : "is no list" });
    } else if (typeof value === "object") found.violations.push({ path, what: "is no scalar" });
    else if (shape.number === true && typeof value !== "number")
      found.violations.push({ path, what: "is no number" });
    else checkScalar(value, shape, path, found);
    return;
  }
  const { min = 0, max = Infinity } = shape;
  if (children.length < min || children.length > max) {
    found.violations.push({ path, what: `has ${children.length} entries; allowed: ${min} to ${max}` });
  }
  for (const [key, child] of children) check(child, shape.list ?? shape.map ?? "", `${path}[${key}]`, found);
}

/** Entries of a list or map; undefined where the value is none. */
function childrenOf(value: Json, { list, map }: ApiShape): [string, Json][] | undefined {
  if (list !== undefined) return Array.isArray(value) ? Object.entries(value as Json[]) : undefined;
  if (map === undefined || typeof value !== "object" || value === null || Array.isArray(value))
    return undefined;
  return Object.entries(value as Record<string, Json>);
}

function checkMembers(value: Json, shape: ApiShape, path: string, found: ShapeCheck): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    found.violations.push({ path, what: "is no structure" });
    return;
  }
  const given = value as Record<string, Json>;
  const prefix = path === "" ? "" : `${path}.`;
  for (const member of shape.required ?? []) {
    if (!(member in given)) found.violations.push({ path, what: `lacks ${member}, which AWS requires` });
  }
  for (const [member, inner] of Object.entries(given)) {
    const reference = shape.members?.[member];
    if (reference === undefined) found.unknown.push(prefix + member);
    else check(inner, reference, prefix + member, found);
  }
}
