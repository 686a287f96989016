import { CATEGORIES } from "../../contracts/categories";
import { lakePaths } from "../../contracts/lake-layout";
import {
  CLIENTELES,
  EVENTS,
  LOCATION_TYPES,
  PRODUCTS,
  PROMOTIONS,
  STORES,
  WEATHER,
} from "../../forecasting/lake/schema";
import type { World } from "../../forecasting/generator/world";
import type { Database } from "../engine/duckdb/database";
import { writeTable } from "../engine/duckdb/write-table";

/** Writes a generated world's small tables; `blockOf` tells in which block a store (by position) lies. */
export async function writeMasters(
  database: Database,
  world: World,
  folder: string,
  blockOf: (store: number) => number,
): Promise<void> {
  const write = (
    table: typeof STORES,
    name: Parameters<typeof lakePaths.master>[1],
    rows: Iterable<object>,
  ) => writeTable(database, table, rows as Iterable<Record<string, number>>, lakePaths.master(folder, name));
  await write(STORES, "stores", storeRows(world, blockOf));
  await write(PRODUCTS, "products", productRows(world));
  await write(WEATHER, "weather", weatherRows(world));
  await write(EVENTS, "events", eventRows(world));
  await write(PROMOTIONS, "promotions", promotionRows(world));
}

export function storeRows(world: World, blockOf: (store: number) => number) {
  return world.stores.map((store, i) => ({
    store_id: store.storeId,
    store_code: store.code,
    name: store.name,
    area: store.area,
    location_type: LOCATION_TYPES[store.locationType],
    clientele: CLIENTELES[store.clientele],
    block: blockOf(i),
  }));
}

export function productRows(world: World) {
  return world.products.map((product) => ({
    sku_id: product.skuId,
    sku_code: product.code,
    name: product.name,
    category: CATEGORIES[product.category],
    price_band: product.priceBand,
    price_yen: product.priceYen,
    cost_yen: product.costYen,
    launched_on: product.launchedOn,
    shelf_life_days: product.shelfLifeDays,
    pack_size: product.packSize,
    lead_time_days: product.leadTimeDays,
    minimum_display: product.minimumDisplay,
  }));
}

/** What was measured is unknown after the cutoff, in generated data too. */
export function* weatherRows(world: World) {
  const { firstDay, knownDayCount, dayCount } = world.days;
  for (const [i, area] of world.weather.entries()) {
    for (let day = 0; day < knownDayCount; day++) {
      const isPast = day < dayCount;
      yield {
        area: i + 1,
        day: firstDay + day,
        temperature_forecast: area.temperatureForecast[day],
        rain_forecast: area.rainForecast[day],
        temperature_actual: isPast ? area.temperatureActual[day] : undefined,
        rain_actual: isPast ? area.rainActual[day] : undefined,
      };
    }
  }
}

export function eventRows(world: World) {
  return world.events.map((event) => ({
    store_id: event.storeId,
    day: world.days.firstDay + event.dayIndex,
    name: event.name,
    size: event.size,
  }));
}

export function* promotionRows(world: World) {
  const { firstDay, knownDayCount } = world.days;
  const { plannedType, plannedDiscount } = world.promotions;
  for (const [i, product] of world.products.entries()) {
    for (let day = 0; day < knownDayCount; day++) {
      const type = plannedType[i * knownDayCount + day];
      if (type === 0) continue;
      yield {
        sku_id: product.skuId,
        day: firstDay + day,
        promo_type: type,
        discount_share: plannedDiscount[i * knownDayCount + day],
      };
    }
  }
}
