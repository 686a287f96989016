import type { Category } from "../../contracts/categories";
import type { Variant } from "../../contracts/variants";

/** The live version of each category's model, by variant. */
export type LiveVersions = Readonly<Record<Variant, Readonly<Partial<Record<Category, string>>>>>;

/** Where the router reads what is live: a pointer a variant and category, each moved on its own. */
export interface ModelPointers {
  readAll(): Promise<LiveVersions>;
}
