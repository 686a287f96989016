import { isSecretMarker, isUnknownMarker } from "../plan-value";
import type { ApiConstraints, ApiShape } from "./api-shapes";

/** One value that AWS would reject, or one input that no shape was found for. */
interface Finding {
  /** `productionVariants[0].instanceType` */
  readonly path: string;
  /** Words that follow the path. */
  readonly what: string;
}

export interface ShapeCheck {
  readonly violations: Finding[];
  /** Inputs that AWS's API does not know under any name we looked for. */
  readonly unknown: string[];
}

export interface CheckOptions {
  readonly shapes: ApiConstraints["shapes"];
  /** Input path without indexes, to the member that carries it. */
  readonly names: Readonly<Record<string, string>>;
  /** Input paths without indexes that are not looked at. */
  readonly unchecked: Readonly<Record<string, string>>;
}

/** Shows at most this many of a long list of allowed values. */
const SHOWN_VALUES = 6;

/** Checks `value` against the shape; paths are those of the program's input. */
export function checkShape(
  value: unknown,
  reference: string,
  path: string,
  options: CheckOptions,
  found: ShapeCheck,
): void {
  const shape = options.shapes[reference];
  if (!shape || value === null || value === undefined || isUnknownMarker(value) || isSecretMarker(value))
    return;
  const below = (inner: unknown, innerReference: string, innerPath: string) =>
    checkShape(inner, innerReference, innerPath, options, found);
  if (shape.list !== undefined) {
    checkList(value, shape, shape.list, path, options, found);
  } else if (shape.map !== undefined) {
    if (typeof value !== "object") return;
    const entries = Object.entries(value);
    checkCount(entries.length, shape, path, found);
    for (const [key, item] of entries) below(item, shape.map, `${path}.${key}`);
  } else if (shape.members) {
    // What AWS takes one by one, or as a single structure, the provider may take as a list.
    const items: [unknown, string][] = Array.isArray(value)
      ? value.map((item, i) => [item, `${path}[${i}]`])
      : [[value, path]];
    for (const [item, itemPath] of items) {
      if (typeof item !== "object" || item === null || isUnknownMarker(item) || isSecretMarker(item))
        continue;
      checkStructure(item as Record<string, unknown>, shape, itemPath, options, found);
    }
  } else {
    checkScalar(value, shape, path, found);
  }
}

function checkList(
  value: unknown,
  shape: ApiShape,
  elementReference: string,
  path: string,
  options: CheckOptions,
  found: ShapeCheck,
): void {
  const below = (inner: unknown, reference: string, innerPath: string) =>
    checkShape(inner, reference, innerPath, options, found);
  const element = options.shapes[elementReference];
  const pair = pairMembers(element);
  if (pair && !Array.isArray(value) && typeof value === "object" && value !== null) {
    // Tags and dimensions travel as lists of keys and values.
    checkCount(Object.keys(value).length, shape, path, found);
    for (const [key, item] of Object.entries(value)) {
      below(key, element?.members?.[pair.key] ?? "", `${path}.${key}`);
      below(item, element?.members?.[pair.value] ?? "", `${path}.${key}`);
    }
    return;
  }
  // A block that may stand once arrives without its list.
  const items: unknown[] = Array.isArray(value) ? value : [value];
  checkCount(items.length, shape, path, found);
  items.forEach((item, i) => below(item, elementReference, Array.isArray(value) ? `${path}[${i}]` : path));
}

function checkStructure(
  value: Record<string, unknown>,
  shape: ApiShape,
  path: string,
  options: CheckOptions,
  found: ShapeCheck,
): void {
  const given = new Set<string>();
  for (const [property, inner] of Object.entries(value)) {
    const innerPath = path ? `${path}.${property}` : property;
    const plainPath = innerPath.replace(/\[\d+\]/g, "");
    if (plainPath in options.unchecked) continue;
    const target = findMember(property, plainPath, shape, options);
    if (!target) found.unknown.push(plainPath);
    else {
      given.add(target.member);
      checkShape(inner, target.reference, innerPath, options, found);
    }
  }
  for (const member of shape.required ?? []) {
    if (!given.has(member)) found.violations.push({ path, what: `lacks ${member}, which AWS requires` });
  }
}

export interface Target {
  /** First member on the way. */
  readonly member: string;
  readonly reference: string;
}

/** Member of the structure that carries the input: by the list of exceptions, else by its letters. */
export function findMember(
  property: string,
  plainPath: string,
  shape: ApiShape,
  { names, shapes }: Pick<CheckOptions, "names" | "shapes">,
): Target | undefined {
  const members = shape.members ?? {};
  const named = names[plainPath];
  if (named !== undefined) {
    const [first = "", ...rest] = named.split(".");
    let reference = members[first];
    for (const member of rest) {
      const at = shapes[reference ?? ""];
      reference = (at?.list === undefined ? at : shapes[at.list])?.members?.[member];
    }
    return reference === undefined ? undefined : { member: first, reference };
  }
  const expectedStem = stem(property);
  const member = Object.keys(members).find((name) => stem(name) === expectedStem);
  return member === undefined ? undefined : { member, reference: members[member] ?? "" };
}

/** Same letters in singular and plural, whatever the case: `subnetIds` and `SubnetId`, `policies` and `Policy`. */
function stem(name: string): string {
  return name
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<=s|x)es$/, "")
    .replace(/s$/, "");
}

/** The two members of a structure that is one entry of a map. */
function pairMembers(shape: ApiShape | undefined): { key: string; value: string } | undefined {
  const members = Object.keys(shape?.members ?? {});
  const key = members.find((name) => /^((tag)?key|name)$/i.test(name));
  const value = members.find((name) => /^(tag)?value$/i.test(name));
  return key && value && members.length === 2 ? { key, value } : undefined;
}

function checkCount(count: number, { min, max }: ApiShape, path: string, { violations }: ShapeCheck): void {
  if ((min !== undefined && count < min) || (max !== undefined && count > max)) {
    violations.push({
      path,
      what: `has ${count} ${count === 1 ? "item" : "items"}; allowed: ${range(min, max)}`,
    });
  }
}

export function checkScalar(value: unknown, shape: ApiShape, path: string, { violations }: ShapeCheck): void {
  if (typeof value === "object" || typeof value === "boolean") return;
  const text = String(value);
  const size = shape.number ? Number(value) : text.length;
  const { min, max } = shape;
  if (shape.enum && !shape.enum.includes(text)) {
    violations.push({ path, what: `is ${quoted(value)}; allowed: ${oneOf(shape.enum)}` });
  } else if (Number.isNaN(size) || (min !== undefined && size < min) || (max !== undefined && size > max)) {
    const what = shape.number ? `is ${quoted(value)}` : `${quoted(value)} has ${size} characters`;
    violations.push({ path, what: `${what}; allowed: ${range(min, max)}` });
  } else if (shape.pattern && compiled(shape.pattern)?.test(text) === false) {
    violations.push({ path, what: `is ${quoted(value)}; allowed: what matches ${shape.pattern}` });
  }
}

/** POSIX classes of Java's regular expressions, which JavaScript lacks. */
const POSIX_CLASSES: Readonly<Record<string, string>> = {
  Alnum: "a-zA-Z0-9",
  Alpha: "a-zA-Z",
  ASCII: "\\x00-\\x7F",
  Digit: "0-9",
  Graph: "\\x21-\\x7E",
  Print: "\\x20-\\x7E",
  Punct: "!-\\/:-@[-`{-~",
  Space: "\\s",
};

const patterns = new Map<string, RegExp | undefined>();

/** The published pattern as a test of whole values; undefined for one that only Java can read. */
export function compiled(pattern: string): RegExp | undefined {
  if (!patterns.has(pattern)) {
    const readable = pattern
      // An inline flag: what it forbids is then forbidden in this case only.
      .replaceAll("(?i)", "")
      // SageMaker ends two patterns with "${1,128}": a length behind the end, which its own min and max say again.
      .replace(/\$\{\d+,\d+\}$/, "")
      .replace(/\[([^\]]*)\\p\{(\w+)\}/g, (all, before: string, name: string) =>
        name in POSIX_CLASSES ? `[${before}${POSIX_CLASSES[name]}` : all,
      )
      .replace(/\\p\{(\w+)\}/g, (all, name: string) =>
        name in POSIX_CLASSES ? `[${POSIX_CLASSES[name]}]` : all,
      );
    patterns.set(
      pattern,
      compile(readable, "u") ?? (readable.includes("\\p{") ? undefined : compile(readable, "")),
    );
  }
  return patterns.get(pattern);
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, flags);
  } catch {
    return undefined;
  }
}

function oneOf(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN_VALUES).join(", ");
  return values.length > SHOWN_VALUES ? `${shown} and ${values.length - SHOWN_VALUES} more` : shown;
}

function range(min: number | undefined, max: number | undefined): string {
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : min === max ? `${min}` : `${min} to ${max}`;
}

/** At most 60 characters of a value. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
