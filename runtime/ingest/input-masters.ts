import { INFERRED_STOCK_OUTS } from "../../forecasting/lake/schema";
import type { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import type { InputFiles } from "./input-files";
import { productMaster, storeMaster, type ProductMaster, type StoreMaster } from "./masters";
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
  known: KnownCodes = { stores: [], skus: [] },
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
    skuBook: codeBook(known.skus, [...products.keys()], files.tables.products.length === 0),
  };
}

/** Codes that an earlier run has numbered, in the order of their numbers. */
export interface KnownCodes {
  readonly stores: readonly string[];
  readonly skus: readonly string[];
}

function codeBook(known: readonly string[], codes: readonly string[], isOpen: boolean): CodeBook {
  const all = new Set([...known, ...[...codes].sort()]);
  return { ids: new Map([...all].map((code, i) => [code, i + 1])), isOpen };
}

/** What the forecast will not know, in words for the report. */
export function missingInputs(files: InputFiles, masters: InputMasters): string[] {
  const { tables } = masters;
  const has = (name: InputTableName) => files.tables[name].length > 0;
  const warnings: string[] = [];
  if (!has("stores")) warnings.push("no store master: location, area and clientele are defaults");
  if (!has("products"))
    warnings.push(
      "no product master: categories, shelf lives, lead times and pack sizes are guesses (30 days, 1 day, 1 unit); prices are those of the last sales",
    );
  else warnings.push(...unknownCategories(masters));
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
function unknownCategories({ products }: InputMasters): string[] {
  const counts = new Map<string, number>();
  for (const { categoryName, isCategoryKnown } of products.values())
    if (!isCategoryKnown) counts.set(categoryName, (counts.get(categoryName) ?? 0) + 1);
  if (counts.size === 0) return [];
  const named = [...counts].slice(0, 8).map(([name, count]) => `"${name}" (${count} items)`);
  const more = counts.size > named.length ? ` and ${counts.size - named.length} more` : "";
  return [
    `categories put under other: ${named.join(", ")}${more}; map them with "categories" in the data config`,
  ];
}
