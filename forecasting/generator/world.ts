import { type Changes, makeChanges } from "./changes";
import { makeClosures } from "./closures";
import { makeEvents, type WorldEvent } from "./events";
import { makeProducts, makeStores, type WorldProduct, type WorldStore } from "./masters";
import { negativeBinomialTable, type NegativeBinomialTable } from "./negative-binomial";
import { worldDays, type WorldDays, type WorldOptions } from "./options";
import { makePromotions, type Promotions } from "./promotions";
import { makeSkuFactors, type SkuFactors } from "./sku-factors";
import { makeStoreFactors, type StoreFactors } from "./store-factors";
import { makeWeather, type AreaWeather } from "./weather";

/** Dispersion of daily demand: its variance is m + m²/8. */
const DISPERSION = 8;

/**
 * Everything of a generated chain that is small: masters, plans, weather, and the factors per store x category x day and
 * per SKU x day. A cell's demand is drawn from their sum (demand.ts), so a world of any length needs little memory.
 */
export interface World {
  readonly seed: number;
  readonly days: WorldDays;
  readonly stores: readonly WorldStore[];
  readonly products: readonly WorldProduct[];
  readonly weather: readonly AreaWeather[];
  readonly events: readonly WorldEvent[];
  readonly promotions: Promotions;
  readonly changes: Changes;
  /** 1 where a store was closed; index = store position x knownDayCount + day. */
  readonly closures: Uint8Array;
  readonly storeFactors: StoreFactors;
  readonly skuFactors: SkuFactors;
  readonly noise: NegativeBinomialTable;
}

export function makeWorld(options: WorldOptions): World {
  const days = worldDays(options);
  const { seed } = options;
  const stores = makeStores(options);
  const products = makeProducts(options, days);
  const weather = makeWeather(seed, days);
  const events = makeEvents(seed, stores, days);
  const promotions = makePromotions(seed, products, days);
  const changes = makeChanges(options, days);
  return {
    seed,
    days,
    stores,
    products,
    weather,
    events,
    promotions,
    changes,
    closures: makeClosures(seed, stores, days, changes),
    storeFactors: makeStoreFactors(seed, stores, weather, events, days),
    skuFactors: makeSkuFactors(seed, products, promotions, days, changes),
    noise: negativeBinomialTable(DISPERSION),
  };
}
