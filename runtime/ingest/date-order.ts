import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import type { DayNumber } from "../../forecasting/calendar/day";
import type { DateOrder, DateRules } from "../../forecasting/calendar/parse-date";
import type { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import type { SalesFile } from "./sales-file";
import { readRecords } from "./read-records";
import { sameHeader } from "./same-header";

/** A time with Z or an offset, after a time of day. */
const ZONED = /\d:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$/i;
const ROWS_BETWEEN_LOOKS = 1000;
/** Rows of one file that are read for its own order where other files have settled one: it may be another till's. */
const MOST_ROWS_ALONE = 50_000;

const IN_WORDS: Readonly<Record<DateOrder, string>> = {
  ymd: "year first",
  dmy: "day first",
  mdy: "month first",
};

/** How dates are read. */
export interface FoundDates {
  /** In all files that say nothing else. */
  readonly common: DateRules;
  /** Files of sales that write their dates in another order, by name. */
  readonly own: ReadonlyMap<string, DateRules>;
}

/**
 * What 05/01/2026 means in these files. Only files with such dates are read for it, and only as far as it takes: mostly to
 * the first day of a month's second half. Files of tills that write another order each have their own.
 */
export async function findDateRules(
  database: Database,
  starts: readonly SalesFile[],
  config: IngestConfig,
  today: DayNumber,
  warnings: string[] = [],
): Promise<FoundDates> {
  const { timeZone, dateOrder } = config;
  const zoned = starts.find((sales) => dateTexts(sales).some((text) => ZONED.test(text)));
  if (zoned)
    warnings.push(
      `${zoned.file.name}: times with a zone are days in ${timeZone} ("timeZone" in the data config)`,
    );
  const all = new DateOrderEvidence(today);
  const asked = new Map<SalesFile, DateOrderEvidence>();
  for (const sales of starts) {
    const one = new DateOrderEvidence(today);
    for (const text of dateTexts(sales)) {
      one.add(text);
      all.add(text);
    }
    if (one.isNeeded && sales.layout?.positions.date !== undefined && !sales.days) asked.set(sales, one);
  }
  await readAll(database, asked, config, all);
  if (dateOrder !== "auto") {
    // A year in full at the end cannot be a year at the beginning.
    const full = dateOrder === "ymd" ? all.rules : { order: dateOrder };
    return { common: { timeZone, ...full, shortOrder: dateOrder }, own: new Map() };
  }
  const own = new Map<string, DateRules>();
  for (const [{ file }, one] of asked) {
    const rules = one.rulesBeside(all);
    if (!rules) continue;
    own.set(file.name, { timeZone, ...all.rules, ...rules });
    warnings.push(
      `${file.name}: dates are read ${IN_WORDS[rules.order ?? rules.shortOrder ?? "ymd"]}, as its own lines show; other files write them otherwise`,
    );
  }
  return { common: { timeZone, ...all.rules }, own };
}

/** Asks each file for its own order, and adds what it says to what all say. */
async function readAll(
  database: Database,
  asked: ReadonlyMap<SalesFile, DateOrderEvidence>,
  config: IngestConfig,
  all: DateOrderEvidence,
): Promise<void> {
  for (const [{ file, layout }, own] of asked) {
    if (own.isClear) continue;
    const position = layout?.positions.date ?? -1;
    let count = 0;
    try {
      await readRecords(database, file, config, {
        rateHeader: sameHeader(layout?.header ?? []),
        header: () => undefined,
        record: (fields) => {
          own.add(fields[position] ?? "");
          all.add(fields[position] ?? "");
          if (++count % ROWS_BETWEEN_LOOKS > 0) return;
          if (own.isClear || (all.isClear && count >= MOST_ROWS_ALONE)) throw new Clear();
        },
        broken: () => undefined,
      });
    } catch {
      // Clear, or a fault that the real reading will name.
    }
  }
}

/** Texts of dates that a file begins with. */
function dateTexts({ layout, start, days }: SalesFile): readonly string[] {
  if (days) return days.dates;
  if (layout?.wide?.kind === "days") return layout.wide.columns.map(({ name }) => name);
  const at = layout?.positions.date;
  return at === undefined ? [] : start.rows.map((row) => row[at] ?? "");
}

class Clear extends Error {}
