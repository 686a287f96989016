import { weekdayOf } from "../calendar/day";

const WEEK = 7;
const WEEKS_BEFORE = 4;
/** Days that are looked back on for an ordinary one of each weekday: the turn of the year takes two of some. */
const LOOK_BACK_DAYS = 63;

/** Seven days, one of each weekday, and the 28 of the same weekdays before them; newest first by weekday. */
export interface OrdinaryWeeks {
  readonly week: readonly number[];
  readonly before: readonly number[];
}

/**
 * The last week up to `day` and the four before it, with each holiday replaced by the same weekday of the week before: a week
 * with a holiday sells otherwise in every store, and so would every week that is compared with it.
 */
export function ordinaryWeeks(day: number, isSpecial: (day: number) => boolean): OrdinaryWeeks {
  const days = Array.from({ length: LOOK_BACK_DAYS }, (_, i) => day - i).filter((each) => !isSpecial(each));
  const weekdays = Array.from({ length: WEEK }, (_, i) => i + 1);
  const of = (first: number, last: number) =>
    weekdays.flatMap((weekday) => days.filter((each) => weekdayOf(each) === weekday).slice(first, last));
  return { week: of(0, 1), before: of(1, 1 + WEEKS_BEFORE) };
}
