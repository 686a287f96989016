import { isoDate } from "../../forecasting/calendar/day";
import type { BacktestSeries } from "../../forecasting/evaluation/series-accuracy";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { seriesKey } from "../../forecasting/lake/series-key";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";
import { cellsAt, type ScoredRowSet } from "./scored-rows";

/** Days before the hold-out that scale a series' errors. */
const SCALE_DAYS = 112;
const REVENUE_DAYS = 28;

/** The observed hold-out cells by series, each with its history and its revenue before the hold-out. */
export async function readBacktestSeries(
  database: Database,
  windows: BacktestWindows,
  scored: ScoredRowSet,
  observed: Int32Array,
): Promise<BacktestSeries[]> {
  const histories = await readHistories(database, windows, new Set(scored.rows.storeIds));
  const cells = cellsAt(scored, observed);
  const positions = new Map<number, number[]>();
  for (let i = 0; i < cells.actual.length; i++) {
    const key = seriesKey(cells.storeIds[i]!, cells.skuIds[i]!);
    const list = positions.get(key);
    if (list) list.push(i);
    else positions.set(key, [i]);
  }
  return [...positions].map(([key, rows]) => {
    const take = (values: ArrayLike<number>) => rows.map((row) => values[row]!);
    return {
      history: histories.get(key)?.units ?? [],
      actual: take(cells.actual),
      forecasts: Object.fromEntries(
        Object.entries(cells.forecasts).map(([name, values]) => [name, take(values)]),
      ),
      revenueYen: histories.get(key)?.revenueYen ?? 0,
    };
  });
}

interface History {
  readonly units: number[];
  revenueYen: number;
}

async function readHistories(
  database: Database,
  windows: BacktestWindows,
  evaluated: ReadonlySet<number>,
): Promise<Map<number, History>> {
  const lastDay = holdOutFrom(windows) - 1;
  const batch = await database.columns(`
    SELECT store_id, sku_id, day, units, (units * price_yen * (1 - coalesce(discount_share, 0)))::DOUBLE AS yen
    FROM daily
    WHERE day BETWEEN DATE '${isoDate(lastDay - SCALE_DAYS + 1)}' AND DATE '${isoDate(lastDay)}' AND NOT is_closed
      AND store_id IN (${[...evaluated].join(", ")})
    ORDER BY store_id, sku_id, day`);
  const [stores, skus, days, units] = ["store_id", "sku_id", "day", "units"].map((name) =>
    columnAs(batch, name, Int32Array),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array];
  const yen = columnAs(batch, "yen", Float64Array);
  const histories = new Map<number, History>();
  for (let row = 0; row < batch.rowCount; row++) {
    const key = seriesKey(stores[row]!, skus[row]!);
    let history = histories.get(key);
    if (!history) histories.set(key, (history = { units: [], revenueYen: 0 }));
    history.units.push(units[row]!);
    if (days[row]! > lastDay - REVENUE_DAYS && !Number.isNaN(yen[row]!)) history.revenueYen += yen[row]!;
  }
  return histories;
}
