import { isoDate } from "../../forecasting/calendar/day";
import { dayOfInstant } from "../../forecasting/calendar/time-zone";

export interface ApiClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only ever go up. */
  readonly elapsed: () => number;
  /** The date where the stores are, ISO. */
  readonly today: () => string;
}

export const systemClock: ApiClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  today: () => isoDate(dayOfInstant(Date.now())),
};
