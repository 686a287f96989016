import { UserError } from "../engine/files/clear-error";
import { z } from "zod";
import { isTimeZone } from "../../forecasting/calendar/time-zone";
import { CATEGORIES } from "../../contracts/categories";
import { INPUT_TABLES, type InputTableName } from "./tables";

const tableSchema = z
  .object({
    /** Regular expression on the file name. */
    files: z.string().optional(),
    /** Our name of a column -> the header that the file has. */
    columns: z.record(z.string(), z.string()).optional(),
  })
  .strict();

const days = (lowest: number) => z.number().int().min(lowest).max(3650).optional();
const termsSchema = z.object({ shelfLifeDays: days(1), leadTimeDays: days(0), packSize: days(1) }).strict();

const names = Object.keys(INPUT_TABLES) as InputTableName[];
const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-11-23 is allowed");

const configSchema = z
  .object({
    tables: z.partialRecord(z.enum(names), tableSchema).default({}),
    /** "auto" tries comma, tab, semicolon and bar on the header. */
    delimiter: z.enum(["auto", ",", "\t", ";", "|"]).default("auto"),
    encoding: z
      .enum(["auto", "utf-8", "shift_jis", "euc-jp", "windows-1252", "utf-16le", "utf-16be"])
      .default("auto"),
    /** Where the shops are: a time with a zone is a day there. */
    timeZone: z
      .string()
      .refine(isTimeZone, "a time zone such as Asia/Tokyo is allowed")
      .default("Asia/Tokyo"),
    /** ISO 4217; the figures are in it, with the decimals that the data has. "auto": by the signs at the prices, else JPY. */
    currency: z
      .string()
      .regex(/^(?:[A-Z]{3}|auto)$/, "three letters such as JPY are allowed")
      .default("auto"),
    /** What 05/01/2026 means; "auto" asks the other dates of the file. */
    dateOrder: z.enum(["auto", "ymd", "dmy", "mdy"]).default("auto"),
    /** "auto" refuses dates that are a week and more apart, as sums of weeks are; "days" says that the shop opens on these days only. */
    dates: z.enum(["auto", "days"]).default("auto"),
    /** "auto" takes a point for the decimal point and rejects 1.080, which may be either; see number-text.ts. */
    decimal: z.enum(["auto", "evident", "point", "comma"]).default("auto"),
    /**
     * "measured" takes 1.5 kg, and the day's sum is rounded to whole units; "auto" does so too and says how many lines it was;
     * "whole" rejects them. "lines": every line is one unit.
     */
    quantities: z.enum(["auto", "whole", "measured", "lines"]).default("auto"),
    /** Name of the one store when the files have no store column. */
    store: z.string().min(1).default("1"),
    /** Of such files: "one" store's, or each of "files" a store named by it; "auto" asks their names, days and items. */
    stores: z.enum(["auto", "one", "files"]).default("auto"),
    /** Name of the one item when the files have no item column: meals of a canteen, guests of a restaurant. */
    item: z.string().min(1).optional(),
    /** Sales before or after are left out: for a span that the data's own dates get wrong. */
    firstDay: isoDay.optional(),
    lastDay: isoDay.optional(),
    /** The file's category name -> ours; "*" is for items without one. */
    categories: z.record(z.string(), z.enum(CATEGORIES)).default({}),
    /** What is assumed of items where no file says, by the chain's category, ours, or "other". */
    assume: z.record(z.string(), termsSchema).default({}),
    /** Largest share of rejected rows that still gives a lake. */
    maxRejectedShare: z.number().min(0).max(1).default(0.05),
  })
  .strict();

export type IngestConfig = z.infer<typeof configSchema>;

/** Checks a config; the message names every wrong key and what is allowed. */
export function parseIngestConfig(value: unknown, where: string): IngestConfig {
  const parsed = configSchema.safeParse(withoutNulls(value) ?? {});
  if (!parsed.success) throw new UserError(`${where}: ${parsed.error.issues.map(problemOf).join("; ")}`);
  for (const [table, { columns = {}, files }] of Object.entries(parsed.data.tables)) {
    const known = Object.keys(INPUT_TABLES[table as InputTableName].columns);
    const wrong = Object.keys(columns).find((name) => !known.includes(name));
    if (wrong)
      throw new UserError(`${where}: tables.${table}.columns.${wrong}: ${known.join(", ")} are allowed`);
    if (files !== undefined) regularExpression(files, `${where}: tables.${table}.files`);
  }
  return parsed.data;
}

/** A YAML key with nothing after it is as good as no key. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutNulls(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function problemOf(issue: z.core.$ZodIssue): string {
  const at = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return `${at || "config"}: ${issue.message}`;
  const schema = at === "" ? configSchema : at.startsWith("assume.") ? termsSchema : tableSchema;
  const allowed = Object.keys(schema.shape);
  return `${at || "config"}: there is no ${issue.keys.join(", ")}; ${allowed.join(", ")} are allowed`;
}

export function regularExpression(source: string, where: string): RegExp {
  try {
    return new RegExp(source, "iu");
  } catch {
    throw new UserError(`${where}: "${source}" is not a regular expression`);
  }
}
