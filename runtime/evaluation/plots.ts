import type { Dispersion } from "../../forecasting/distribution/dispersion";
import { QuantileLookup } from "../../forecasting/distribution/quantile-lookup";
import { holdOutFrom } from "../../forecasting/evaluation/windows";
import { CATEGORIES, type Category } from "../../contracts/categories";
import type { ForecastPlot } from "../report/line-chart";
import type { Item } from "../ordering/item-terms";
import type { ScoredRows } from "./scored-rows";
import type { ForecastSession } from "../pipelines/session";

const INTERVAL_LEVELS = [0.1, 0.9] as const;

/**
 * What a reader should see first: the whole assortment by day, and for each category the store and SKU that sold most
 * before the hold-out (chosen without looking at the hold-out), with the interval of its single cells.
 */
export function forecastPlots(
  session: ForecastSession,
  scored: ScoredRows,
  items: ReadonlyMap<number, Item>,
  storeCodes: ReadonlyMap<number, string>,
  dispersions: readonly Dispersion[],
): ForecastPlot[] {
  const { windows } = session;
  const from = windows.holdOutDays > 0 ? holdOutFrom(windows) : windows.cutoff + 1;
  const { rows } = scored;
  const largest = largestStore(scored);
  const store = storeCodes.get(largest) ?? "?";
  const plots = [
    totalPlot(scored, from, windows.cutoff, "All stores and SKUs", () => true),
    totalPlot(
      scored,
      from,
      windows.cutoff,
      `Store ${store}, all SKUs`,
      (row) => rows.storeIds[row] === largest,
    ),
  ];
  CATEGORIES.forEach((category, code) => {
    const start = bestSeller(scored, code, from);
    if (start === undefined) return;
    const item = items.get(rows.skuIds[start]!);
    const title = `${item?.name ?? "?"} in store ${storeCodes.get(rows.storeIds[start]!) ?? "?"}`;
    plots.push(seriesPlot(scored, start, from, windows.cutoff, dispersions[code]!, title, category));
  });
  return plots;
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
  title: string,
  holds: (row: number) => boolean,
): ForecastPlot {
  const last = rows.days.reduce((latest, day) => Math.max(latest, day), from);
  const days = Array.from({ length: last - from + 1 }, (_, i) => from + i);
  const actual = days.map((day) => (day > cutoff ? NaN : 0));
  const mean = days.map(() => 0);
  for (let row = 0; row < rows.rowCount; row++) {
    const i = rows.days[row]! - from;
    // The same observed cells on both sides; after the cutoff there are only forecasts.
    if (i < 0 || !holds(row) || (rows.days[row]! <= cutoff && Number.isNaN(rows.units[row]!))) continue;
    mean[i] = mean[i]! + means.champion[row]!;
    if (rows.days[row]! <= cutoff) actual[i] = actual[i]! + rows.units[row]!;
  }
  return {
    title,
    subtitle: "units a day, observed cells",
    days,
    actual,
    mean,
    cutoff,
  };
}

/** First judged row of the category's series with the highest forecasts before the hold-out. */
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
  title: string,
  category: Category,
): ForecastPlot {
  const lookup = new QuantileLookup(dispersion, INTERVAL_LEVELS);
  const days: number[] = [];
  const [actual, mean, low, high]: [number[], number[], number[], number[]] = [[], [], [], []];
  const same = (row: number) =>
    rows.storeIds[row] === rows.storeIds[start] && rows.skuIds[row] === rows.skuIds[start];
  for (let row = start; row < rows.rowCount && same(row); row++) {
    if (rows.days[row]! < from) continue;
    days.push(rows.days[row]!);
    actual.push(rows.days[row]! > cutoff ? NaN : rows.units[row]!);
    mean.push(means.champion[row]!);
    const [lower, upper] = lookup.of(means.champion[row]!);
    low.push(lower!);
    high.push(upper!);
  }
  return { title, subtitle: `${category}, units a day`, days, actual, mean, low, high, cutoff };
}
