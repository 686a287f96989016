import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isoDate } from "../../forecasting/calendar/day";
import { robustSpan, type Span } from "../../forecasting/calendar/robust-span";
import { quote, type Database } from "../engine/duckdb/database";
import type { IngestConfig } from "./config";
import { assertDaily } from "./grain";
import type { Quarantine } from "./quarantine";
import { noFigures, type Figures } from "./sales-counts";
import { STORE_GROUP } from "./staging";
import { workPaths } from "./work-folder";

const SQL_FOLDER = join(__dirname, "../../forecasting/lake");
/** Lines that one pass sums: repeats are found among them in memory. */
const LINES_PER_PASS = 4_000_000;
/** The sums are written and read once a run: speed counts more than size. */
export const SUMS_OPTIONS = "FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 122880";

export function readSql(name: string): Promise<string> {
  return readFile(join(SQL_FOLDER, `${name}.sql`), "utf8");
}

/** Sums the lines of each group of stores to days, as many at a time as fit; `days` limits it to some days. */
export async function sumSold(
  database: Database,
  lake: string,
  groups: readonly LineGroup[],
  days?: readonly string[],
): Promise<void> {
  const [lines, sold] = await Promise.all([readSql("lines"), readSql("sold")]);
  const onlyDays = days ? `AND day IN (${days.map((day) => `DATE ${quote(day)}`).join(", ")})` : "";
  for (const { group, rows, hasUnidentified, hasNumbered, hasReceipts } of groups) {
    const passes = Math.ceil(rows / LINES_PER_PASS);
    const target = workPaths.sold(lake, group);
    await mkdir(target, { recursive: true });
    await database.run(`
      SET VARIABLE has_unidentified = ${hasUnidentified};
      SET VARIABLE has_numbered = ${hasNumbered};
      SET VARIABLE has_receipts = ${hasReceipts};`);
    for (let pass = 0; pass < passes; pass++) {
      const onlyPass = passes === 1 ? "" : `AND sku_id % ${passes} = ${pass}`;
      await database.run(`
        CREATE OR REPLACE TEMP VIEW staged_lines AS
          FROM read_parquet(${quote(workPaths.linesOf(lake, group))}, hive_partitioning = false)
          WHERE true ${onlyPass} ${onlyDays};
        ${lines}
        COPY (${sold}) TO ${quote(`${target}/${days ? "days" : "sold"}-${pass}.parquet`)} (${SUMS_OPTIONS});`);
    }
  }
}

/** A group of stores whose lines share files. */
export interface LineGroup {
  readonly group: number;
  readonly rows: number;
  readonly hasUnidentified: boolean;
  readonly hasNumbered: boolean;
  readonly hasReceipts: boolean;
}

export function lineGroups(database: Database, lake: string): Promise<LineGroup[]> {
  return database.rows<LineGroup>(`
    SELECT ${STORE_GROUP} AS group, count(*) AS rows, bool_or(key_high = 0) AS "hasUnidentified",
      bool_or(key_high <> 0 AND key_low & 1 = 0) AS "hasNumbered", bool_or(key_high <> 0 AND key_low & 1 = 1) AS "hasReceipts"
    FROM read_parquet(${quote(workPaths.linesOf(lake, "*"))}, hive_partitioning = false) GROUP BY 1 ORDER BY 1`);
}

export interface KeptSales {
  readonly span: Span;
  readonly kept: Figures;
  /** Lines far from all others in time: left out and in the quarantine. */
  readonly strays: Figures;
  /** Units of days on which more came back than was sold. */
  readonly clipped: number;
}

const MOST_STRAYS_LISTED = 10_000;

/** Decides which days the data means, and lists the lines on others. */
export async function keepSpan(
  database: Database,
  lake: string,
  config: IngestConfig,
  quarantine: Quarantine,
  fileNames: ReadonlyMap<number, string>,
): Promise<KeptSales> {
  const sold = `read_parquet(${quote(workPaths.soldOf(lake, "*"))}, hive_partitioning = false)`;
  const days = await database.rows<{
    day: number;
    rows: number;
    units: number;
    sales: number;
    clipped: number;
  }>(`
    SELECT day - DATE '1970-01-01' AS day, sum(line_count) AS rows, sum(net_units) AS units, sum(sales) AS sales,
      sum(greatest(0, -net_units)) AS clipped
    FROM ${sold} GROUP BY day ORDER BY day`);
  const found = robustSpan(days);
  assertDaily(
    days.map(({ day }) => day),
    config,
  );
  const span = { first: dayOf(config.firstDay) ?? found.first, last: dayOf(config.lastDay) ?? found.last };
  const [kept, strays] = [noFigures(), noFigures()];
  let clipped = 0;
  for (const { day, rows, units, sales, clipped: back } of days) {
    if (day >= span.first && day <= span.last) clipped += back;
    const figures = day >= span.first && day <= span.last ? kept : strays;
    figures.rows += Number(rows);
    figures.units += units;
    figures.sales += sales;
  }
  if (strays.rows > 0) await listStrays(database, lake, span, quarantine, fileNames);
  return { span, kept, strays, clipped };
}

function dayOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}

export const STRAY_KIND = "a date far from all others";

async function listStrays(
  database: Database,
  lake: string,
  { first, last }: Span,
  quarantine: Quarantine,
  fileNames: ReadonlyMap<number, string>,
): Promise<void> {
  // As often as they count (lines.sql): what another file has again is a repeat, and no rejected row.
  const sameLine = "store_id, sku_id, day, quantity, price, list_price, key_high, key_low";
  const rows = await database.rows<{ file_id: number; line: number; day: number; quantity: number }>(`
    WITH strays AS (
      SELECT *, CASE WHEN key_low & 1 = 0 THEN 1
        ELSE row_number() OVER (PARTITION BY ${sameLine}, file_id ORDER BY line) END AS copy
      FROM read_parquet(${quote(workPaths.linesOf(lake, "*"))}, hive_partitioning = false)
      WHERE day - DATE '1970-01-01' NOT BETWEEN ${first} AND ${last}
    )
    SELECT file_id, line, day - DATE '1970-01-01' AS day, quantity FROM strays
    QUALIFY key_high = 0 OR row_number() OVER (PARTITION BY ${sameLine}, copy ORDER BY file_id, line) = 1
    ORDER BY file_id, line LIMIT ${MOST_STRAYS_LISTED}`);
  for (const { file_id, line, day, quantity } of rows) {
    const detail = `${isoDate(day)}, the others are from ${isoDate(first)} to ${isoDate(last)} (a till's clock? "firstDay" and "lastDay" in the data config decide)`;
    quarantine.note(fileNames.get(file_id) ?? "", line, `${STRAY_KIND}: ${detail}`, `${quantity} units`);
  }
}
