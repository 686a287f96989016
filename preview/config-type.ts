import { showValue } from "../stacks/show-value";

/** A key of the `config` block in Pulumi.yaml. */
export interface ConfigDeclaration {
  /** The types that the CLI knows. Keys of a provider have none. */
  readonly type?: "string" | "integer" | "boolean" | "array";
  /** Type of an array's elements. */
  readonly items?: ConfigDeclaration;
  readonly description?: string;
  readonly default?: unknown;
  readonly value?: unknown;
  readonly secret?: boolean;
}

const ARTICLES = {
  string: "a string",
  integer: "an integer",
  boolean: "true or false",
  array: "a list",
} as const;

/**
 * What is wrong with `value` as a value of the declared type, in words that follow the key; undefined when it fits.
 *
 * @param show how the words repeat a wrong value; a secret's must not
 */
export function configTypeProblem(
  declaration: ConfigDeclaration,
  value: unknown,
  isSecure: (value: unknown) => boolean,
  show: (value: unknown) => string = showValue,
): string | undefined {
  const { type, items } = declaration;
  if (!type || isSecure(value)) return undefined;
  if (!(type in ARTICLES)) return `is declared with the unknown type ${showValue(type)}`;
  if (!fits(type, value)) return `is ${show(value)}; allowed: ${ARTICLES[type]}`;
  if (!items || !Array.isArray(value)) return undefined;
  for (const [i, item] of value.entries()) {
    const problem = configTypeProblem(items, item, isSecure, show);
    if (problem) return `item ${i + 1} ${problem}`;
  }
  return undefined;
}

/** Text that spells an integer or a boolean is one: `pulumi config set` writes it so. */
function fits(type: keyof typeof ARTICLES, value: unknown): boolean {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return typeof value === "string" ? /^[-+]?\d+$/.test(value) : Number.isSafeInteger(value);
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "array":
      return Array.isArray(value);
  }
}
