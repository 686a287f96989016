import { dayNumber } from "../../forecasting/calendar/day";
import { parseDate } from "../../forecasting/calendar/parse-date";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { lakePaths } from "../../contracts/lake-layout";
import { EVENTS, PRODUCTS, PROMOTIONS, STORES, WEATHER } from "../../forecasting/lake/schema";
import { writeTable, type TableRow } from "../engine/duckdb/write-table";
import type { Database } from "../engine/duckdb/database";
import type { InputMasters } from "./input-masters";
import { decimal, promotionType, share, storeMaster, unknownProduct, type ProductMaster } from "./masters";
import type { Quarantine } from "./quarantine";
import { integer } from "./sales-row";
import type { TextRow } from "./small-table";

/** What the sales have shown of the codes: needed where a master is silent. */
export interface SeenCodes {
  /** Final ids by code. */
  readonly storeIds: ReadonlyMap<string, number>;
  readonly skuIds: ReadonlyMap<string, number>;
  readonly blockOf: (storeCode: string) => number;
  /** Dearest price and first sale of each SKU by final id. */
  readonly skuFacts: ReadonlyMap<number, { readonly priceYen: number; readonly firstDay: number }>;
}

/** Age in days that an SKU without launch date gets when it was sold from the data's beginning on. */
const OLD_SKU_DAYS = 365;
const NEW_SKU_DAYS = 28;

export async function writeLakeTables(
  database: Database,
  folder: string,
  masters: InputMasters,
  seen: SeenCodes,
  days: { readonly firstDay: string; readonly cutoff: string },
  quarantine: Quarantine,
): Promise<void> {
  const cutoff = dayNumber(days.cutoff);
  const areas = areaCodes(masters);
  const keep = (rows: readonly TextRow[], make: (row: TextRow) => TableRow | string) =>
    keepRows(rows, make, quarantine);
  const write = (table: typeof STORES, name: Parameters<typeof lakePaths.master>[1], rows: TableRow[]) =>
    writeTable(database, table, rows, lakePaths.master(folder, name));
  await write(STORES, "stores", storeRows(masters, seen, areas));
  await write(PRODUCTS, "products", productRows(masters, seen, dayNumber(days.firstDay)));
  const { weather, events, promotions } = masters.tables;
  await write(
    WEATHER,
    "weather",
    onePerKey(
      keep(weather.rows, (row) => weatherRow(row, areas, cutoff)),
      "area",
    ),
  );
  await write(
    EVENTS,
    "events",
    keep(events.rows, (row) => eventRow(row, seen, cutoff)),
  );
  await write(
    PROMOTIONS,
    "promotions",
    keep(promotions.rows, (row) => promotionRow(row, seen, cutoff)),
  );
}

/** Refuses the rows for which `make` gives a reason. */
export function keepRows(
  rows: readonly TextRow[],
  make: (row: TextRow) => TableRow | string,
  quarantine: Quarantine,
): TableRow[] {
  return rows.flatMap((row) => {
    const made = make(row);
    if (typeof made !== "string") return [made];
    quarantine.refuse(row.file, row.line, made, "", row.raw);
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
  for (const row of tables.weather.rows) names.add(row.values.area ?? "1");
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

function productRows(masters: InputMasters, seen: SeenCodes, firstDay: number): TableRow[] {
  const products = [...seen.skuIds].map(([code, id]) => {
    const facts = seen.skuFacts.get(id);
    const product = masters.products.get(code) ?? unknownProduct(code, facts?.priceYen ?? 1);
    const isNew = facts !== undefined && facts.firstDay > firstDay + NEW_SKU_DAYS;
    const launchedOn = product.launchedOn ?? (isNew ? facts.firstDay : firstDay - OLD_SKU_DAYS);
    return { id, product, launchedOn };
  });
  const bands = priceBands(products.map(({ product }) => product));
  return products.map(({ id, product, launchedOn }) => ({
    sku_id: id,
    sku_code: product.code,
    name: product.name,
    category: product.category,
    price_band: bands.get(product) ?? 3,
    price_yen: product.priceYen,
    cost_yen: product.costYen,
    launched_on: launchedOn,
    shelf_life_days: product.shelfLifeDays,
    pack_size: product.packSize,
    lead_time_days: product.leadTimeDays,
    minimum_display: product.minimumDisplay,
  }));
}

/** Fifths of each category by price: 1 is the cheapest. */
export function priceBands(products: readonly ProductMaster[]): ReadonlyMap<ProductMaster, number> {
  const bands = new Map<ProductMaster, number>();
  for (const category of new Set(products.map((product) => product.category))) {
    const sorted = products
      .filter((product) => product.category === category)
      .sort((a, b) => a.priceYen - b.priceYen || (a.code < b.code ? -1 : 1));
    sorted.forEach((product, i) => bands.set(product, 1 + Math.floor((5 * i) / sorted.length)));
  }
  return bands;
}

function weatherRow(
  { values }: TextRow,
  areas: ReadonlyMap<string, number>,
  cutoff: number,
): TableRow | string {
  const day = parseDate(values.date ?? "");
  if (day === undefined) return "not a date";
  const isPast = day <= cutoff;
  return {
    area: areas.get(values.area ?? "") ?? 1,
    day,
    temperature_forecast: decimal(values.temperatureForecast),
    rain_forecast: share(values.rainForecast),
    temperature_actual: isPast ? decimal(values.temperatureActual) : undefined,
    rain_actual: isPast ? decimal(values.rainActual) : undefined,
  };
}

function eventRow({ values }: TextRow, seen: SeenCodes, cutoff: number): TableRow | string {
  const storeId = seen.storeIds.get(values.store ?? "");
  const day = parseDate(values.date ?? "");
  if (storeId === undefined) return "unknown store";
  if (day === undefined) return "not a date";
  if (day > cutoff + HORIZON_DAYS) return "after the horizon";
  const size = Math.min(3, Math.max(1, integer(values.size ?? "") ?? 1));
  return { store_id: storeId, day, name: values.name ?? "", size };
}

function promotionRow({ values }: TextRow, seen: SeenCodes, cutoff: number): TableRow | string {
  const skuId = seen.skuIds.get(values.sku ?? "");
  const day = parseDate(values.date ?? "");
  if (skuId === undefined) return "unknown SKU";
  if (day === undefined) return "not a date";
  if (day > cutoff + HORIZON_DAYS) return "after the horizon";
  return {
    sku_id: skuId,
    day,
    promo_type: promotionType(values.type),
    discount_share: share(values.discount) ?? 0,
  };
}
