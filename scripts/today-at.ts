import { isoDate } from "../forecasting/calendar/day";
import { dayOfInstant } from "../forecasting/calendar/time-zone";

/** The date where the shops are: it is neither UTC's nor this machine's. */
export function todayAt(timeZone: string | undefined): string {
  return isoDate(dayOfInstant(Date.now(), timeZone));
}
