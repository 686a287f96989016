import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { CATEGORIES, type Category } from "../../contracts/categories";
import type { Database } from "../engine/duckdb/database";
import type { ScoredRows } from "./scored-rows";

const INTERVAL_LEVELS = [0.1, 0.9] as const;

/** Days in order with the forecast, its interval and, where the day is known, what was sold. */
export interface ForecastPlot {
  readonly title: string;
  readonly subtitle: string;
  /** Day numbers. */
  readonly days: readonly number[];
  /** null: not sold yet, closed or sold out. */
  readonly actual: readonly (number | null)[];
  readonly mean: readonly number[];
  /** Interval of each day; both absent when the level has none. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Last day with sales; later ones are the coming week. */
  readonly cutoff: number;
  /** What is summed up: one series, one store, or the chain. */
  readonly storeCode?: string;
  readonly skuCode?: string;
}

interface Name {
  readonly code: string;
  readonly name: string;
}

/** Names by id. */
interface Names {
  readonly stores: ReadonlyMap<number, Name>;
  readonly skus: ReadonlyMap<number, Name>;
}

/**
 * What a reader should see first: the whole assortment by day, and for each category the store and SKU that sold most
 * before the hold-out (chosen without looking at the hold-out), with the interval of its single cells.
 */
export async function forecastPlots(
  database: Database,
  windows: BacktestWindows,
  scored: ScoredRows,
  dispersions: readonly Dispersion[],
): Promise<ForecastPlot[]> {
  const from = holdOutFrom(windows);
  const chain = { ...totalPlot(scored, from, windows.cutoff, () => true), title: "All stores and SKUs" };
  if (scored.rows.rowCount === 0) return [chain];
  const names = await readNames(database);
  const largest = largestStore(scored);
  const store = names.stores.get(largest)!;
  const inStore = (row: number) => scored.rows.storeIds[row] === largest;
  const plots = [
    chain,
    {
      ...totalPlot(scored, from, windows.cutoff, inStore),
      title: `Store ${store.code}, all SKUs`,
      storeCode: store.code,
    },
  ];
  return CATEGORIES.reduce<ForecastPlot[]>((all, category, code) => {
    const start = bestSeller(scored, code, from);
    return start === undefined
      ? all
      : [...all, seriesPlot(scored, start, from, windows.cutoff, dispersions[code]!, names, category)];
  }, plots);
}

async function readNames(database: Database): Promise<Names> {
  const read = async (table: "stores" | "products", id: string, code: string) => {
    const rows = await database.rows<Name & { id: number }>(
      `SELECT ${id} AS id, ${code} AS code, name FROM ${table}`,
    );
    return new Map(rows.map((row) => [row.id, row]));
  };
  return {
    stores: await read("stores", "store_id", "store_code"),
    skus: await read("products", "sku_id", "sku_code"),
  };
}

/** The store with the highest forecasts. */
function largestStore({ rows, means }: ScoredRows): number {
  const totals = new Map<number, number>();
  rows.storeIds.forEach((store, row) => totals.set(store, (totals.get(store) ?? 0) + means.champion[row]!));
  return [...totals].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, -1])[0];
}

function totalPlot(
  { rows, means }: ScoredRows,
  from: number,
  cutoff: number,
  holds: (row: number) => boolean,
): Omit<ForecastPlot, "title"> {
  const days = Array.from({ length: cutoff - from + 1 }, (_, i) => from + i);
  const actual = days.map(() => 0);
  const mean = days.map(() => 0);
  for (let row = 0; row < rows.rowCount; row++) {
    const i = rows.days[row]! - from;
    // The same observed cells on both sides.
    if (i < 0 || !holds(row) || Number.isNaN(rows.units[row]!)) continue;
    mean[i] = mean[i]! + means.champion[row]!;
    actual[i] = actual[i]! + rows.units[row]!;
  }
  return { subtitle: "units a day, observed cells", days, actual, mean, cutoff };
}

/** First row of the category's series with the highest forecasts before the hold-out. */
function bestSeller({ rows, means }: ScoredRows, code: number, from: number): number | undefined {
  let best: number | undefined;
  let highest = 0;
  for (let start = 0; start < rows.rowCount;) {
    let end = start;
    let sum = 0;
    let before = 0;
    while (
      end < rows.rowCount &&
      rows.storeIds[end] === rows.storeIds[start] &&
      rows.skuIds[end] === rows.skuIds[start]
    ) {
      if (rows.days[end]! <= from) {
        sum += means.champion[end]!;
        before++;
      }
      end++;
    }
    if (rows.categories[start] === code && before > 0 && sum / before > highest) {
      highest = sum / before;
      best = start;
    }
    start = end;
  }
  return best;
}

function seriesPlot(
  { rows, means }: ScoredRows,
  start: number,
  from: number,
  cutoff: number,
  dispersion: Dispersion,
  names: Names,
  category: Category,
): ForecastPlot {
  const lookup = new QuantileLookup(dispersion, INTERVAL_LEVELS);
  const [store, sku] = [names.stores.get(rows.storeIds[start]!)!, names.skus.get(rows.skuIds[start]!)!];
  const days: number[] = [];
  const actual: (number | null)[] = [];
  const [mean, low, high]: [number[], number[], number[]] = [[], [], []];
  const same = (row: number) =>
    rows.storeIds[row] === rows.storeIds[start] && rows.skuIds[row] === rows.skuIds[start];
  for (let row = start; row < rows.rowCount && same(row); row++) {
    if (rows.days[row]! < from) continue;
    days.push(rows.days[row]!);
    actual.push(Number.isNaN(rows.units[row]!) ? null : rows.units[row]!);
    mean.push(means.champion[row]!);
    const [lower, upper] = lookup.of(means.champion[row]!);
    low.push(lower!);
    high.push(upper!);
  }
  const title = `${sku.name} in store ${store.code}`;
  const of = { storeCode: store.code, skuCode: sku.code };
  return { title, subtitle: `${category}, units a day`, days, actual, mean, low, high, cutoff, ...of };
}
