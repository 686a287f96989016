import { isHoliday, seasonOf } from "../calendar/japan";

/** Holidays are neither learned from nor judged: every forecast is worse on them, and everyone knows why. */
export const isSpecialDay = (day: number): boolean => isHoliday(day) || seasonOf(day) > 0;
