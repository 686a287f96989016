import { containsUnknown } from "../unknown";

/** A property that holds JSON, as text or as an object. */
export interface JsonDocument {
  /** The parsed document; undefined when it is unknown or not JSON. */
  readonly root: Record<string, unknown> | undefined;
  /** The parser's complaint when the text is not a JSON object. */
  readonly error?: string;
  /** Something inside is not known yet. */
  readonly partlyUnknown: boolean;
  /** What the readers of this kind of document derived from it, made once. */
  derived?: unknown;
}

export function parseJson(value: unknown): JsonDocument {
  if (value === undefined) return { root: undefined, partlyUnknown: false };
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return { root: value as Record<string, unknown>, partlyUnknown: containsUnknown(value) };
  }
  if (typeof value !== "string") return { root: undefined, partlyUnknown: false, error: "not an object" };
  try {
    const root: unknown = JSON.parse(value);
    if (root === null || typeof root !== "object" || Array.isArray(root)) {
      return { root: undefined, partlyUnknown: false, error: "not a JSON object" };
    }
    return { root: root as Record<string, unknown>, partlyUnknown: containsUnknown(root) };
  } catch (error) {
    return { root: undefined, partlyUnknown: false, error: (error as Error).message };
  }
}
