import { BASELINE_FEATURE_NAMES } from "../../contracts/model-input";
import type { StoreDaySums } from "../../forecasting/methods/weekday-factors";
import { type MethodColumns, newMethodColumns } from "../../forecasting/methods/method-list";
import type { MethodTables } from "../../forecasting/methods/method-tables";
import { DAY_STATE, newSeriesDays, type SeriesDays } from "../../forecasting/methods/series-days";
import { learnOpening, type Opening, opensOn } from "../../forecasting/opening/opening-rules";
import { fillRun, ROW_STATE } from "../../forecasting/selection/chosen-baseline";
import { HORIZON_DAYS } from "../../contracts/horizon";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";
import { type MethodHistory, takeSeries } from "./method-history";

/** What the SQL baseline predicted for one block, and what every method expects of the same rows. */
export interface MethodRows {
  readonly rowCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  readonly categories: Int32Array;
  /** In the order of BASELINE_FEATURE_NAMES. */
  readonly features: readonly Float32Array[];
  readonly methods: MethodColumns;
  /** Position in DEMAND_CLASSES at the row's origin. */
  readonly demandClasses: Int32Array;
  /** ROW_STATE as foreseen at the row's origin. */
  readonly rowStates: Int32Array;
  /** What was sold, whatever the day's state; and the state: DAY_STATE. */
  readonly sold: Float32Array;
  readonly dayStates: Int32Array;
}

/** Which tables a row may know: those of the latest fit before its origin's week. */
export type TablesOn = (day: number) => MethodTables;

/** Origins are a week apart, the last one being the cutoff; a row's origin is the latest before its day. */
const originOf = (day: number, cutoff: number) =>
  cutoff - HORIZON_DAYS * Math.ceil((cutoff - day + 1) / HORIZON_DAYS);

/** Reads the table `baseline` of one block from `from` on and fills the methods of its rows. */
export async function fillMethodRows(
  database: Database,
  block: number,
  from: string,
  history: MethodHistory,
  openings: StoreOpenings,
  tablesOn: TablesOn,
): Promise<MethodRows> {
  const batch = await database.columns(`
    SELECT b.store_id, b.sku_id, b.day, p.category_code, b.baseline, ${BASELINE_FEATURE_NAMES.join(", ")}
    FROM baseline b JOIN product_codes p USING (sku_id)
    SEMI JOIN (SELECT store_id FROM stores WHERE block = ${block}) USING (store_id)
    WHERE b.day >= DATE '${from}'
    ORDER BY b.store_id, b.sku_id, b.day`);
  const ints = (name: string) => columnAs(batch, name, Int32Array);
  const floats = (name: string) => columnAs(batch, name, Float32Array);
  const rows: MethodRows = {
    rowCount: batch.rowCount,
    storeIds: ints("store_id"),
    skuIds: ints("sku_id"),
    days: ints("day"),
    categories: ints("category_code"),
    features: BASELINE_FEATURE_NAMES.map(floats),
    methods: newMethodColumns(batch.rowCount),
    demandClasses: new Int32Array(batch.rowCount),
    rowStates: new Int32Array(batch.rowCount),
    sold: new Float32Array(batch.rowCount),
    dayStates: new Int32Array(batch.rowCount),
  };
  const baseline = {
    baseline: floats("baseline"),
    level: floats("baseline_level"),
    factor: floats("baseline_factor"),
  };
  walk(rows, history, (start, end, series) =>
    fillSeries(rows, start, end, series, baseline, openings, tablesOn),
  );
  return rows;
}

type SeriesVisitor = (start: number, end: number, series: SeriesDays) => void;

/** Rows and history are in the same order: every series of the rows has its history. */
function walk(rows: MethodRows, history: MethodHistory, visit: SeriesVisitor): void {
  const series = newSeriesDays(0);
  let at = 0;
  for (let start = 0; start < rows.rowCount;) {
    const [store, sku] = [rows.storeIds[start]!, rows.skuIds[start]!];
    let end = start;
    while (end < rows.rowCount && rows.storeIds[end] === store && rows.skuIds[end] === sku) end++;
    while (at < history.rowCount && (history.storeIds[at] !== store || history.skuIds[at] !== sku)) at++;
    const first = at;
    while (at < history.rowCount && history.storeIds[at] === store && history.skuIds[at] === sku) at++;
    if (at === first) throw new Error(`store ${store}, SKU ${sku} has a baseline but no sales`);
    takeSeries(history, first, at, series);
    visit(start, end, series);
    start = end;
  }
}

function fillSeries(
  rows: MethodRows,
  start: number,
  end: number,
  series: SeriesDays,
  baseline: { baseline: Float32Array; level: Float32Array; factor: Float32Array },
  openings: StoreOpenings,
  tablesOn: TablesOn,
): void {
  const [store, sku, category] = [rows.storeIds[start]!, rows.skuIds[start]!, rows.categories[start]!];
  for (let at = start; at < end;) {
    const day = rows.days[at]!;
    const origin = originOf(day, openings.cutoff);
    let count = 1;
    while (at + count < end && rows.days[at + count]! <= origin + HORIZON_DAYS) count++;
    const run = { origin: origin - series.firstDay, firstTarget: day - series.firstDay, at, count };
    const outlook = fillRun(tablesOn(day), { store, category, sku }, series, run, baseline, rows.methods);
    const opening = openings.at(store, origin);
    for (let row = at; row < at + count; row++) {
      rows.demandClasses[row] = outlook.demandClass;
      rows.rowStates[row] = stateOf(opening, rows.days[row]!, outlook.isStopped);
      const known = rows.days[row]! - series.firstDay;
      rows.sold[row] = series.units[known]!;
      rows.dayStates[row] = known < series.length ? series.states[known]! : DAY_STATE.closed;
    }
    at += count;
  }
}

function stateOf(opening: Opening, day: number, isStopped: boolean): number {
  if (opening.closedSince !== undefined) return ROW_STATE.closedStore;
  if (isStopped) return ROW_STATE.stopped;
  return opensOn(opening, day) ? ROW_STATE.open : ROW_STATE.closedDay;
}

/** When each store opens, as it could be known at an origin. */
export class StoreOpenings {
  private readonly known = new Map<number, Opening>();

  public constructor(
    private readonly sums: StoreDaySums,
    public readonly cutoff: number,
  ) {}

  public at(store: number, origin: number): Opening {
    const key = store * 100_000 + origin;
    let opening = this.known.get(key);
    if (!opening) this.known.set(key, (opening = this.learn(store, origin)));
    return opening;
  }

  private learn(store: number, origin: number): Opening {
    const { firstDay, dayCount, open } = this.sums;
    const days = open.subarray(store * dayCount, store * dayCount + Math.max(0, origin - firstDay + 1));
    const first = days.indexOf(1);
    if (first < 0) return { closedWeekdays: [], closedDates: [] };
    return learnOpening({ firstDay: firstDay + first, open: days.subarray(first) });
  }
}
