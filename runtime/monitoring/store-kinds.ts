import { STORE_KINDS, storeKindField, type StoreKind } from "../../contracts/metrics";
import { dayNumber } from "../../forecasting/calendar/day";
import { decomposeError } from "../../forecasting/drift/decompose-error";
import { LOCATION_TYPES } from "../../forecasting/lake/schema";
import type { Database } from "../engine/duckdb/database";

/** Errors of one kind of store on one day; SKUs are added up over its stores before the error is taken. */
interface KindDay {
  readonly kind: StoreKind;
  readonly day: number;
  readonly actual: number;
  readonly absoluteError: number;
}

/** The change of WAPE against the reference by kind of store; the parts add up to it. */
export interface StoreKindChange {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly kinds: readonly {
    readonly kind: StoreKind;
    /** WAPE of its stores; null where they sold nothing. */
    readonly before: number | null;
    readonly after: number | null;
    /** Part of the change, by another share of the sales and by another error. */
    readonly change: number;
  }[];
}

/** Stores whose master names no known location type are "other". Needs the tables of `openForecastCells` and `readErrorRows`. */
export async function readKindDays(
  database: Database,
  cells: "cells" | "reference_cells",
): Promise<KindDay[]> {
  const known = LOCATION_TYPES.map((name) => `'${name}'`).join(", ");
  const rows = await database.rows<{ kind: StoreKind; day: string; actual: number; absoluteError: number }>(`
    SELECT kind, day::VARCHAR AS day, CAST(sum(units) AS DOUBLE) AS actual,
      round(sum(abs(forecast - units)), 6) AS "absoluteError"
    FROM (
      SELECT CASE WHEN location_type IN (${known}) THEN location_type ELSE 'other' END AS kind,
        cells.day, sku_id, sum(units) AS units, round(sum(forecast), 6) AS forecast
      FROM ${cells} AS cells JOIN stores USING (store_id)
      WHERE NOT is_closed AND NOT is_stocked_out
        AND NOT EXISTS (FROM left_out WHERE left_out.store_code = stores.store_code AND left_out.day = cells.day)
      GROUP BY ALL
    )
    GROUP BY ALL ORDER BY day, kind`);
  return rows.map((row) => ({ ...row, day: dayNumber(row.day) }));
}

/** @returns undefined where a period has no sales */
export function storeKindChange(
  before: readonly KindDay[],
  after: readonly KindDay[],
): StoreKindChange | undefined {
  const sums = (days: readonly KindDay[], kind: StoreKind) => {
    const mine = days.filter((entry) => entry.kind === kind);
    const total = (field: "actual" | "absoluteError") => mine.reduce((sum, entry) => sum + entry[field], 0);
    return { actual: total("actual"), absoluteError: total("absoluteError") };
  };
  const of = (days: readonly KindDay[]) =>
    Object.fromEntries(STORE_KINDS.map((kind) => [kind, sums(days, kind)]));
  const [first, second] = [of(before), of(after)];
  const found = decomposeError(first, second);
  if (found === undefined) return undefined;
  const { entry, exit, mix, rate, ...wapes } = found;
  const wape = ({ actual, absoluteError }: { actual: number; absoluteError: number }) =>
    actual > 0 ? absoluteError / actual : null;
  return {
    ...wapes,
    kinds: STORE_KINDS.filter((kind) => first[kind]!.actual > 0 || second[kind]!.actual > 0).map((kind) => ({
      ...{ kind, before: wape(first[kind]!), after: wape(second[kind]!) },
      change: [entry, exit, mix, rate].reduce((sum, part) => sum + (part[kind] ?? 0), 0),
    })),
  };
}

/** WAPE in percent of each kind of store on one day, by the field that the dashboard asks the job's log for. */
export function storeKindFacts(days: readonly KindDay[], day: number): Record<string, number> {
  return Object.fromEntries(
    days
      .filter((entry) => entry.day === day && entry.actual > 0)
      .map(({ kind, actual, absoluteError }) => [storeKindField(kind), (100 * absoluteError) / actual]),
  );
}
