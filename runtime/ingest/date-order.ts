import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import type { DayNumber } from "../../forecasting/calendar/day";
import type { DateRules } from "../../forecasting/calendar/parse-date";
import type { Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import type { SalesFile } from "./sales-file";
import { readRecords } from "./read-records";
import { sameHeader } from "./same-header";

/** A time with Z or an offset, after a time of day. */
const ZONED = /\d:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$/i;
const ROWS_BETWEEN_LOOKS = 1000;

/**
 * What 05/01/2026 means in these files. Only files with such dates are read for it, and only as far as it takes: mostly to
 * the first day of a month's second half.
 */
export async function findDateRules(
  database: Database,
  starts: readonly SalesFile[],
  config: IngestConfig,
  today: DayNumber,
  warnings: string[] = [],
): Promise<DateRules> {
  const { timeZone, dateOrder } = config;
  const evidence = new DateOrderEvidence(today);
  const asked: SalesFile[] = [];
  const zoned = starts.find((sales) => dateTexts(sales).some((text) => ZONED.test(text)));
  if (zoned)
    warnings.push(
      `${zoned.file.name}: times with a zone are days in ${timeZone} ("timeZone" in the data config)`,
    );
  for (const sales of starts) {
    const one = new DateOrderEvidence(today);
    for (const text of dateTexts(sales)) {
      one.add(text);
      evidence.add(text);
    }
    if (one.isNeeded && sales.layout?.positions.date !== undefined && !sales.days) asked.push(sales);
  }
  for (const sales of asked) {
    if (evidence.isClear) break;
    await readUntilClear(database, sales, config, evidence);
  }
  if (dateOrder === "auto") return { timeZone, ...evidence.rules };
  // A year in full at the end cannot be a year at the beginning.
  const full = dateOrder === "ymd" ? evidence.rules : { order: dateOrder };
  return { timeZone, ...full, shortOrder: dateOrder };
}

/** Texts of dates that a file begins with. */
function dateTexts({ layout, start, days }: SalesFile): readonly string[] {
  if (days) return days.dates;
  if (layout?.wide?.kind === "days") return layout.wide.columns.map(({ name }) => name);
  const at = layout?.positions.date;
  return at === undefined ? [] : start.rows.map((row) => row[at] ?? "");
}

class Clear extends Error {}

async function readUntilClear(
  database: Database,
  { file, layout }: SalesFile,
  config: IngestConfig,
  evidence: DateOrderEvidence,
): Promise<void> {
  const position = layout?.positions.date ?? -1;
  let count = 0;
  try {
    await readRecords(database, file, config, {
      rateHeader: sameHeader(layout?.header ?? []),
      header: () => undefined,
      record: (fields) => {
        evidence.add(fields[position] ?? "");
        if (++count % ROWS_BETWEEN_LOOKS === 0 && evidence.isClear) throw new Clear();
      },
      broken: () => undefined,
    });
  } catch {
    // Clear, or a fault that the real reading will name.
  }
}
