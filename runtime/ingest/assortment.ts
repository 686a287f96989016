import { counted } from "../engine/text/counted";
import type { IngestConfig } from "./config";
import { GROUP_KINDS, kindOf } from "./item-kinds";
import { soldProduct, type ProductMaster } from "./masters";
import type { CodeBook } from "./read-sales";

/** How an item is ordered and kept; what no file says is assumed by its kind. */
export interface Product extends ProductMaster {
  readonly shelfLifeDays: number;
  readonly leadTimeDays: number;
  readonly packSize: number;
}

/** What the master and the sales say of the items. */
interface ItemMasters {
  readonly products: ReadonlyMap<string, ProductMaster>;
  readonly skuBook: CodeBook;
}

export interface Assortment {
  /** By code: all of the master, and all that were sold. */
  readonly products: ReadonlyMap<string, Product>;
  /** What was assumed for which category. */
  readonly warnings: readonly string[];
}

interface Terms {
  readonly shelfLifeDays: number;
  readonly leadTimeDays: number;
  readonly packSize: number;
}

/** Terms of a kind of items, and what people call it. */
interface Assumed extends Terms {
  readonly name: string;
}

/** Terms of an item of which nothing is known: a long shelf life, so that a guess causes no waste. */
const OTHER_ITEMS: Assumed = { name: "other items", shelfLifeDays: 30, leadTimeDays: 1, packSize: 1 };
/** Share of the items whose names must show a kind before names decide: the names of a web shop show a few by accident. */
const FEWEST_NAMED_SHARE = 0.5;
const MOST_NAMED = 12;

/** All items with their terms: of the master, of the config, and else assumed by category or, where none is known, by name. */
export function completeAssortment(masters: ItemMasters, config: IngestConfig): Assortment {
  const items = [...masters.skuBook.ids.keys()].map(
    (code) => masters.products.get(code) ?? soldProduct(code, masters.skuBook.texts?.get(code), config),
  );
  const byName = kindsByName(items.filter(({ isCategoryKnown }) => !isCategoryKnown));
  const counts = new Map<string, { assumed: Assumed; fields: Set<keyof Terms>; items: number }>();
  const used = new Set<string>();
  const products = items.map((item): Product => {
    const assumed = ofConfig(item, ofKind(item, byName), config, used);
    const missing = FIELDS.filter((field) => item[field] === undefined);
    if (missing.length > 0) {
      const key = [assumed.name, ...FIELDS.map((field) => assumed[field])].join();
      const count = counts.get(key) ?? { assumed, fields: new Set(), items: 0 };
      missing.forEach((field) => count.fields.add(field));
      counts.set(key, { ...count, items: count.items + 1 });
    }
    const { shelfLifeDays, leadTimeDays, packSize } = { ...assumed, ...given(item) };
    return { ...item, shelfLifeDays, leadTimeDays, packSize };
  });
  return {
    products: new Map(products.map((product) => [product.code, product])),
    warnings: [...assumedWarning([...counts.values()]), ...unusedWarning(config, used)],
  };
}

/** What an item of this category has where no file says it. */
export function assumedFor(categoryName: string, config: IngestConfig): Terms {
  const item = soldProduct("", { category: categoryName, name: "" }, config);
  return ofConfig(item, ofKind(item, unknown), config, new Set());
}

const FIELDS = ["shelfLifeDays", "leadTimeDays", "packSize"] as const;

function given(item: ProductMaster): Partial<Terms> {
  return Object.fromEntries(FIELDS.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/** Kinds of items without a known category, where their names tell about most of them; the rest is of the commonest one. */
function kindsByName(items: readonly ProductMaster[]): (item: ProductMaster) => Assumed {
  const told = new Map(
    items.flatMap((item) => {
      const kind = kindOf(item.name);
      return kind ? [[item.code, { ...kind, packSize: 1 }] as const] : [];
    }),
  );
  if (told.size === 0 || told.size < FEWEST_NAMED_SHARE * items.length) return unknown;
  const counts = new Map<string, number>();
  for (const { name } of told.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const commonest = [...told.values()].reduce((best, kind) =>
    counts.get(kind.name)! > counts.get(best.name)! ? kind : best,
  );
  return ({ code }) => told.get(code) ?? commonest;
}

const unknown = ({ categoryName }: ProductMaster): Assumed =>
  categoryName === "" ? OTHER_ITEMS : { ...OTHER_ITEMS, name: categoryName };

function ofKind(item: ProductMaster, byName: (item: ProductMaster) => Assumed): Assumed {
  const { category, categoryName, isCategoryKnown } = item;
  if (!isCategoryKnown) return byName(item);
  const told = kindOf(categoryName);
  const kind = told?.category === category ? told : GROUP_KINDS[category];
  return { ...kind, packSize: 1, name: categoryName || kind.name };
}

/** What the config assumes for the chain's own category, else for ours ("other" where none is known). */
function ofConfig(item: ProductMaster, kind: Assumed, { assume }: IngestConfig, used: Set<string>): Assumed {
  const keys = [item.categoryName, item.isCategoryKnown ? item.category : "other"];
  const key = keys.find((name) => name !== "" && Object.hasOwn(assume, name));
  if (key === undefined) return kind;
  used.add(key);
  const terms = Object.entries(assume[key]!).filter(([, value]) => value !== undefined);
  return { ...kind, ...Object.fromEntries(terms) };
}

/** One line that names the days of every kind: a person sees at once which of them are wrong. */
function assumedWarning(
  counts: readonly { assumed: Assumed; fields: ReadonlySet<keyof Terms>; items: number }[],
): string[] {
  if (counts.length === 0) return [];
  const sorted = [...counts].sort((a, b) => b.items - a.items);
  const named = sorted.slice(0, MOST_NAMED).map(({ assumed, fields, items }) => {
    const facts = [
      ...(fields.has("shelfLifeDays") ? [`${counted(assumed.shelfLifeDays, "day")} on the shelf`] : []),
      ...(fields.has("leadTimeDays") ? [`${counted(assumed.leadTimeDays, "day")} to deliver`] : []),
      ...(fields.has("packSize") ? [`packs of ${assumed.packSize}`] : []),
    ];
    return `${assumed.name} ${facts.join(", ")} (${counted(items, "item")})`;
  });
  const more = sorted.length - named.length;
  return [
    `assumed, for no file says it: ${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}; a product file or "assume" in the data config tells better`,
  ];
}

function unusedWarning({ assume }: IngestConfig, used: ReadonlySet<string>): string[] {
  const unused = Object.keys(assume).filter((name) => !used.has(name));
  return unused.length > 0 ? [`"assume" names what no item is: ${unused.join(", ")}`] : [];
}
