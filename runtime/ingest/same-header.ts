import type { HeaderRating } from "./record-handler";

/** Finds a header again that was chosen before. */
export function sameHeader(chosen: readonly string[]): (names: readonly string[]) => HeaderRating {
  return (names) => {
    const isSame = names.length === chosen.length && names.every((name, i) => name === chosen[i]);
    return { found: isSame ? 1 : 0, isComplete: isSame };
  };
}
