import { CATEGORIES } from "../../contracts/categories";
import { mix, mixAll, toUnit } from "./random";
import type { World } from "./world";

/** The days of one store x SKU, from its first day on; only the first `length` values count. */
export interface SeriesDays {
  /** Position in the world of the first day. */
  firstIndex: number;
  length: number;
  /** Sold units: demand, cut by stock-outs and closures. */
  readonly units: Int32Array;
  readonly demand: Int32Array;
  readonly isStockedOut: Uint8Array;
  readonly isClosed: Uint8Array;
  readonly meanKnown: Float32Array;
  readonly meanActual: Float32Array;
}

export function newSeriesDays(dayCount: number): SeriesDays {
  return {
    firstIndex: 0,
    length: 0,
    units: new Int32Array(dayCount),
    demand: new Int32Array(dayCount),
    isStockedOut: new Uint8Array(dayCount),
    isClosed: new Uint8Array(dayCount),
    meanKnown: new Float32Array(dayCount),
    meanActual: new Float32Array(dayCount),
  };
}

const GOLDEN = 0x9e3779b9;
/** Standard deviations, in logarithms, of a store's own level of one SKU and of a slow sine wave on it. */
const AFFINITY_DEVIATION = 0.4;
const WAVE_DEVIATION = 0.12;
const SHORTEST_WAVE_DAYS = 120;
const LONGEST_WAVE_DAYS = 420;
/** A stock-out starts on one day of 125 and lasts a day and a half on average: 1.2 % of the cells. */
const STOCK_OUT_START = 0.008;
const STOCK_OUT_STAY = 0.33;

/**
 * Fills one series. Each cell's random bits are a function of seed, store, SKU and day only, so blocks can be generated
 * in any order and any cell again. With `withMeans` false the two means are left alone, which is a third faster.
 */
export function fillSeries(
  world: World,
  store: number,
  sku: number,
  target: SeriesDays,
  withMeans: boolean,
): void {
  const product = world.products[sku];
  if (!product) throw new Error(`there is no SKU at position ${sku}`);
  const { dayCount, knownDayCount, firstDay } = world.days;
  const start = Math.max(0, product.launchedOn - firstDay);
  const end = withMeans ? knownDayCount : dayCount;
  target.firstIndex = start;
  target.length = Math.max(0, end - start);
  const key = mixAll(world.seed, store, sku);
  const wave = waveOf(key);
  const storeAt = (store * CATEGORIES.length + product.category) * knownDayCount;
  const skuAt = sku * knownDayCount;
  const closedAt = store * knownDayCount;
  const { logKnown: storeKnown, logActual: storeActual } = world.storeFactors;
  const { logKnown: skuKnown, logActual: skuActual } = world.skuFactors;
  const { draw } = world.noise;
  const delistedFrom = world.changes.delistedFrom[sku]!;
  let isOut = false;
  for (let i = start; i < end; i++) {
    const own = wave.level + wave.amplitude * Math.sin(wave.phase + wave.speed * i);
    const logActual = (storeActual[storeAt + i] as number) + (skuActual[skuAt + i] as number) + own;
    const bits = mix(mix(key + Math.imul(i + 1, GOLDEN)) ^ key);
    const more = mix(bits ^ GOLDEN);
    const isListed = i < delistedFrom;
    const demand = isListed ? draw(logActual, bits, toUnit(more)) : 0;
    const wasOut: boolean = isOut;
    const luck = toUnit(mix(more + 1));
    isOut = luck < (wasOut ? STOCK_OUT_STAY : STOCK_OUT_START);
    const at = i - start;
    const closed = world.closures[closedAt + i] as number;
    target.demand[at] = demand;
    target.isClosed[at] = closed;
    target.isStockedOut[at] = isOut && isListed && closed === 0 ? 1 : 0;
    target.units[at] = closed ? 0 : isOut ? (wasOut ? 0 : (demand * toUnit(mix(more + 2))) | 0) : demand;
    if (withMeans) {
      const logKnown = (storeKnown[storeAt + i] as number) + (skuKnown[skuAt + i] as number) + own;
      target.meanActual[at] = isListed ? Math.exp(logActual) : 0;
      target.meanKnown[at] = isListed ? Math.exp(logKnown) : 0;
    }
  }
}

/** The level and the slow wave of a series, from its key. */
function waveOf(key: number) {
  const unit = (n: number) => toUnit(mix(mix(key + n) ^ GOLDEN));
  const normal = Math.sqrt(-2 * Math.log(1 - unit(1))) * Math.cos(2 * Math.PI * unit(2));
  const days = SHORTEST_WAVE_DAYS + (LONGEST_WAVE_DAYS - SHORTEST_WAVE_DAYS) * unit(3);
  return {
    level: AFFINITY_DEVIATION * normal,
    amplitude: WAVE_DEVIATION * Math.SQRT2,
    phase: 2 * Math.PI * unit(4),
    speed: (2 * Math.PI) / days,
  };
}
