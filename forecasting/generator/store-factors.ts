import { calendarDay, isDayOff, type CalendarDay } from "../calendar/japan";
import { CATEGORIES } from "../../contracts/categories";
import { EVENT_LOG_UPLIFTS, type WorldEvent } from "./events";
import type { WorldStore } from "./masters";
import type { WorldDays } from "./options";
import { randomFor } from "./random";
import { FORECAST_ERROR_DEGREES, type AreaWeather } from "./weather";

/**
 * Logarithms of the factors on demand that all SKUs of a category share, per store, category and day
 * (index = (store position x categories + category) x knownDayCount + day position).
 */
export interface StoreFactors {
  /** Expected seven days before. */
  readonly logKnown: Float32Array;
  /** With the weather and the store-day shock that came. */
  readonly logActual: Float32Array;
}

const STORE_DAY_SHOCK = 0.06;

/** Logarithm by weekday (Monday first), one line per position of LOCATION_TYPES. */
const WEEKDAY_OF_LOCATION = [
  [0.1, 0.12, 0.12, 0.12, 0.14, -0.35, -0.55],
  [-0.05, -0.06, -0.05, -0.05, 0, 0.1, 0.12],
  [0.04, 0.05, 0.05, 0.06, 0.12, -0.06, -0.15],
  [-0.04, -0.04, -0.04, -0.03, 0.03, 0.1, 0.06],
  [-0.15, -0.15, -0.14, -0.12, 0, 0.3, 0.28],
] as const;
const HOLIDAY_OF_LOCATION = [-0.5, 0.08, -0.15, 0.1, 0.35] as const;
/** Golden Week, Obon and year end. */
const SEASON_OF_LOCATION = [
  [0, -0.15, -0.2, -0.35],
  [0, -0.05, 0.05, 0.15],
  [0, 0.05, 0.08, 0.05],
  [0, 0.15, 0.2, 0.05],
  [0, 0.3, 0.3, 0.2],
] as const;
/** How strongly each category follows the weekday, the payday, the event. */
const WEEKDAY_OF_CATEGORY = [1, 1.1, 0.5, 0.8] as const;
const PAYDAY_OF_CATEGORY = [0.02, 0.05, 0.09, 0.06] as const;
const EVENT_OF_CATEGORY = [1, 1, 0.5, 0.5] as const;
const RAIN_OF_CATEGORY = [-0.14, -0.1, 0.05, -0.06] as const;
const RAIN_OF_LOCATION = [0.6, 1, 0.8, 1, 1.8] as const;
const PAYDAY_DAYS = 4;
const BRIDGE_SHARE_OF_HOLIDAY = 0.4;

/** Logarithm of a category's factor at a mean temperature: drinks rise with heat, sweets melt. */
function logTemperatureFactor(category: number, degrees: number): number {
  const heat = Math.max(0, degrees - 26);
  switch (category) {
    case 0:
      return 0.018 * (degrees - 16) + 0.03 * heat;
    case 1:
      return -0.004 * (degrees - 16) - 0.01 * heat;
    case 2:
      return 0.01 * heat;
    default:
      return -0.012 * (degrees - 16) - 0.01 * heat;
  }
}

/** Nodes and weights of five-point Gauss-Hermite quadrature for a standard normal. */
const QUADRATURE = [
  [-2.856970013872806, 0.011257411327721],
  [-1.355626179974266, 0.222075922005613],
  [0, 0.533333333333333],
  [1.355626179974266, 0.222075922005613],
  [2.856970013872806, 0.011257411327721],
] as const;

/** Expected temperature factor when the temperature is the forecast plus a normal error. */
function logExpectedTemperatureFactor(category: number, forecast: number): number {
  const mean = QUADRATURE.reduce(
    (sum, [node, weight]) =>
      sum + weight * Math.exp(logTemperatureFactor(category, forecast + FORECAST_ERROR_DEGREES * node)),
    0,
  );
  return Math.log(mean);
}

export function makeStoreFactors(
  seed: number,
  stores: readonly WorldStore[],
  weather: readonly AreaWeather[],
  events: readonly WorldEvent[],
  days: WorldDays,
): StoreFactors {
  const count = days.knownDayCount;
  const size = stores.length * CATEGORIES.length * count;
  const factors = { logKnown: new Float32Array(size), logActual: new Float32Array(size) };
  const calendar = Array.from({ length: count }, (_, i) => calendarDay(days.firstDay + i));
  const expected = weather.map((area) => expectedWeather(area, count));
  const eventSizes = new Uint8Array((stores.length + 1) * count);
  for (const event of events) eventSizes[event.storeId * count + event.dayIndex] = event.size;
  const random = randomFor(seed, "store-day shocks");
  stores.forEach((store, s) => {
    const area = weather[store.area - 1] as AreaWeather;
    const areaExpected = expected[store.area - 1] as Float32Array[];
    const rainWeight = RAIN_OF_LOCATION[store.locationType] ?? 1;
    for (let i = 0; i < count; i++) {
      const shock = STORE_DAY_SHOCK * random.normal() - STORE_DAY_SHOCK ** 2 / 2;
      const event = EVENT_LOG_UPLIFTS[eventSizes[store.storeId * count + i] ?? 0] ?? 0;
      const day = calendar[i] as CalendarDay;
      for (let category = 0; category < CATEGORIES.length; category++) {
        const at = (s * CATEGORIES.length + category) * count + i;
        const base = store.logSize + logCalendar(day, store, category) + event * EVENT_OF_CATEGORY[category]!;
        const rain = (RAIN_OF_CATEGORY[category] ?? 0) * rainWeight;
        factors.logKnown[at] = base + areaExpected[category]![i]! + logMixed(rain, area.rainForecast[i] ?? 0);
        factors.logActual[at] =
          base +
          shock +
          logTemperatureFactor(category, area.temperatureActual[i] ?? 0) +
          rain * (area.rainActual[i] ?? 0);
      }
    }
  });
  return factors;
}

function expectedWeather(area: AreaWeather, count: number): Float32Array[] {
  return CATEGORIES.map((_, category) =>
    Float32Array.from({ length: count }, (_, i) =>
      logExpectedTemperatureFactor(category, area.temperatureForecast[i] ?? 0),
    ),
  );
}

/** Expected factor, as a logarithm, of something that multiplies by exp(log) with this probability. */
function logMixed(log: number, probability: number): number {
  return Math.log(1 - probability + probability * Math.exp(log));
}

function logCalendar(day: CalendarDay, store: WorldStore, category: number): number {
  const location = store.locationType;
  const week = (WEEKDAY_OF_LOCATION[location]?.[day.weekday - 1] ?? 0) * (WEEKDAY_OF_CATEGORY[category] ?? 1);
  const holiday = HOLIDAY_OF_LOCATION[location] ?? 0;
  const free =
    day.isHoliday && day.weekday <= 5 ? holiday : day.isBridgeDay ? BRIDGE_SHARE_OF_HOLIDAY * holiday : 0;
  const eve = !isDayOff(day.day) && isDayOff(day.day + 1) ? 0.04 : 0;
  const payday = day.daysSincePayday < PAYDAY_DAYS ? (PAYDAY_OF_CATEGORY[category] ?? 0) : 0;
  return week + free + eve + payday + (SEASON_OF_LOCATION[location]?.[day.season] ?? 0);
}
