import { isoDate } from "../../forecasting/calendar/day";
import { UserError } from "../engine/files/clear-error";
import type { IngestConfig } from "./config";

/** Days that tell nothing of a week's shape when they lie this far apart, */
const WEEKLY_GAP_DAYS = 6;
/** and how many of them it takes to see that. */
const FEWEST_DAYS = 4;

/** Refuses sums of weeks and months: a forecast by the day made of them would put all of a week on one day. */
export function assertDaily(days: readonly number[], config: IngestConfig): void {
  if (config.dates === "days" || days.length < FEWEST_DAYS) return;
  const gaps = days.slice(1).map((day, i) => day - (days[i] ?? day));
  const near = gaps.filter((gap) => gap < WEEKLY_GAP_DAYS).length;
  if (near > 0.1 * gaps.length) return;
  const usual = [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? 0;
  const what = usual < 20 ? "weeks" : "months";
  throw new UserError(
    `the sales are those of ${what}, not of days (${days.slice(0, 3).map(isoDate).join(", ")}, …): export them by the day; if the shop does open on these days only, set "dates: days" in the data config`,
  );
}
