import type { Properties, Resource } from "./resource";

const written = new WeakMap<Properties, ReadonlyMap<string, string>>();

/** The JSON text of every property, for rules that search a whole stack; written once, however many rules search. */
export function propertyTexts({ properties }: Resource): ReadonlyMap<string, string> {
  const texts =
    written.get(properties) ??
    new Map(Object.entries(properties).map(([name, value]) => [name, JSON.stringify(value) ?? ""]));
  written.set(properties, texts);
  return texts;
}
