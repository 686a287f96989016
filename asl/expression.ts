import type { Expression, Json } from "./states";

/** The expression that JSONata evaluates to the value of `source`, on one line: consoles show it so. */
export function jsonata(source: string): Expression {
  return `{% ${source.trim().replace(/\s*\n\s*/g, " ")} %}`;
}

/** The JSONata in a value of a state; undefined for any other value. The language takes it only when it is the whole text. */
export function sourceOf(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("{%") || !value.endsWith("%}")) return undefined;
  return value.slice(2, -2).trim();
}

/** A JSONata text literal. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/**
 * An expression that joins texts and sources: `` joined`${"$run"}/lake` `` is `$run & "/lake"`.
 *
 * @param sources JSONata, each of them a text or a number
 */
export function joined(texts: TemplateStringsArray, ...sources: readonly string[]): Expression {
  const parts = texts.flatMap((text, i) => [
    ...(text === "" ? [] : [quoted(text)]),
    ...(i < sources.length ? [sources[i]!] : []),
  ]);
  return jsonata(parts.join(" & "));
}

/** Source of a value that has expressions inside. */
export function valueSource(value: Json): string {
  if (typeof value !== "object" || value === null) return sourceOf(value) ?? JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(valueSource).join(", ")}]`;
  const fields = Object.entries(value).map(([key, field]) => `${quoted(key)}: ${valueSource(field as Json)}`);
  return `{${fields.join(", ")}}`;
}
