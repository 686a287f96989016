import { HORIZON_DAYS } from "../../contracts/horizon";
import { type BaselineColumns } from "../../forecasting/baseline/baseline-kernel";
import {
  CELL,
  HISTORY_DAYS,
  FACTOR_DAYS,
  placeOf,
  weightOf,
  type BaselineTables,
  type CellSeries,
} from "../../forecasting/baseline/baseline-tables";
import { type MethodColumns, newMethodColumns } from "../../forecasting/methods/method-list";
import {
  DAY_STATE,
  newSeriesDays,
  resizeSeries,
  type SeriesDays,
} from "../../forecasting/methods/series-days";
import { type Opening, openingAt, opensOn } from "../../forecasting/opening/opening-rules";
import { chooseRows, fillRun, mixtureOf, ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { type CellBlock, seriesAt } from "./cell-block";
import type { ScoreTables } from "./score-tables";

// Local names for the loop over all cells: an imported one is a getter call under tsx.
const { units: unitsOf, isSeen, isClosed } = CELL;
const weigh = weightOf;
const { closed: CLOSED, seen: SEEN, ranOut: RAN_OUT } = DAY_STATE;

/** Fills the chosen baseline of one series after the other, as fit-baseline does for past rows. */
export class ChosenRows {
  private readonly days: SeriesDays = newSeriesDays(HISTORY_DAYS);
  private readonly methods: MethodColumns;
  public readonly chosen: Float32Array;
  /** ROW_STATE of each row. */
  public readonly states: Int32Array;

  public constructor(
    private readonly tables: ScoreTables,
    private readonly openings: ReadonlyMap<number, Opening>,
    capacity: number,
  ) {
    this.methods = newMethodColumns(capacity);
    this.chosen = new Float32Array(capacity);
    this.states = new Int32Array(capacity);
  }

  /** The naive forecast of the rows filled so far: it knows closed days, the SQL baseline's does not. */
  public get naive(): Float32Array {
    return this.methods["seasonal naive"];
  }

  /** Fills the rows from `at` on of a series whose SQL baseline is in `columns`. */
  public fill(series: CellSeries, columns: BaselineColumns, at: number): void {
    const { baseline, methods, selection, range } = this.tables;
    const { category } = placeOf(baseline, series);
    unpack(baseline, series, this.days);
    const origin = range.cutoff - series.firstDay;
    const run = { origin, firstTarget: origin + 1, at, count: HORIZON_DAYS };
    const place = { store: series.storeId, category, sku: series.skuId };
    const outlook = fillRun(methods, place, this.days, run, columns, this.methods);
    const mixture = mixtureOf(selection, category, outlook.demandClass);
    chooseRows(mixture, this.methods, this.chosen, at, at + HORIZON_DAYS);
    const opening = this.openings.get(series.storeId);
    for (let i = 0; i < HORIZON_DAYS; i++) {
      this.states[at + i] = stateOf(opening, range.fromDay + i, outlook.isStopped);
    }
  }
}

function stateOf(opening: Opening | undefined, day: number, isStopped: boolean): number {
  if (opening?.closedSince !== undefined) return ROW_STATE.closedStore;
  if (isStopped) return ROW_STATE.stopped;
  return opening === undefined || opensOn(opening, day) ? ROW_STATE.open : ROW_STATE.closedDay;
}

/** The cells of a series as the methods read them, each day with what the SQL baseline's factors say it was worth. */
function unpack(tables: BaselineTables, series: CellSeries, into: SeriesDays): void {
  const { sku, category, storeCategory } = placeOf(tables, series);
  const factorAt = storeCategory * FACTOR_DAYS + series.firstDay - tables.firstDay;
  const { cells } = series;
  resizeSeries(into, cells.length);
  into.firstDay = series.firstDay;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    into.units[i] = unitsOf(cell);
    into.states[i] = isClosed(cell) ? CLOSED : isSeen(cell) ? SEEN : RAN_OUT;
    into.weights[i] = weigh(tables, sku, category, tables.dayFactors[factorAt + i]!, cell);
  }
}

/** When the stores of a block open: the learned rules, and closures that the block's own history shows. */
export function openingsOf(block: CellBlock, { openings, range }: ScoreTables): Map<number, Opening> {
  const firstDay = range.cutoff - HISTORY_DAYS + 1;
  const openDays = new Map<number, Uint8Array>();
  for (let index = 0; index < block.seriesCount; index++) {
    const series = seriesAt(block, index);
    let open = openDays.get(series.storeId);
    if (!open) openDays.set(series.storeId, (open = new Uint8Array(HISTORY_DAYS)));
    series.cells.forEach((cell, i) => {
      if (!isClosed(cell)) open[series.firstDay + i - firstDay] = 1;
    });
  }
  return new Map(
    [...openDays].map(([store, open]) => {
      const rules = openings[String(store)] ?? { closedWeekdays: [], closedDates: [] };
      return [store, openingAt(rules, { firstDay, open })];
    }),
  );
}
