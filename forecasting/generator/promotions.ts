import { PROMOTION_TYPES } from "../lake/schema";
import type { WorldProduct } from "./masters";
import type { WorldDays } from "./options";
import { randomFor, type Random } from "./random";

/** Plans and what became of them, one value per SKU and day (index = sku position x knownDayCount + day position). */
export interface Promotions {
  readonly plannedType: Int8Array;
  readonly plannedDiscount: Float32Array;
  readonly actualType: Int8Array;
  readonly actualDiscount: Float32Array;
  /** Logarithm of the promotion's factor on demand: expected from the plan, and as it happened. */
  readonly logKnown: Float32Array;
  readonly logActual: Float32Array;
}

/** Share of plans that are called off, and probability per SKU and day that an unplanned promotion starts. */
const CANCELLED_SHARE = 0.06;
const FLASH_PROBABILITY = 0.003;
const PLAN_PROBABILITY = 1 / 70;
const PLAN_DAYS = 7;
const FLASH_DAYS = 2;
const FLASH_DISCOUNT = 0.3;
const DISCOUNTS = [0.1, 0.2, 0.3, 0.5] as const;
const BUNDLE_LOG_UPLIFT = 0.25;
const DISPLAY_LOG_UPLIFT = 0.35;

const [, PRICE_OFF, BUNDLE, DISPLAY, FLASH] = PROMOTION_TYPES.map((_, code) => code) as [
  number,
  number,
  number,
  number,
  number,
];

/** Logarithm of the factor on demand of a promotion of this type and discount. */
function logUplift(product: WorldProduct, type: number, discount: number): number {
  if (type === BUNDLE) return BUNDLE_LOG_UPLIFT + product.priceResponse * discount;
  if (type === DISPLAY) return DISPLAY_LOG_UPLIFT;
  return type === PRICE_OFF || type === FLASH ? product.priceResponse * discount : 0;
}

export function makePromotions(seed: number, products: readonly WorldProduct[], days: WorldDays): Promotions {
  const size = products.length * days.knownDayCount;
  const promotions: Promotions = {
    plannedType: new Int8Array(size),
    plannedDiscount: new Float32Array(size),
    actualType: new Int8Array(size),
    actualDiscount: new Float32Array(size),
    logKnown: new Float32Array(size),
    logActual: new Float32Array(size),
  };
  const random = randomFor(seed, "promotions");
  products.forEach((product, i) => {
    const start = i * days.knownDayCount;
    planPromotions(promotions, start, days.knownDayCount, random);
    addFlashPromotions(promotions, start, days.knownDayCount, random);
    setFactors(promotions, start, days.knownDayCount, product);
  });
  return promotions;
}

function planPromotions(target: Promotions, start: number, count: number, random: Random): void {
  for (let day = -random.integer(0, PLAN_DAYS); day < count;) {
    if (random.uniform() >= PLAN_PROBABILITY) {
      day += 1;
      continue;
    }
    const type = random.pick([PRICE_OFF, PRICE_OFF, BUNDLE, DISPLAY]);
    const discount = type === DISPLAY ? 0 : random.pick(type === BUNDLE ? DISCOUNTS.slice(0, 2) : DISCOUNTS);
    const happens = random.uniform() >= CANCELLED_SHARE;
    for (let i = Math.max(0, day); i < Math.min(count, day + PLAN_DAYS); i++) {
      target.plannedType[start + i] = type;
      target.plannedDiscount[start + i] = discount;
      target.actualType[start + i] = happens ? type : 0;
      target.actualDiscount[start + i] = happens ? discount : 0;
    }
    day += 2 * PLAN_DAYS;
  }
}

function addFlashPromotions(target: Promotions, start: number, count: number, random: Random): void {
  for (let day = 0; day < count; day++) {
    if (random.uniform() >= FLASH_PROBABILITY) continue;
    for (let i = day; i < Math.min(count, day + FLASH_DAYS); i++) {
      if (target.plannedType[start + i] !== 0) continue;
      target.actualType[start + i] = FLASH;
      target.actualDiscount[start + i] = FLASH_DISCOUNT;
    }
  }
}

function setFactors(target: Promotions, start: number, count: number, product: WorldProduct): void {
  const flash = Math.exp(logUplift(product, FLASH, FLASH_DISCOUNT)) - 1;
  const unplanned = Math.log(1 + (1 - (1 - FLASH_PROBABILITY) ** FLASH_DAYS) * flash);
  for (let i = start; i < start + count; i++) {
    const type = target.plannedType[i] ?? 0;
    const factor = Math.exp(logUplift(product, type, target.plannedDiscount[i] ?? 0));
    target.logKnown[i] = type === 0 ? unplanned : Math.log(CANCELLED_SHARE + (1 - CANCELLED_SHARE) * factor);
    target.logActual[i] = logUplift(product, target.actualType[i] ?? 0, target.actualDiscount[i] ?? 0);
  }
}
