import { parseDate } from "../../forecasting/calendar/parse-date";
import { possibleReadings } from "../../forecasting/calendar/parse-date";
import { filledCells, type Rows } from "./column-values";
import type { DaySource } from "./sales-layout";
import { plainName } from "./tables";

/** Dates of something that is no sale. */
const OTHER_DATES =
  /ship|deliver|dispatch|arriv|due|expir|expiry|limit|birth|launch|release|valid|updat|modif|approv|estimat|reserve|book|manufactur|production|made|賞味|消費期限|納品|出荷|発送|到着|期限|生年|発売|更新|予約|製造|入荷/i;
const PARTS = [
  /^(?:year|yr|年|売上年|販売年)$/u,
  /^(?:month|mon|mm|月|売上月|販売月)$/u,
  /^(?:day|dd|dayofmonth|日|売上日|販売日)$/u,
];
/** 20261123, 2026-11-23, 20261123-20261123. */
const DAY_IN_NAME = /(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)/g;

/** Columns for year, month and day together; each alone says no day. */
export function dayParts(header: readonly string[]): DaySource | undefined {
  const plain = header.map(plainName);
  const at = PARTS.map((pattern) => plain.findIndex((name) => pattern.test(name)));
  const [year = -1, month = -1, day = -1] = at;
  return year >= 0 && month >= 0 && day >= 0 ? { kind: "parts", at: [year, month, day] } : undefined;
}

/** The only column of days that no other kind of date is named for. */
export function dayByValues(header: readonly string[], rows: Rows): number | undefined {
  const found = header.flatMap((name, at) => {
    if (OTHER_DATES.test(name)) return [];
    const cells = filledCells(rows, at);
    const days = cells.filter(
      (cell) =>
        // A bare number is a code or a count, unless it has the eight digits of a day.
        (/^\d+(?:\.\d+)?$/.test(cell) ? /^20\d{6}$/.test(cell) : true) &&
        (parseDate(cell) !== undefined || (possibleReadings(cell)?.days.size ?? 0) > 0),
    );
    return cells.length > 0 && days.length >= 0.9 * cells.length ? [at] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The one day that a file's name says: 商品別売上_20260413-20260413.csv, but not a month's 20260401-20260430. */
export function dayInName(fileName: string): DaySource | undefined {
  const days = [...fileName.matchAll(DAY_IN_NAME)].map(([, year, , month, day]) =>
    parseDate(`${year}-${month}-${day}`),
  );
  const [day] = days;
  return day !== undefined && days.every((other) => other === day) ? { kind: "name", day } : undefined;
}
