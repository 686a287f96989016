import { INFERRED_STOCK_OUTS } from "../../forecasting/lake/schema";
import type { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import { counted } from "../engine/text/counted";
import type { Assortment } from "./assortment";
import type { InputFiles } from "./input-files";
import { productMaster, storeMaster, type ItemTexts, type ProductMaster, type StoreMaster } from "./masters";
import type { Quarantine } from "./quarantine";
import type { CodeBook } from "./read-sales";
import { readSmallTable, uniqueRows, type SmallTable } from "./small-table";
import type { InputTableName } from "./tables";

type SmallTables = Readonly<Record<Exclude<InputTableName, "transactions">, SmallTable>>;

/** Everything that is read before the sales. */
export interface InputMasters {
  readonly tables: SmallTables;
  /** By code; empty when there is no such file. */
  readonly stores: ReadonlyMap<string, StoreMaster>;
  readonly products: ReadonlyMap<string, ProductMaster>;
  readonly storeBook: CodeBook;
  readonly skuBook: CodeBook;
}

export async function readMasters(
  database: Database,
  files: InputFiles,
  config: IngestConfig,
  quarantine: Quarantine,
  known: KnownCodes = { stores: [], skus: [], texts: {} },
): Promise<InputMasters> {
  const read = (name: keyof SmallTables) =>
    readSmallTable(database, name, files.tables[name], config, quarantine);
  const tables = {
    stores: await read("stores"),
    products: await read("products"),
    weather: await read("weather"),
    events: await read("events"),
    promotions: await read("promotions"),
    stockouts: await read("stockouts"),
    stock: await read("stock"),
  };
  const stores = new Map(
    uniqueRows(tables.stores.rows, "store", "store").map((row) => [row.values.store ?? "", storeMaster(row)]),
  );
  const products = new Map<string, ProductMaster>();
  for (const row of uniqueRows(tables.products.rows, "sku", "SKU")) {
    const product = productMaster(row, config, quarantine);
    if (product) products.set(product.code, product);
  }
  return {
    tables,
    stores,
    products,
    storeBook: codeBook(known.stores, [...stores.keys()], files.tables.stores.length === 0),
    skuBook: {
      ...codeBook(known.skus, [...products.keys()], files.tables.products.length === 0),
      texts: new Map(Object.entries(known.texts)),
    },
  };
}

/** Codes that an earlier run has numbered, in the order of their numbers. */
export interface KnownCodes {
  readonly stores: readonly string[];
  readonly skus: readonly string[];
  /** What the sales call the items, by code. */
  readonly texts: Readonly<Record<string, ItemTexts>>;
}

function codeBook(known: readonly string[], codes: readonly string[], isOpen: boolean): CodeBook {
  const all = new Set([...known, ...[...codes].sort()]);
  return { ids: new Map([...all].map((code, i) => [code, i + 1])), isOpen };
}

/** What the forecast will not know, in words for the report. */
export function missingInputs(
  files: InputFiles,
  masters: InputMasters,
  { products, warnings: assumed }: Assortment,
): string[] {
  const { tables } = masters;
  const has = (name: InputTableName) => files.tables[name].length > 0;
  const warnings: string[] = [];
  if (!has("stores")) warnings.push("no store master: location, area and clientele are defaults");
  if (!has("products")) warnings.push("no product master: prices are those of the last sales");
  warnings.push(...unknownCategories([...products.values()]), ...assumed);
  if (!has("weather")) warnings.push("no weather file: the weather features are missing");
  else if (!tables.weather.columns.has("temperatureForecast")) {
    warnings.push(
      "the weather file has no forecasts: what was measured is not known in advance and is not used",
    );
  }
  if (!has("events")) warnings.push("no event calendar: no event features");
  if (!has("promotions")) warnings.push("no promotion plan: promotions cannot be foreseen");
  if (!has("stockouts")) warnings.push(INFERRED_STOCK_OUTS);
  return warnings;
}

/** Categories that no group is known for, with their items. */
function unknownCategories(products: readonly ProductMaster[]): string[] {
  const counts = new Map<string, number>();
  for (const { categoryName, isCategoryKnown } of products)
    if (!isCategoryKnown) counts.set(categoryName, (counts.get(categoryName) ?? 0) + 1);
  if (counts.size === 0) return [];
  if (counts.get("") === products.length)
    return ["no item has a category: all are modelled as one group, under other"];
  const named = [...counts]
    .slice(0, 8)
    .map(
      ([name, count]) =>
        `${name === "" ? "items without a category" : `"${name}"`} (${counted(count, "item")})`,
    );
  const more = counts.size > named.length ? ` and ${counts.size - named.length} more` : "";
  return [
    `categories put under other: ${named.join(", ")}${more}; map them with "categories" in the data config`,
  ];
}
