import { isUnknown } from "../../kit/unknown";

/**
 * What the estimator needs of a registered resource. A recorded plan, a policy's stack resources and a hand-written
 * list all fit; an input that is not known yet is the engine's sentinel or `{ $unknown: true }`, a secret
 * `{ $secret: true }`.
 */
export interface PlannedResource {
  readonly urn: string;
  /** Type token, e.g. `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs that it depends on. */
  readonly dependencies?: readonly string[];
  /** The same, per input property. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** Stands for an input that only the cloud can tell. */
export const NOT_KNOWN_YET: unique symbol = Symbol("unknown");

function isHidden(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isUnknown(value);
  const marks = value as { $unknown?: unknown; $secret?: unknown };
  return marks.$unknown === true || marks.$secret === true;
}

/** The value at `path` of a resource's inputs: undefined when unset, `NOT_KNOWN_YET` when it or a parent of it is not known. */
export function inputAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const key of path) {
    if (isHidden(at)) return NOT_KNOWN_YET;
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return isHidden(at) ? NOT_KNOWN_YET : (at ?? undefined);
}

/** Like `inputAt`, but anything that is not a string counts as unset. */
export function textAt(
  value: unknown,
  ...path: readonly (string | number)[]
): string | typeof NOT_KNOWN_YET | undefined {
  const found = inputAt(value, path);
  return found === NOT_KNOWN_YET || typeof found === "string" ? found : undefined;
}

/** Like `inputAt`, for numbers; numeric text (`"400"`, as budgets and ASL have it) counts as a number. */
export function numberAt(
  value: unknown,
  ...path: readonly (string | number)[]
): number | typeof NOT_KNOWN_YET | undefined {
  const found = inputAt(value, path);
  if (found === NOT_KNOWN_YET || typeof found === "number") return found;
  if (typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found)))
    return Number(found);
  return undefined;
}

/** Like `inputAt`, for lists; unset is an empty list. */
export function listAt(
  value: unknown,
  ...path: readonly (string | number)[]
): readonly unknown[] | typeof NOT_KNOWN_YET {
  const found = inputAt(value, path);
  if (found === NOT_KNOWN_YET) return NOT_KNOWN_YET;
  return Array.isArray(found) ? found : [];
}
