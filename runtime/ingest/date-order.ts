import { DateOrderEvidence } from "../../forecasting/calendar/date-order";
import type { DayNumber } from "../../forecasting/calendar/day";
import type { DateRules } from "../../forecasting/calendar/parse-date";
import type { Database } from "../engine/duckdb/database";
import { rateHeader, findColumns } from "./columns";
import type { IngestConfig } from "./config";
import type { InputFile } from "./list-files";
import { peek, type FileStart } from "./peek";
import { readRecords } from "./read-records";

const FIRST_ROWS = 50;
const ROWS_BETWEEN_LOOKS = 1000;

export interface SalesStart {
  readonly file: InputFile;
  readonly start: FileStart;
}

/** The beginning of every sales file. */
export async function salesStarts(
  database: Database,
  files: readonly InputFile[],
  config: IngestConfig,
): Promise<SalesStart[]> {
  const found: SalesStart[] = [];
  for (const file of files)
    found.push({ file, start: await peek(database, file, "transactions", config, FIRST_ROWS) });
  return found;
}

/**
 * What 05/01/2026 means in these files. Only files with such dates are read for it, and only as far as it takes: mostly to
 * the first day of a month's second half.
 */
export async function findDateRules(
  database: Database,
  starts: readonly SalesStart[],
  config: IngestConfig,
  today: DayNumber,
): Promise<DateRules> {
  const { timeZone, dateOrder } = config;
  const evidence = new DateOrderEvidence(today);
  const asked: InputFile[] = [];
  for (const { file, start } of starts) {
    const position = dateColumn(start.header, config);
    if (position === undefined) continue;
    const one = new DateOrderEvidence(today);
    for (const row of start.rows) {
      one.add(row[position] ?? "");
      evidence.add(row[position] ?? "");
    }
    if (one.isNeeded) asked.push(file);
  }
  for (const file of asked) {
    if (evidence.isClear) break;
    await readUntilClear(database, file, config, evidence);
  }
  if (dateOrder === "auto") return { timeZone, ...evidence.rules };
  // A year in full at the end cannot be a year at the beginning.
  const full = dateOrder === "ymd" ? evidence.rules : { order: dateOrder };
  return { timeZone, ...full, shortOrder: dateOrder };
}

function dateColumn(header: readonly string[] | undefined, config: IngestConfig): number | undefined {
  if (!header || !rateHeader("transactions", header, config).isComplete) return undefined;
  return findColumns("transactions", header, config).date;
}

class Clear extends Error {}

async function readUntilClear(
  database: Database,
  file: InputFile,
  config: IngestConfig,
  evidence: DateOrderEvidence,
): Promise<void> {
  let position = -1;
  let count = 0;
  try {
    await readRecords(database, file, config, {
      rateHeader: (names) => rateHeader("transactions", names, config),
      header: (names) => {
        position = findColumns("transactions", names, config).date ?? -1;
      },
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
