import { CATEGORIES } from "../../contracts/categories";
import { dayNumber, weekdayOf } from "../calendar/day";
import { PROMOTION_TYPES } from "../lake/schema";
import type { WorldProduct } from "./masters";
import { mixAll, randomFor, toUnit } from "./random";
import { makeSkuFactors } from "./sku-factors";
import type { World } from "./world";

interface Span {
  /** ISO dates, both included. */
  readonly from: string;
  readonly to: string;
}

/** What happens in a generated world that no model of it has learned. */
export interface Scenario {
  /**
   * The last `count` SKUs are launched, one after the other, and sell exp(logPopularity) times as much as others. No other SKU
   * is launched from `alone` on.
   */
  readonly launch?: Span & {
    readonly count: number;
    readonly logPopularity: number;
    readonly alone: string;
  };
  /** A share of the other SKUs is sold cheaper; nobody has put it into the promotion plan. */
  readonly sale?: Span & { readonly skuShare: number; readonly discount: number };
  /** Customers come on other weekdays from this day on: each weekday becomes as another one was. */
  readonly habits?: { readonly from: string; readonly strength: number };
  /** Demand of every SKU jumps from day to day: harder for every forecast. */
  readonly unrest?: Span & { readonly deviation: number };
  /** The whole chain sells exp(logFactor) times what the calendar of earlier years foretells. */
  readonly surprise?: Span & { readonly logFactor: number };
  /** An area all but stops buying. */
  readonly storm?: Span & { readonly area: number; readonly logFactor: number };
}

const YEAR_DAYS = 365;
const PRICE_OFF = PROMOTION_TYPES.indexOf("price-off");

/** The world with what the scenario says; the given one stays as it was. */
export function applyScenario(world: World, scenario: Scenario): World {
  const products = withLaunch(world, scenario.launch);
  const promotions = withSale(world, scenario);
  const skuFactors = makeSkuFactors(world.seed, products, promotions, world.days, world.changes);
  if (scenario.unrest) addUnrest(world, scenario.unrest, skuFactors.logActual);
  const logActual = world.storeFactors.logActual.slice();
  if (scenario.habits) changeHabits(world, scenario.habits, logActual);
  if (scenario.surprise) addSurprise(world, scenario.surprise, logActual);
  if (scenario.storm) addStorm(world, scenario.storm, logActual);
  return { ...world, products, promotions, skuFactors, storeFactors: { ...world.storeFactors, logActual } };
}

/** Positions of the days of a span in the world. */
function* daysOf({ days }: World, { from, to }: Span): Generator<number> {
  const last = Math.min(dayNumber(to) - days.firstDay, days.knownDayCount - 1);
  for (let i = Math.max(0, dayNumber(from) - days.firstDay); i <= last; i++) yield i;
}

function withLaunch({ products }: World, launch: Scenario["launch"]): readonly WorldProduct[] {
  if (!launch) return products;
  const first = products.length - launch.count;
  const [from, to, alone] = [launch.from, launch.to, launch.alone].map(dayNumber) as [number, number, number];
  return products.map((product, i) => {
    if (i < first)
      return { ...product, launchedOn: product.launchedOn < alone ? product.launchedOn : alone - YEAR_DAYS };
    const step = launch.count > 1 ? (i - first) / (launch.count - 1) : 0;
    return {
      ...product,
      launchedOn: from + Math.round(step * (to - from)),
      logPopularity: product.logPopularity + launch.logPopularity,
    };
  });
}

function withSale(world: World, { sale, launch }: Scenario): World["promotions"] {
  if (!sale) return world.promotions;
  const copy = {
    ...world.promotions,
    actualType: world.promotions.actualType.slice(),
    actualDiscount: world.promotions.actualDiscount.slice(),
    logActual: world.promotions.logActual.slice(),
  };
  const old = world.products.length - (launch?.count ?? 0);
  for (let p = 0; p < old; p++) {
    if (toUnit(mixAll(world.seed, p, 7)) >= sale.skuShare) continue;
    for (const i of daysOf(world, sale)) {
      const at = p * world.days.knownDayCount + i;
      copy.actualType[at] = PRICE_OFF;
      copy.actualDiscount[at] = sale.discount;
      copy.logActual[at] = world.products[p]!.priceResponse * sale.discount;
    }
  }
  return copy;
}

function addUnrest(world: World, unrest: NonNullable<Scenario["unrest"]>, logActual: Float32Array): void {
  const random = randomFor(world.seed, "unrest");
  const { deviation } = unrest;
  for (let p = 0; p < world.products.length; p++) {
    for (const i of daysOf(world, unrest)) {
      logActual[p * world.days.knownDayCount + i]! += deviation * random.normal() - deviation ** 2 / 2;
    }
  }
}

/** Runs over the factors per store, category and day, whose day count is the world's. */
function changeHabits(
  world: World,
  { from, strength }: NonNullable<Scenario["habits"]>,
  logActual: Float32Array,
): void {
  const { firstDay, knownDayCount } = world.days;
  const start = Math.max(0, dayNumber(from) - firstDay);
  for (let row = 0; row < world.stores.length * CATEGORIES.length; row++) {
    for (let i = start; i < knownDayCount; i++) {
      // Mondays swell as much as Thursdays shrink: the week as a whole stays.
      logActual[row * knownDayCount + i]! +=
        strength * Math.cos((2 * Math.PI * (weekdayOf(firstDay + i) - 1)) / 7);
    }
  }
}

function addSurprise(
  world: World,
  surprise: NonNullable<Scenario["surprise"]>,
  logActual: Float32Array,
): void {
  for (let row = 0; row < world.stores.length * CATEGORIES.length; row++) {
    for (const i of daysOf(world, surprise)) {
      logActual[row * world.days.knownDayCount + i]! += surprise.logFactor;
    }
  }
}

function addStorm(world: World, storm: NonNullable<Scenario["storm"]>, logActual: Float32Array): void {
  world.stores.forEach(({ area }, s) => {
    if (area !== storm.area) return;
    for (let category = 0; category < CATEGORIES.length; category++) {
      for (const i of daysOf(world, storm)) {
        logActual[(s * CATEGORIES.length + category) * world.days.knownDayCount + i]! += storm.logFactor;
      }
    }
  });
}
