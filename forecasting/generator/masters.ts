import type { DayNumber } from "../calendar/day";
import { CATEGORIES } from "../../contracts/categories";
import { CLIENTELES, LOCATION_TYPES } from "../lake/schema";
import type { WorldDays, WorldOptions } from "./options";
import { randomFor, type Random } from "./random";

/** A generated store: its master row, and the effects on demand that no file holds. */
export interface WorldStore {
  readonly storeId: number;
  readonly code: string;
  readonly name: string;
  readonly area: number;
  readonly locationType: number;
  readonly clientele: number;
  /** Logarithm of the store's size against the chain's. */
  readonly logSize: number;
}

export interface WorldProduct {
  readonly skuId: number;
  readonly code: string;
  readonly name: string;
  readonly category: number;
  readonly priceBand: number;
  readonly priceYen: number;
  readonly costYen: number;
  readonly launchedOn: DayNumber;
  readonly shelfLifeDays: number;
  readonly packSize: number;
  readonly leadTimeDays: number;
  readonly minimumDisplay: number;
  /** Logarithm of the units that a store of average size sells on an average day. */
  readonly logPopularity: number;
  /** Logarithm of the uplift per unit of discount. */
  readonly priceResponse: number;
  /** Amplitude and peak (day of the year) of the SKU's own season. */
  readonly seasonAmplitude: number;
  readonly seasonPeak: number;
}

/** Weather areas: Sapporo, Sendai, Tokyo, Nagoya, Osaka, Fukuoka. */
export const AREAS = ["Sapporo", "Sendai", "Tokyo", "Nagoya", "Osaka", "Fukuoka"] as const;

const CLIENTELE_OF_LOCATION = [
  ["workers", "workers", "families"],
  ["families", "seniors", "students"],
  ["workers", "students", "travellers"],
  ["families", "workers", "travellers"],
  ["travellers", "travellers", "families"],
] as const;

export function makeStores(options: WorldOptions): WorldStore[] {
  const random = randomFor(options.seed, "stores");
  return Array.from({ length: options.stores }, (_, i) => {
    const locationType = random.integer(0, LOCATION_TYPES.length - 1);
    const area = Math.min(AREAS.length, 1 + Math.floor(AREAS.length * Math.pow(random.uniform(), 0.9)));
    const clientele = random.pick(CLIENTELE_OF_LOCATION[locationType] ?? CLIENTELES);
    return {
      storeId: i + 1,
      code: `S${String(i + 1).padStart(4, "0")}`,
      name: `${AREAS[area - 1]} ${LOCATION_TYPES[locationType]} ${i + 1}`,
      area,
      locationType,
      clientele: CLIENTELES.indexOf(clientele),
      logSize: 0.25 * random.normal(),
    };
  });
}

/** Per category: share of the range, price range, shelf life, margin, pack, and weight in sales. */
const RANGE = [
  { share: 0.27, yen: [90, 320], shelfLife: [60, 180], margin: 0.35, packs: [12, 24], logLevel: 0.1 },
  { share: 0.33, yen: [110, 690], shelfLife: [5, 60], margin: 0.32, packs: [1, 2, 4], logLevel: 0.35 },
  { share: 0.15, yen: [100, 980], shelfLife: [365, 900], margin: 0.3, packs: [4, 6, 10], logLevel: -1.1 },
  { share: 0.25, yen: [80, 420], shelfLife: [30, 240], margin: 0.33, packs: [6, 10, 12], logLevel: -0.25 },
] as const;

/**
 * Fresh food (rice balls, sandwiches, lunch boxes): only food that sells well above the average, since chains list no item
 * of two days' shelf life that sells once in three days. Its minimum display is one.
 */
const FRESH = { category: 1, logPopularityAbove: 0.35, shelfLife: [2, 3] } as const;

/** Share of SKUs that were launched within the history; the rest are older. */
const NEW_SHARE = 0.08;
const LOG_POPULARITY_MEAN = -0.5;
const LOG_POPULARITY_DEVIATION = 1.1;

export function makeProducts(options: WorldOptions, days: WorldDays): WorldProduct[] {
  const random = randomFor(options.seed, "products");
  return Array.from({ length: options.skus }, (_, i) => makeProduct(i, random, days, options.skus));
}

function makeProduct(index: number, random: Random, days: WorldDays, skuCount: number): WorldProduct {
  const category = categoryOf(skuCount === 1 ? 0.3 : (index * 0.618033988749895) % 1);
  const range = RANGE[category] ?? RANGE[0];
  const position = random.uniform();
  const priceYen = Math.round((range.yen[0] + (range.yen[1] - range.yen[0]) * position ** 1.5) / 10) * 10 + 8;
  const isNew = random.uniform() < NEW_SHARE && days.dayCount > 1;
  const age = isNew ? -random.integer(1, days.dayCount - 1) : random.integer(30, 1500);
  const shelfDraw = random.uniform();
  const packSize = random.pick<number>(range.packs);
  const leadTimeDays = category === FRESH.category ? 1 : random.integer(1, 3);
  const displayDraw = random.integer(1, 3);
  const logPopularity = LOG_POPULARITY_MEAN + range.logLevel + LOG_POPULARITY_DEVIATION * random.normal();
  const isFresh = category === FRESH.category && logPopularity > FRESH.logPopularityAbove;
  const [shortest, longest] = isFresh ? FRESH.shelfLife : range.shelfLife;
  return {
    skuId: index + 1,
    code: `49${String(10_000_000_000 + index * 137).slice(0, 11)}`,
    name: `${CATEGORIES[category]} ${index + 1}`,
    category,
    priceBand: 1 + Math.min(4, Math.floor(position * 5)),
    priceYen,
    costYen: Math.round(priceYen * (1 - range.margin)),
    launchedOn: days.firstDay - age,
    shelfLifeDays: shortest + Math.floor(shelfDraw * (longest - shortest + 1)),
    packSize,
    leadTimeDays,
    minimumDisplay: isFresh ? 1 : displayDraw,
    logPopularity,
    priceResponse: Math.max(0.3, 2.2 + 0.6 * random.normal()),
    seasonAmplitude: Math.abs(0.15 * random.normal()),
    seasonPeak: random.integer(1, 365),
  };
}

/** Golden-ratio steps fill the categories evenly whatever the number of SKUs. */
function categoryOf(position: number): number {
  let sum = 0;
  const found = RANGE.findIndex(({ share }) => position < (sum += share));
  return found < 0 ? RANGE.length - 1 : found;
}
