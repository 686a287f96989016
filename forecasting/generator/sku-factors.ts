import { dayOfYear } from "../calendar/day";
import type { Changes } from "./changes";
import type { WorldProduct } from "./masters";
import type { WorldDays } from "./options";
import type { Promotions } from "./promotions";
import { randomFor } from "./random";

/** Logarithms of the factors of one SKU in every store, per day (index = sku position x knownDayCount + day). */
export interface SkuFactors {
  readonly logKnown: Float32Array;
  readonly logActual: Float32Array;
}

const SKU_WEEK_SHOCK = 0.1;
const LAUNCH_LOG_BUMP = 0.4;
const LAUNCH_BUMP_DAYS = 21;

export function makeSkuFactors(
  seed: number,
  products: readonly WorldProduct[],
  promotions: Promotions,
  days: WorldDays,
  changes: Changes,
): SkuFactors {
  const count = days.knownDayCount;
  const logKnown = new Float32Array(products.length * count);
  const logActual = new Float32Array(products.length * count);
  const seasonDays = Float64Array.from({ length: count }, (_, i) => dayOfYear(days.firstDay + i));
  const random = randomFor(seed, "sku-week shocks");
  products.forEach((product, p) => {
    let shock = 0;
    for (let i = 0; i < count; i++) {
      if (i % 7 === 0) shock = SKU_WEEK_SHOCK * random.normal() - SKU_WEEK_SHOCK ** 2 / 2;
      const at = p * count + i;
      const season = (2 * Math.PI * ((seasonDays[i] ?? 0) - product.seasonPeak)) / 365.25;
      const age = days.firstDay + i - product.launchedOn;
      const launch = age >= 0 ? LAUNCH_LOG_BUMP * Math.exp(-age / LAUNCH_BUMP_DAYS) : 0;
      const growth = (changes.logGrowth[p]! * (i - count / 2)) / 365;
      const own = product.logPopularity + product.seasonAmplitude * Math.cos(season) + launch + growth;
      logKnown[at] = own + (promotions.logKnown[at] ?? 0);
      logActual[at] = own + shock + (promotions.logActual[at] ?? 0);
    }
  });
  return { logKnown, logActual };
}
