import { readFile } from "node:fs/promises";
import { z } from "zod";
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

const names = Object.keys(INPUT_TABLES) as InputTableName[];

const configSchema = z
  .object({
    tables: z.partialRecord(z.enum(names), tableSchema).default({}),
    /** "auto" tries comma, tab and semicolon on the header. */
    delimiter: z.enum(["auto", ",", "\t", ";"]).default("auto"),
    encoding: z.enum(["auto", "utf-8", "shift_jis"]).default("auto"),
    /** The file's category name -> ours. */
    categories: z.record(z.string(), z.enum(CATEGORIES)).default({}),
    /** Largest share of refused rows that still gives a lake. */
    maxRefusedShare: z.number().min(0).max(1).default(0.05),
  })
  .strict();

export type IngestConfig = z.infer<typeof configSchema>;

/** Checks a config; the message names the key and what is allowed. */
export function parseIngestConfig(value: unknown, where: string): IngestConfig {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${where}: ${issue?.path.join(".") || "config"}: ${issue?.message}`);
  }
  for (const [table, { columns = {}, files }] of Object.entries(parsed.data.tables)) {
    const known = Object.keys(INPUT_TABLES[table as InputTableName].columns);
    const wrong = Object.keys(columns).find((name) => !known.includes(name));
    if (wrong) throw new Error(`${where}: tables.${table}.columns.${wrong}: ${known.join(", ")} are allowed`);
    if (files !== undefined) regularExpression(files, `${where}: tables.${table}.files`);
  }
  return parsed.data;
}

export async function readIngestConfig(path: string): Promise<IngestConfig> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${path}: there is no such config file`);
  });
  try {
    return parseIngestConfig(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error(`${path}: not JSON (${error.message})`, { cause: error });
    throw error;
  }
}

export function regularExpression(source: string, where: string): RegExp {
  try {
    return new RegExp(source, "iu");
  } catch {
    throw new Error(`${where}: "${source}" is not a regular expression`);
  }
}
