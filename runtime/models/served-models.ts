import type { Category } from "../../contracts/categories";
import { servedArchiveKey } from "../../contracts/model-artifact";
import { type Variant, VARIANTS } from "../../contracts/variants";

/**
 * Where the variants' containers load models from: a place each, for a multi-model container loads from one prefix alone. A
 * pointer that names a version which is not in its variant's place makes every request of the category fail.
 */
export interface ServedModels {
  /**
   * Sees to it that `variant` can load a version, by copying it from the other variant's place where it is missing. An
   * archive is never replaced, so it may be called again and by several at once.
   *
   * @throws ServedModelError where no place has the version, or another file lies under its name
   */
  provide(variant: Variant, category: Category, version: string): Promise<"kept" | "copied">;
}

/** What keeps a version from being served: one line, the evidence of a decision. */
export class ServedModelError extends Error {}

export function otherVariant(variant: Variant): Variant {
  return VARIANTS.find((each) => each !== variant)!;
}

export function missingArchive(variant: Variant, category: Category, version: string): ServedModelError {
  const places = [variant, otherVariant(variant)].map((each) => servedArchiveKey(each, category, version));
  return new ServedModelError(`no archive of ${version}: neither ${places.join(" nor ")} is there`);
}

export function otherContent(key: string, found: number, wanted: number): ServedModelError {
  return new ServedModelError(`${key} has ${found} bytes, what it should be a copy of has ${wanted}`);
}
