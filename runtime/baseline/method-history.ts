import { isoDate } from "../../forecasting/calendar/day";
import { DAY_STATE, resizeSeries, type SeriesDays } from "../../forecasting/methods/series-days";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";

/** The days of one block that the methods look at, in the order store, SKU, day. */
export interface MethodHistory {
  readonly rowCount: number;
  readonly storeIds: Int32Array;
  readonly skuIds: Int32Array;
  readonly days: Int32Array;
  /** Whole units, so that 32 bits hold them. */
  readonly units: Float32Array;
  /** DAY_STATE of each day. */
  readonly states: Int8Array;
  /** What the SQL baseline's factors say that the day was worth, promotions as they happened. */
  readonly weights: Float32Array;
}

/** Needs the tables of a prediction of the SQL baseline: day_factors, factors, store_weeks and sku_promotions. */
export async function readMethodHistory(
  database: Database,
  block: number,
  from: number,
): Promise<MethodHistory> {
  const source = `
    FROM daily d
    SEMI JOIN (SELECT store_id FROM stores WHERE block = ${block}) USING (store_id)`;
  const since = `WHERE d.day >= DATE '${isoDate(from)}'`;
  const [size] = await database.rows<{ rows: number }>(`SELECT count(*) AS rows ${source} ${since}`);
  const batch = await database.columnsUpTo(
    size!.rows,
    `
    SELECT
      d.store_id, d.sku_id, d.day, d.units::FLOAT AS units,
      (CASE WHEN d.is_closed THEN ${DAY_STATE.closed} WHEN d.is_stocked_out THEN ${DAY_STATE.ranOut} ELSE ${DAY_STATE.seen} END)::TINYINT
        AS state,
      (coalesce(k.factor, 1) * coalesce(w.factor, 1) * coalesce(f.factor, 1)
        * if(promotion_key(d.promo_type, d.discount_share) > 0, coalesce(a.factor, 1), 1))::FLOAT AS weight
    ${source}
    JOIN product_codes p ON p.sku_id = d.sku_id
    LEFT JOIN day_factors k ON k.store_id = d.store_id AND k.category = p.category_code AND k.day = d.day
    LEFT JOIN store_weeks w
      ON w.store_id = d.store_id AND w.category = p.category_code AND w.day_type = k.day_type
    LEFT JOIN factors f ON f.kind = 'promotion' AND f.category = p.category_code
      AND f.key = promotion_key(d.promo_type, d.discount_share)
    LEFT JOIN sku_promotions a ON a.sku_id = d.sku_id
    ${since}
    ORDER BY d.store_id, d.sku_id, d.day`,
  );
  return {
    rowCount: batch.rowCount,
    storeIds: columnAs(batch, "store_id", Int32Array),
    skuIds: columnAs(batch, "sku_id", Int32Array),
    days: columnAs(batch, "day", Int32Array),
    units: columnAs(batch, "units", Float32Array),
    states: columnAs(batch, "state", Int8Array),
    weights: columnAs(batch, "weight", Float32Array),
  };
}

/** Copies the series whose rows are [start, end) of a history. */
export function takeSeries(history: MethodHistory, start: number, end: number, into: SeriesDays): void {
  resizeSeries(into, end - start);
  into.firstDay = history.days[start]!;
  into.units.set(history.units.subarray(start, end));
  into.states.set(history.states.subarray(start, end));
  into.weights.set(history.weights.subarray(start, end));
}
