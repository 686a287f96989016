import { CATEGORIES } from "../../contracts/categories";
import { isoDate } from "../calendar/day";
import type { ActionRecord } from "../drift/action-record";
import type { Calibration } from "../drift/calibration";
import { type DataFault, incidentDays, priceFaults, type StoreDay, storeFaults } from "../drift/data-faults";
import { expectedNoise } from "../drift/expected-noise";
import { type ErrorRow, segmentKind } from "../drift/error-row";
import { isSpecialDay } from "../drift/is-special-day";
import { type MonitorResult, monitorNight, type ReferenceDays } from "../drift/monitor-night";
import type { KindDay } from "../drift/store-kinds";
import { LOCATION_TYPES } from "../lake/schema";
import { type FileErrors, priceChanges, withFileErrors } from "./file-errors";
import { type SalesMatrix, UNKNOWN_UNITS } from "./sales-matrix";
import { ServingModel } from "./serving-model";

export interface ReplayOptions {
  readonly sales: SalesMatrix;
  /** Positions of days in the world: training ends before the first, the monitor's nights begin with the second. */
  readonly trainedTo: number;
  readonly monitoredFrom: number;
  /** Whether decisions change the model. */
  readonly acts: boolean;
  /** What is wrong in the files. */
  readonly errors?: FileErrors;
}

export interface Replay {
  readonly rows: readonly ErrorRow[];
  readonly records: readonly ActionRecord[];
  /** Forecast and sold units of every store and day from the end of the training on. */
  readonly storeDays: readonly StoreDay[];
  readonly nights: readonly { readonly day: number; readonly result: MonitorResult }[];
}

/** Days between the last known sales and the day that is forecast: an order of tonight is sold the day after tomorrow. */
const LEAD_DAYS = 2;
/** Days in which a retraining is under way. */
const RETRAIN_DAYS = 2;
const WEEK = 7;

/** A quarter, day by day: forecast, sell, judge, act. */
export function replayQuarter({
  sales: given,
  trainedTo,
  monitoredFrom,
  acts,
  errors = {},
}: ReplayOptions): Replay {
  const sales = withFileErrors(given, errors);
  const { world, dayCount } = sales;
  const { firstDay } = world.days;
  const model = new ServingModel(sales, trainedTo);
  const [rows, storeDays, kindDays]: [ErrorRow[], StoreDay[], KindDay[]] = [[], [], []];
  /** Days of stores whose files are missing: nothing is learned from them. */
  const unread = new Set<string>();
  let records: readonly ActionRecord[] = [];
  const trainings = CATEGORIES.map(() => 0);
  const nights: Replay["nights"][number][] = [];
  const versions = CATEGORIES.map((): ReferenceDays => ({
    from: firstDay + trainedTo,
    to: firstDay + monitoredFrom - 1,
  }));
  for (let day = 0; day < dayCount; day++) {
    if (day >= LEAD_DAYS)
      model.learn(day - LEAD_DAYS, (store) => unread.has(`${day - LEAD_DAYS} ${world.stores[store]!.code}`));
    if (day < trainedTo) continue;
    // A night publishes with what the one before has measured, and its first day is the one after next.
    const measured = acts ? nights.find((night) => night.day === firstDay + day - LEAD_DAYS) : undefined;
    const sold = soldDay(sales, model, day, measured?.result.calibrations ?? []);
    storeDays.push(...sold.storeDays);
    const isMonitored = day >= monitoredFrom;
    const storesAtFault = isMonitored
      ? storeFaults(storeDays.filter((entry) => entry.day >= firstDay + day - 2))
      : [];
    const judged = judgeDay(sales, sold, day, leftOut(storesAtFault));
    for (const silent of storesAtFault)
      if (silent.kind === "silent-store") unread.add(`${silent.day - firstDay} ${silent.store}`);
    rows.push(...judged.rows);
    kindDays.push(...judged.kindDays);
    if (!isMonitored) continue;
    const faults = [...storesAtFault, ...priceFaults(firstDay + day, priceChanges(sales, errors, day))];
    const result = monitorNight({
      day: firstDay + day,
      rows,
      kindDays,
      reference: Object.fromEntries(CATEGORIES.map((name, i) => [name, versions[i]!])) as never,
      incidentDays: new Set(incidentDays(storeDays).keys()),
      faults,
      records,
      openRetrains: openRetrains(records, firstDay + day),
      champions: Object.fromEntries(CATEGORIES.map((name, i) => [name, `training ${trainings[i]}`])),
    });
    nights.push({ day: firstDay + day, result });
    records = result.history;
    if (acts) for (const record of result.records) act(model, trainings, record);
  }
  return { rows, records, storeDays, nights };
}

const openRetrains = (records: readonly ActionRecord[], day: number) =>
  records
    .filter(({ action, suppressedBy }) => action === "retrain" && suppressedBy === undefined)
    .filter((record) => record.day > isoDate(day - RETRAIN_DAYS))
    .flatMap(({ scope }) =>
      CATEGORIES.filter((category) => category === scope).map((category) => ({ category })),
    );

function act(model: ServingModel, trainings: number[], { scope, action, suppressedBy }: ActionRecord): void {
  const category = CATEGORIES.findIndex((name) => name === scope);
  if (category < 0 || suppressedBy !== undefined) return;
  if (action === "cold-start") model.useColdStart(category);
  if (action === "promotion-features") model.usePromotions(category);
  if (action !== "retrain") return;
  model.retrain(category);
  trainings[category]!++;
}

/** Stores and days that the night does not believe, as `readErrorRows` leaves them out. */
function leftOut(faults: readonly DataFault[]) {
  const days = new Set(
    faults.flatMap((fault) => {
      if (fault.kind === "price-file") return [];
      const either = fault.kind === "till-clock" ? [fault.day, fault.bookedOn] : [fault.day];
      return either.map((day) => `${day} ${fault.store}`);
    }),
  );
  return (day: number, store: string) => days.has(`${day} ${store}`);
}

/** One day of every store: what was forecast for its SKUs, by SKU and store, and the sums. */
function soldDay(
  { world, units, dayCount }: SalesMatrix,
  model: ServingModel,
  day: number,
  calibrations: readonly Calibration[],
) {
  const { products, stores, days, promotions } = world;
  const factors = products.map(({ category, launchedOn }, sku) => {
    const isPlanned = promotions.plannedType[sku * days.knownDayCount + day] !== 0;
    const ofCategory = calibrations.find((each) => each.category === CATEGORIES[category]);
    const isOrdinary = segmentKind(days.firstDay + day - launchedOn, isPlanned) === "regular";
    return isOrdinary && ofCategory ? ofCategory.factor : 1;
  });
  const forecasts = new Float64Array(products.length * stores.length);
  const [sold, expected] = [new Float64Array(stores.length), new Float64Array(stores.length)];
  products.forEach(({ launchedOn }, sku) => {
    if (days.firstDay + day < launchedOn) return;
    for (let store = 0; store < stores.length; store++) {
      const actual = units[(store * products.length + sku) * dayCount + day]!;
      if (actual === UNKNOWN_UNITS) continue;
      const forecast = factors[sku]! * model.forecast(store, sku, day);
      forecasts[sku * stores.length + store] = forecast;
      sold[store]! += actual;
      expected[store]! += forecast;
    }
  });
  const storeDays = stores.map(({ code, area }, s): StoreDay => ({
    store: code,
    area,
    day: days.firstDay + day,
    units: sold[s]!,
    expected: expected[s]!,
    isClosed: world.closures[s * days.knownDayCount + day] === 1,
  }));
  return { forecasts, factors, storeDays };
}

/** Errors of all SKUs on one day, over the chain and by kind of store. Cells that say nothing count on no side. */
function judgeDay(
  { world, units, dayCount }: SalesMatrix,
  { forecasts, factors }: ReturnType<typeof soldDay>,
  day: number,
  isLeftOut: (day: number, store: string) => boolean,
) {
  const { products, stores, promotions, days } = world;
  // As the monitor does: a holiday foretells no ordinary day.
  const weeks = [1, 2, 3, 4].find((each) => !isSpecialDay(days.firstDay + day - each * WEEK)) ?? 1;
  const back = weeks * WEEK;
  const judged = stores.map(({ code }) => !isLeftOut(days.firstDay + day, code));
  const rows: ErrorRow[] = [];
  const ofKinds = new Float64Array(2 * CATEGORIES.length * KINDS);
  products.forEach(({ category, launchedOn }, sku) => {
    const age = days.firstDay + day - launchedOn;
    if (age < 0) return;
    const calibration = factors[sku]!;
    let [actual, forecast, naive, cells] = [0, 0, 0, 0];
    const [sold, expected] = [new Float64Array(KINDS), new Float64Array(KINDS)];
    for (let store = 0; store < stores.length; store++) {
      const at = (store * products.length + sku) * dayCount + day;
      if (units[at] === UNKNOWN_UNITS || !judged[store]) continue;
      const mean = forecasts[sku * stores.length + store]!;
      const earlier = units[at - back]!;
      actual += units[at]!;
      forecast += mean;
      naive += age < back || earlier === UNKNOWN_UNITS ? 0 : earlier;
      cells = 1;
      sold[stores[store]!.locationType]! += units[at]!;
      expected[stores[store]!.locationType]! += mean;
    }
    for (let kind = 0; kind < KINDS; kind++) {
      ofKinds[2 * (category * KINDS + kind)]! += sold[kind]!;
      ofKinds[2 * (category * KINDS + kind) + 1]! += Math.abs(expected[kind]! - sold[kind]!);
    }
    const at = sku * days.knownDayCount + day;
    const [isPromoted, isPlanned] = [promotions.actualType[at] !== 0, promotions.plannedType[at] !== 0];
    rows.push({
      day: days.firstDay + day,
      sku: sku + 1,
      category: CATEGORIES[category]!,
      kind: segmentKind(age, isPromoted, isPlanned),
      cells,
      actual,
      absoluteError: Math.abs(forecast - actual),
      error: forecast - actual,
      naiveError: Math.abs(naive - actual),
      noise: expectedNoise(forecast),
      ...(calibration === 1 ? {} : { calibration }),
    });
  });
  const kindDays = CATEGORIES.flatMap((category, code) =>
    LOCATION_TYPES.map((kind, k): KindDay => {
      const at = 2 * (code * KINDS + k);
      return {
        kind,
        category,
        day: days.firstDay + day,
        actual: ofKinds[at]!,
        absoluteError: ofKinds[at + 1]!,
      };
    }),
  );
  return { rows, kindDays };
}

const KINDS = LOCATION_TYPES.length;
