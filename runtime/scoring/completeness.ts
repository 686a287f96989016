import { CATEGORIES } from "../../contracts/categories";
import { type Completeness, LISTED_MAX } from "../../contracts/run-documents";

/** What one block lacks, or all of them. */
export interface Lacks {
  readonly block: number;
  /** Store x SKU x days by position in CATEGORIES. */
  readonly expected: readonly number[];
  readonly found: readonly number[];
  readonly nanCount: number;
  readonly negativeCount: number;
  /** Series with a day without a usable answer: how many, and the first of them in the order of the block. */
  readonly missingSeriesCount: number;
  readonly missing: Completeness["missing"];
  /** All stores and SKUs that have such a series. */
  readonly stores: ReadonlySet<string>;
  readonly skus: ReadonlySet<string>;
}

/**
 * The contract of a night: every series of the lake has an answer for each day, and it is a number from 0 up. What is no
 * number, or below 0, is as good as missing.
 */
export function completenessOf(blocks: readonly Lacks[]): Completeness {
  const sorted = blocks.toSorted((a, b) => a.block - b.block);
  const sum = (of: (lacks: Lacks) => number) => sorted.reduce((total, lacks) => total + of(lacks), 0);
  const categories = CATEGORIES.map((category, code) => ({
    category,
    expected: sum(({ expected }) => expected[code] ?? 0),
    found: sum(({ found }) => found[code] ?? 0),
  }));
  const codes = (of: "stores" | "skus") => [...new Set(sorted.flatMap((lacks) => [...lacks[of]]))].sort();
  const [stores, skus] = [codes("stores"), codes("skus")];
  const all = (of: "expected" | "found") => categories.reduce((total, each) => total + each[of], 0);
  return {
    expected: all("expected"),
    found: all("found"),
    missingCount: all("expected") - all("found"),
    nanCount: sum(({ nanCount }) => nanCount),
    negativeCount: sum(({ negativeCount }) => negativeCount),
    missingSeriesCount: sum(({ missingSeriesCount }) => missingSeriesCount),
    missingStoreCount: stores.length,
    missingSkuCount: skus.length,
    missing: sorted.flatMap(({ missing }) => missing).slice(0, LISTED_MAX),
    missingStores: stores.slice(0, LISTED_MAX),
    missingSkus: skus.slice(0, LISTED_MAX),
    categories,
  };
}
