import { isoDate } from "../../forecasting/calendar/day";
import { UserError } from "../engine/files/clear-error";
import { quote, type Database } from "../engine/duckdb/database";
import { workPaths } from "./work-folder";

/** Files are compared two by two: of more than these, none is likely to be another's sum. */
const MOST_FILES = 50;
/** Days with equal sums that are no accident. */
const FEWEST_DAYS = 7;
const SAME_SHARE = 0.9;

/**
 * Refuses two files that tell the same sales in other words, such as sums of hours beside sums of days. Lines with receipt
 * numbers are told apart by those.
 */
export async function assertNoSameSums(
  database: Database,
  lake: string,
  names: ReadonlyMap<number, string>,
): Promise<void> {
  if (names.size < 2 || names.size > MOST_FILES) return;
  const rows = await database.rows<{ file: number; day: number; units: number }>(`
    SELECT file_id AS file, day - DATE '1970-01-01' AS day, sum(quantity) AS units
    FROM read_parquet(${quote(workPaths.linesOf(lake, "*"))}, hive_partitioning = false)
    WHERE key_high = 0 GROUP BY ALL HAVING units <> 0`);
  const sums = new Map<number, Map<number, number>>();
  for (const { file, day, units } of rows)
    sums.set(file, (sums.get(file) ?? new Map<number, number>()).set(day, units));
  for (const [one, days] of sums)
    for (const [other, others] of sums) {
      const same = other > one ? sameDays(days, others) : [];
      if (same.length === 0) continue;
      const isWhole = same.length === Math.min(days.size, others.size);
      const which = isWhole
        ? "their days have the same sums; leave one of them out"
        : `${same.length} days from ${isoDate(Math.min(...same))} to ${isoDate(Math.max(...same))} have the same sums; leave these days out of one of them`;
      throw new UserError(`${names.get(one)} and ${names.get(other)} tell the same sales twice: ${which}`);
    }
}

/** The days that both have, where so many of them have the same sums that it is no accident; else none. */
function sameDays(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): readonly number[] {
  const common = [...a].filter(([day]) => b.has(day));
  const same = common.filter(([day, units]) => Math.abs(units - (b.get(day) ?? 0)) <= 1e-4 * Math.abs(units));
  const isVaried = new Set(same.map(([, units]) => units)).size > 2;
  const isNoAccident =
    same.length >= FEWEST_DAYS &&
    isVaried &&
    same.length >= SAME_SHARE * common.length &&
    common.length >= 0.5 * Math.min(a.size, b.size);
  return isNoAccident ? common.map(([day]) => day) : [];
}
