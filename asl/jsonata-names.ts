import jsonata from "jsonata";

/**
 * Functions of JSONata and those that Step Functions adds. A variable of such a name is hidden by the function, without a word.
 * https://docs.jsonata.org/ and https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains
  replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not
  map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct
  base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl eval toMillis fromMillis now millis clone
  partition range hash uuid parse`.split(/\s+/),
);

/** The variable that Step Functions itself sets. */
export const RESERVED_NAME = "states";

/**
 * Names of the machine's variables that an expression reads: neither functions nor what it defines itself.
 *
 * @throws Error with JSONata's own words for text that is none
 */
export function variablesIn(source: string): ReadonlySet<string> {
  const read = new Set<string>();
  const defined = new Set<string>();
  collect(parse(source), read, defined);
  return new Set([...read].filter((name) => !defined.has(name) && name !== RESERVED_NAME));
}

/** Names of functions that an expression calls by name. */
export function callsIn(source: string): ReadonlySet<string> {
  const read = new Set<string>();
  collect(parse(source), read, new Set(), FUNCTION_NAMES);
  return read;
}

function parse(source: string): unknown {
  try {
    return jsonata(source).ast();
  } catch (error) {
    const { message } = error as { message?: string };
    throw new Error(`{% ${source} %} is no JSONata: ${message ?? String(error)}`, { cause: error });
  }
}

/** @param only names to keep; by default all that are no functions */
function collect(node: unknown, read: Set<string>, defined: Set<string>, only?: ReadonlySet<string>): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const part of node) collect(part, read, defined, only);
    return;
  }
  const { type, value, lhs, ...rest } = node as Record<string, unknown>;
  if (type === "variable" && typeof value === "string" && value !== "" && value !== "$") {
    if (only ? only.has(value) : !FUNCTION_NAMES.has(value)) read.add(value);
  }
  if (type === "bind") defined.add(String((lhs as { value?: unknown }).value));
  if (type === "lambda") {
    for (const argument of rest.arguments as { value: string }[]) defined.add(argument.value);
  }
  // A path's regular expressions and positions are no nodes; walking through them finds nothing.
  for (const part of [type === "bind" ? undefined : lhs, ...Object.values(rest)])
    collect(part, read, defined, only);
  if (typeof value === "object") collect(value, read, defined, only);
}
