import { readFile } from "node:fs/promises";
import { z } from "zod";
import { lakePaths } from "../../contracts/lake-layout";
import { type LakeSummary } from "../../forecasting/lake/schema";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.number().int().nonnegative();

const summarySchema = z.object({
  source: z.enum(["generated", "ingested"]),
  firstDay: isoDay,
  cutoff: isoDay,
  storeCount: count,
  skuCount: count,
  rowCount: count,
  blocks: z.array(count),
  hasTruth: z.boolean(),
  seed: count.optional(),
  remarks: z.array(z.string()),
});

/** The summary of a lake; says so in one line when the folder is not a lake. */
export async function readLake(lake: string): Promise<LakeSummary> {
  const path = lakePaths.summary(lake);
  const text = await readFile(path, "utf8").catch(() => {
    throw new Error(`${lake} is not a lake: it has no lake.json (generate or ingest writes one)`);
  });
  const parsed = summarySchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${path}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not a lake summary"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
