import { kindOf, sliceFinder } from "./plan-tree";
import type { Recording } from "./recorded-resource";

/** Slice, then kind, then logical names; a protected resource is marked with `!`. All sorted. */
export type GoldenList = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/**
 * What an environment consists of, short enough to be read in a review: a resource that comes, goes or is renamed shows as
 * a changed line, and a renamed one is a replaced one.
 */
export function goldenList(recording: Recording): GoldenList {
  const sliceOf = sliceFinder(recording);
  const slices = new Map<string, Map<string, string[]>>();
  for (const { type, name, custom, protect, urn } of recording.resources) {
    if (!custom) continue;
    const slice = sliceOf(urn) ?? "none";
    const kinds = slices.get(slice) ?? new Map<string, string[]>();
    slices.set(
      slice,
      kinds.set(kindOf(type), [...(kinds.get(kindOf(type)) ?? []), protect ? `${name} !` : name]),
    );
  }
  return sorted(slices, (kinds) => sorted(kinds, (names) => names.sort()));
}

function sorted<From, To>(map: ReadonlyMap<string, From>, convert: (value: From) => To): Record<string, To> {
  return Object.fromEntries(
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, convert(value)]),
  );
}
