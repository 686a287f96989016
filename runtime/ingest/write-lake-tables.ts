import { dayNumber } from "../../forecasting/calendar/day";
import { parseDate, type DateRules } from "../../forecasting/calendar/parse-date";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { lakePaths } from "../../contracts/lake-layout";
import { EVENTS, PRODUCTS, PROMOTIONS, STORES, WEATHER } from "../../forecasting/lake/schema";
import { writeTable, type TableRow } from "../engine/duckdb/write-table";
import type { Database } from "../engine/duckdb/database";
import type { Product } from "./assortment";
import type { InputMasters } from "./input-masters";
import type { IngestConfig } from "./config";
import { defaultCost, degrees, promotionType, storeMaster } from "./masters";
import type { Quarantine } from "./quarantine";
import { parseNumber } from "./number-text";
import { barePercent, parseShare } from "./share-text";
import type { TextRow } from "./small-table";

/** What the sales have shown of the codes: needed where a master is silent. */
export interface SeenCodes {
  /** Final ids by code. */
  readonly storeIds: ReadonlyMap<string, number>;
  readonly skuIds: ReadonlyMap<string, number>;
  readonly blockOf: (storeCode: string) => number;
  /** Usual price of the last sales (0: none known) and first sale of each SKU by final id. */
  readonly skuFacts: ReadonlyMap<number, { readonly price: number; readonly firstDay: number }>;
}

/** Masters in which every item has its terms. */
export interface CompleteMasters extends InputMasters {
  readonly products: ReadonlyMap<string, Product>;
}

/** Age in days that an SKU without launch date gets when it was sold from the data's beginning on. */
const OLD_SKU_DAYS = 365;
const NEW_SKU_DAYS = 28;

export async function writeLakeTables(
  database: Database,
  folder: string,
  masters: CompleteMasters,
  seen: SeenCodes,
  days: { readonly firstDay: string; readonly cutoff: string },
  quarantine: Quarantine,
  config: IngestConfig,
  dates: DateRules,
): Promise<void> {
  const cutoff = dayNumber(days.cutoff);
  const areas = areaCodes(masters);
  const keep = (rows: readonly TextRow[], make: (row: TextRow) => TableRow | string) =>
    keepRows(rows, make, quarantine);
  const write = (table: typeof STORES, name: Parameters<typeof lakePaths.master>[1], rows: TableRow[]) =>
    writeTable(database, table, rows, lakePaths.master(folder, name));
  await write(STORES, "stores", storeRows(masters, seen, areas));
  await write(PRODUCTS, "products", productRows(masters, seen, dayNumber(days.firstDay), config.currency));
  const { weather, events, promotions } = masters.tables;
  await write(
    WEATHER,
    "weather",
    onePerKey(keep(weather.rows, weatherReader(weather.rows, areas, cutoff, dates)), "area"),
  );
  await write(
    EVENTS,
    "events",
    keep(events.rows, (row) => eventRow(row, seen, cutoff, dates)),
  );
  await write(
    PROMOTIONS,
    "promotions",
    keep(promotions.rows, promotionReader(promotions.rows, seen, cutoff, dates)),
  );
}

/** Rejects the rows for which `make` gives a reason. */
export function keepRows(
  rows: readonly TextRow[],
  make: (row: TextRow) => TableRow | string,
  quarantine: Quarantine,
): TableRow[] {
  return rows.flatMap((row) => {
    const made = make(row);
    if (typeof made !== "string") return [made];
    quarantine.reject(row.file, row.line, made, "", row.raw);
    return [];
  });
}

/** The last row of a key and day wins: a later forecast replaces an earlier one. */
function onePerKey(rows: readonly TableRow[], key: string): TableRow[] {
  return [...new Map(rows.map((row) => [`${String(row[key])} ${String(row.day)}`, row])).values()];
}

/** Areas by number where all are numbers, else numbered in the order of their names. */
function areaCodes({ stores, tables }: InputMasters): ReadonlyMap<string, number> {
  const names = new Set([...stores.values()].map((store) => store.area));
  for (const row of tables.weather.rows) names.add(row.values.area || "1");
  names.add("1");
  const sorted = [...names].sort();
  const areNumbers = sorted.every((name) => /^\d{1,6}$/.test(name));
  return new Map(sorted.map((name, i) => [name, areNumbers ? Number(name) : i + 1]));
}

function storeRows(masters: InputMasters, seen: SeenCodes, areas: ReadonlyMap<string, number>): TableRow[] {
  return [...seen.storeIds].map(([code, id]) => {
    const unknown = storeMaster({ file: "", line: 0, raw: "", values: { store: code } });
    const store = masters.stores.get(code) ?? unknown;
    return {
      store_id: id,
      store_code: code,
      name: store.name,
      area: areas.get(store.area) ?? 1,
      location_type: store.locationType,
      clientele: store.clientele,
      block: seen.blockOf(code),
    };
  });
}

function productRows(
  masters: CompleteMasters,
  seen: SeenCodes,
  firstDay: number,
  currency: string,
): TableRow[] {
  const products = [...seen.skuIds].map(([code, id]) => {
    const facts = seen.skuFacts.get(id);
    const product = masters.products.get(code)!;
    const price = product.price ?? facts?.price ?? 0;
    const isNew = facts !== undefined && facts.firstDay > firstDay + NEW_SKU_DAYS;
    const launchedOn = product.launchedOn ?? (isNew ? facts.firstDay : firstDay - OLD_SKU_DAYS);
    return { id, product, launchedOn, price, code, category: product.category };
  });
  const bands = priceBands(products);
  return products.map((item) => rowOf(item, bands.get(item) ?? 3, currency));
}

interface PricedProduct {
  readonly id: number;
  readonly code: string;
  readonly category: string;
  readonly price: number;
  readonly product: Product;
  readonly launchedOn: number;
}

function rowOf({ id, product, price, launchedOn }: PricedProduct, band: number, currency: string): TableRow {
  return {
    sku_id: id,
    sku_code: product.code,
    name: product.name,
    category: product.category,
    price_band: band,
    price_yen: price,
    cost_yen: product.cost ?? defaultCost(price, currency),
    launched_on: launchedOn,
    shelf_life_days: product.shelfLifeDays,
    pack_size: product.packSize,
    lead_time_days: product.leadTimeDays,
    minimum_display: product.minimumDisplay,
    category_name: product.categoryName,
  };
}

/** Fifths of each category by price: 1 is the cheapest. */
function priceBands<T extends { readonly category: string; readonly code: string; readonly price: number }>(
  products: readonly T[],
): ReadonlyMap<T, number> {
  const bands = new Map<T, number>();
  for (const category of new Set(products.map((product) => product.category))) {
    const sorted = products
      .filter((product) => product.category === category)
      .sort((a, b) => a.price - b.price || (a.code < b.code ? -1 : 1));
    sorted.forEach((product, i) => bands.set(product, 1 + Math.floor((5 * i) / sorted.length)));
  }
  return bands;
}

type RowMaker = (row: TextRow) => TableRow | string;

/** A value that may be missing, but not unreadable. */
function optionalValue(
  text: string | undefined,
  read: (text: string) => number | undefined,
): number | undefined | typeof UNREADABLE {
  return text === undefined || text === "" ? undefined : (read(text) ?? UNREADABLE);
}

const UNREADABLE = Symbol("unreadable");

function weatherReader(
  rows: readonly TextRow[],
  areas: ReadonlyMap<string, number>,
  cutoff: number,
  dates: DateRules,
): RowMaker {
  const isPercent = {
    rainForecast: barePercent(rows.map(({ values }) => values.rainForecast)),
    rainActual: barePercent(rows.map(({ values }) => values.rainActual)),
  };
  return ({ values }) => {
    const day = parseDate(values.date ?? "", dates);
    if (day === undefined) return "not a date";
    const found = {
      temperatureForecast: optionalValue(values.temperatureForecast, degrees),
      rainForecast: optionalValue(values.rainForecast, (text) => parseShare(text, isPercent.rainForecast)),
      temperatureActual: optionalValue(values.temperatureActual, degrees),
      rainActual: optionalValue(values.rainActual, (text) => parseShare(text, isPercent.rainActual)),
    };
    const wrong = Object.entries(found).find(([, value]) => value === UNREADABLE)?.[0];
    if (wrong) return `${wrong} cannot be read: ${values[wrong]}`;
    const isPast = day <= cutoff;
    const value = (name: keyof typeof found) => found[name] as number | undefined;
    return {
      area: areas.get(values.area || "1") ?? 1,
      day,
      temperature_forecast: value("temperatureForecast"),
      rain_forecast: value("rainForecast"),
      temperature_actual: isPast ? value("temperatureActual") : undefined,
      rain_actual: isPast ? value("rainActual") : undefined,
    };
  };
}

function eventRow({ values }: TextRow, seen: SeenCodes, cutoff: number, dates: DateRules): TableRow | string {
  const storeId = seen.storeIds.get(values.store ?? "");
  const day = parseDate(values.date ?? "", dates);
  if (storeId === undefined) return "unknown store";
  if (day === undefined) return "not a date";
  if (day > cutoff + HORIZON_DAYS) return "after the horizon";
  const size = Math.min(3, Math.max(1, Math.round(parseNumber(values.size ?? "") ?? 1)));
  return { store_id: storeId, day, name: values.name ?? "", size };
}

function promotionReader(
  rows: readonly TextRow[],
  seen: SeenCodes,
  cutoff: number,
  dates: DateRules,
): RowMaker {
  const isPercent = barePercent(rows.map(({ values }) => values.discount));
  return ({ values }) => {
    const skuId = seen.skuIds.get(values.sku ?? "");
    const day = parseDate(values.date ?? "", dates);
    const discount = optionalValue(values.discount, (text) => parseShare(text, isPercent));
    if (skuId === undefined) return "unknown SKU";
    if (day === undefined) return "not a date";
    if (day > cutoff + HORIZON_DAYS) return "after the horizon";
    if (discount === UNREADABLE) return `discount is no share or percentage: ${values.discount}`;
    return { sku_id: skuId, day, promo_type: promotionType(values.type), discount_share: discount ?? 0 };
  };
}
