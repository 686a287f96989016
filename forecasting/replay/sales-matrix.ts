import { fillSeries, newSeriesDays } from "../generator/demand";
import type { World } from "../generator/world";

/** Units of every store, SKU and day of a world; 65,535 where the day says nothing (closed, ran out, not on sale). */
export interface SalesMatrix {
  readonly world: World;
  readonly units: Uint16Array;
  /** Days of history of the world: one row's length. */
  readonly dayCount: number;
}

export const UNKNOWN_UNITS = 65_535;

export function drawSales(world: World): SalesMatrix {
  const { dayCount, knownDayCount } = world.days;
  const units = new Uint16Array(world.stores.length * world.products.length * dayCount).fill(UNKNOWN_UNITS);
  const series = newSeriesDays(knownDayCount);
  for (let store = 0; store < world.stores.length; store++) {
    for (let sku = 0; sku < world.products.length; sku++) {
      fillSeries(world, store, sku, series, false);
      const row = (store * world.products.length + sku) * dayCount + series.firstIndex;
      for (let i = 0; i < series.length; i++) {
        if (series.isClosed[i] || series.isStockedOut[i]) continue;
        units[row + i] = Math.min(series.units[i]!, UNKNOWN_UNITS - 1);
      }
    }
  }
  return { world, units, dayCount };
}
