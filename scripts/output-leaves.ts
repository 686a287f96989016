import { isSecretMarker, isUnknownMarker } from "../preview/plan-value";

/** How a value is shown that only a deployment knows. */
export const AFTER_DEPLOYMENT = "known after deployment";

/** The single values of a stack's outputs, each with its path, as text; a list is one value, joined by commas. */
export function outputLeaves(value: unknown, path: readonly string[] = []): [path: string[], text: string][] {
  if (isUnknownMarker(value)) return [[[...path], AFTER_DEPLOYMENT]];
  if (isSecretMarker(value)) return [[[...path], "secret"]];
  if (Array.isArray(value)) return [[[...path], value.map((item) => outputLeaves(item)[0]?.[1]).join(", ")]];
  if (typeof value !== "object" || value === null) return [[[...path], String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => outputLeaves(inner, [...path, key]));
}
