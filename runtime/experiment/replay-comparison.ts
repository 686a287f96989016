import { join } from "node:path";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { isoDate } from "../../forecasting/calendar/day";
import { type BacktestWindows, holdOutFrom } from "../../forecasting/evaluation/windows";
import { DEFAULT_PLAN } from "../../forecasting/experiment/experiment";
import { statisticsReady } from "../../forecasting/experiment/normal-tails";
import { PairedErrors } from "../../forecasting/experiment/paired-errors";
import { type Standing, standingOf } from "../../forecasting/experiment/standing";
import { Database, quote } from "../engine/duckdb/database";
import { globSafe } from "../engine/duckdb/glob-safe";
import { SCORED_FILE } from "../evaluation/scored-file";

/** An experiment as it would have gone on days that both models were scored on and neither has seen. */
export interface ReplayedComparison {
  readonly category: Category;
  readonly storeCount: number;
  /** Where it stood on each evening from the first that says something; empty with the reason beside it. */
  readonly evenings: readonly { readonly day: string; readonly standing: Standing }[];
  readonly reason?: string;
}

/** Replays champion against challenger over the hold-out, by the same rules as a live experiment. */
export async function replayComparisons(
  evaluation: string,
  windows: BacktestWindows,
): Promise<ReplayedComparison[]> {
  if (windows.holdOutDays === 0) return [];
  await statisticsReady;
  const database = await Database.open({ memoryMegabytes: 300 });
  try {
    const rows = await database.rows<{ category: number; day: string; store: number; a: number; b: number }>(`
      SELECT category, day::VARCHAR AS day, store_id AS store,
        (sum(round(1000 * abs(champion - units))::BIGINT) / 1000)::DOUBLE AS a,
        (sum(round(1000 * abs(challenger - units))::BIGINT) / 1000)::DOUBLE AS b
      FROM read_parquet(${quote(globSafe(join(evaluation, SCORED_FILE)))})
      WHERE day >= DATE '${isoDate(holdOutFrom(windows))}' AND isfinite(units)
      GROUP BY ALL ORDER BY category, day, store`);
    return CATEGORIES.flatMap((category, code) => {
      const own = rows.filter((row) => row.category === code);
      return own.some(({ a, b }) => a !== b) ? [replay(category, own)] : [];
    });
  } finally {
    database.close();
  }
}

function replay(
  category: Category,
  rows: readonly { readonly day: string; readonly store: number; readonly a: number; readonly b: number }[],
): ReplayedComparison {
  const stores = [...new Set(rows.map(({ store }) => store))].sort((x, y) => x - y);
  const sums = new PairedErrors(stores.length);
  const evenings: { day: string; standing: Standing }[] = [];
  let reason: string | undefined;
  for (const day of new Set(rows.map((row) => row.day))) {
    const [a, b] = [new Float64Array(stores.length), new Float64Array(stores.length)];
    for (const row of rows.filter((each) => each.day === day)) {
      const at = stores.indexOf(row.store);
      [a[at], b[at]] = [row.a, row.b];
    }
    sums.addDay(a, b);
    const standing = standingOf(sums, DEFAULT_PLAN);
    if ("reason" in standing) reason = standing.reason;
    else evenings.push({ day, standing });
  }
  return {
    category,
    storeCount: stores.length,
    evenings,
    ...(evenings.length === 0 && reason ? { reason } : {}),
  };
}
