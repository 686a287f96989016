import { dayNumber } from "../../forecasting/calendar/day";
import { type BacktestWindows, planWindows } from "../../forecasting/evaluation/windows";
import type { LakeSummary } from "../../forecasting/lake/schema";

/** How a lake's days are split into training, validation and hold-out: every stage derives the same from lake.json. */
export function windowsOf(lake: string, { firstDay, cutoff, rowCount }: LakeSummary): BacktestWindows {
  if (rowCount === 0) throw new Error(`${lake} holds no sales: there is no history to forecast from`);
  return planWindows(dayNumber(firstDay), dayNumber(cutoff));
}
