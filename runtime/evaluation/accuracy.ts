import { isoDate } from "../../forecasting/calendar/day";
import { cumulative } from "../../forecasting/distribution/count-distribution";
import { cellDistribution, type Dispersion } from "../../forecasting/distribution/dispersion";
import {
  accuracyByLevel,
  type LevelAccuracy,
  selectCells,
} from "../../forecasting/evaluation/accuracy-report";
import { quantileAccuracy, type QuantileAccuracy } from "../../forecasting/evaluation/quantile-accuracy";
import { seriesAccuracy, type SeriesAccuracy } from "../../forecasting/evaluation/series-accuracy";
import { type BacktestWindows, holdOutFrom, originsOf } from "../../forecasting/evaluation/windows";
import { DAY_STATE } from "../../forecasting/methods/series-days";
import { featureIndex } from "../../forecasting/features/feature-list";
import { CATEGORIES } from "../../contracts/categories";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { seriesKey } from "../../forecasting/lake/series-key";
import type { Database } from "../engine/duckdb/database";
import { positionsOf } from "../training/row-set";
import { readBacktestSeries } from "./backtest-series";
import { cellsAt, dispersionsOf, FORECASTER_NAMES, type ScoredRowSet } from "./scored-rows";

/** Series that sell at least so much a day are evaluated on their own: below, noise is most of the error. */
const FAST_MOVER_UNITS = 5;

/** Accuracy at store x SKU x day of a part of the cells. */
interface Segment {
  readonly name: string;
  readonly accuracy: LevelAccuracy;
}

export interface BacktestResult {
  /** ISO dates of the weekly origins: the last day that each forecast may look at. */
  readonly origins: readonly string[];
  readonly days: number;
  /** Hold-out cells that were closed or ran out: the levels leave them out, `openDays` and `allDays` do not. */
  readonly unobservedCells: number;
  /** The same on every cell of an open store, days that ran out (or seem to have) as they sold. */
  readonly openDays: { readonly ranOutCells: number; readonly levels: readonly LevelAccuracy[] };
  /** The same on every day, closed ones as 0. */
  readonly allDays: { readonly closedCells: number; readonly levels: readonly LevelAccuracy[] };
  readonly levels: readonly LevelAccuracy[];
  readonly segments: readonly Segment[];
  readonly weeks: readonly { readonly origin: string; readonly accuracy: LevelAccuracy }[];
  readonly series: readonly SeriesAccuracy[];
  readonly quantiles: QuantileAccuracy;
}

/** Holds every forecaster against the observed cells of the hold-out; undefined when none was held back. */
export async function measureAccuracy(
  database: Database,
  windows: BacktestWindows,
  scored: ScoredRowSet,
): Promise<BacktestResult | undefined> {
  if (windows.holdOutDays === 0) return undefined;
  const { rows } = scored;
  const firstDay = holdOutFrom(windows);
  const inHoldOut = (row: number) => rows.days[row]! >= firstDay && rows.days[row]! <= windows.cutoff;
  const all = positionsOf(rows, inHoldOut);
  const observed = all.filter((row) => rows.dayStates[row] === DAY_STATE.seen);
  if (observed.length === 0)
    throw new Error("every cell of the hold-out is closed or sold out: nothing to evaluate");
  const cells = cellsAt(scored, observed);
  const at = (part: (row: number) => boolean) =>
    accuracyByLevel(selectCells(cells, indexesWhere(observed, part)), firstDay, ["store x SKU x day"])[0]!;
  const dispersions = validationDispersions(windows, scored);
  return {
    origins: originsOf(windows).map(isoDate),
    days: windows.holdOutDays,
    unobservedCells: all.length - observed.length,
    ...withUnobserved(scored, all, firstDay),
    levels: accuracyByLevel(cells, firstDay),
    segments: segmentsOf(scored, observed).map(({ name, holds }) => ({ name, accuracy: at(holds) })),
    weeks: originsOf(windows).map((origin) => ({
      origin: isoDate(origin),
      accuracy: at((row) => rows.days[row]! > origin && rows.days[row]! <= origin + HORIZON_DAYS),
    })),
    series: seriesAccuracy(
      await readBacktestSeries(database, windows, scored, observed),
      Object.values(FORECASTER_NAMES).filter((name) => name in cells.forecasts),
    ),
    quantiles: quantileAccuracy(
      cells.actual,
      cells.forecasts[FORECASTER_NAMES.champion]!,
      cells.categories,
      dispersions,
      probabilityInside,
    ),
  };
}

/** Levels of the wider sets: orders are per cell and week, people plan by store and day. */
const WIDE_LEVELS = ["store x SKU x day", "store x SKU x week", "category x store x day"] as const;

/** What a figure over observed cells alone could hide: days that ran out, and forecasts for days that were closed. */
function withUnobserved(
  scored: ScoredRowSet,
  all: Int32Array,
  firstDay: number,
): Pick<BacktestResult, "openDays" | "allDays"> {
  const { sold, dayStates } = scored.rows;
  const levelsOf = (positions: Int32Array) =>
    accuracyByLevel(cellsAt(scored, positions, sold), firstDay, WIDE_LEVELS);
  const open = all.filter((row) => dayStates[row] !== DAY_STATE.closed);
  const ranOutCells = open.filter((row) => dayStates[row] === DAY_STATE.ranOut).length;
  return {
    openDays: { ranOutCells, levels: levelsOf(open) },
    allDays: { closedCells: all.length - open.length, levels: levelsOf(all) },
  };
}

/** Spread of errors from the validation days only: the hold-out evaluates it. */
export function validationDispersions(windows: BacktestWindows, scored: ScoredRowSet): Dispersion[] {
  return dispersionsOf(scored, (row) => scored.rows.days[row]! <= windows.trainTo + windows.validationDays);
}

const probabilityInside = (dispersion: Dispersion, mean: number, low: number, high: number) => {
  const distribution = cellDistribution(dispersion, Math.max(mean, 1e-6));
  return cumulative(distribution, high) - cumulative(distribution, low - 1);
};

const indexesWhere = (positions: Int32Array, holds: (row: number) => boolean): number[] => {
  const indexes: number[] = [];
  positions.forEach((row, i) => {
    if (holds(row)) indexes.push(i);
  });
  return indexes;
};

/** Parts of the cells that tell where the error sits. Fast movers are chosen by what they sold before the hold-out. */
function segmentsOf(
  { rows }: ScoredRowSet,
  observed: Int32Array,
): { name: string; holds: (row: number) => boolean }[] {
  const feature = (name: string) => rows.model.features.columns[featureIndex(name)]!;
  const [history, isNew, promotion] = [feature("mean_112"), feature("is_new"), feature("promo_type")];
  const firstMean = new Map<number, number>();
  const seriesOf = (row: number) => seriesKey(rows.storeIds[row]!, rows.skuIds[row]!);
  observed.forEach((row) => {
    if (!firstMean.has(seriesOf(row))) firstMean.set(seriesOf(row), history[row]!);
  });
  const categories = CATEGORIES.map((name, code) => ({
    name: `category ${name}`,
    holds: (row: number) => rows.categories[row] === code,
  }));
  const parts = [
    {
      name: `sells at least ${FAST_MOVER_UNITS} a day`,
      holds: (row: number) => (firstMean.get(seriesOf(row)) ?? 0) >= FAST_MOVER_UNITS,
    },
    { name: "on promotion", holds: (row: number) => promotion[row]! > 0 },
    { name: "launched within 28 days", holds: (row: number) => isNew[row] === 1 },
    ...categories,
  ];
  return parts.filter(({ holds }) => observed.some(holds));
}
