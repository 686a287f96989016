import * as z from "zod";
import { CATEGORIES, type Category } from "../../contracts/categories";
import { MODEL_VERSION_PATTERN } from "../../contracts/model-artifact";
import { type BatchSums, type Comparison, COMPARISON_SUMS } from "../../forecasting/experiment/comparison";

/** What every night's forecasts and the sales so far say about champion and challenger. */
export interface NightComparison {
  /** Last day of sales, ISO date. */
  readonly cutoff: string;
  /** One a category with two models. */
  readonly comparisons: readonly Comparison[];
  /** The newest night's forecasts. */
  readonly batches: Readonly<Partial<Record<Category, BatchSums>>>;
}

const count = z.number().int().nonnegative();
const version = z.string().regex(MODEL_VERSION_PATTERN);
const matrix = z.array(z.array(z.number()));

const comparison = z
  .object({
    category: z.enum(CATEGORIES),
    championVersion: version,
    challengerVersion: version,
    cutoff: z.iso.date(),
    stores: z.array(z.string()),
    days: z.array(z.iso.date()),
    missingDays: z.array(z.iso.date()),
    sums: z.record(z.enum(COMPARISON_SUMS), matrix),
    cells: z.object({
      observed: count,
      stockedOut: count,
      championMissing: count,
      challengerMissing: count,
    }),
  })
  .refine(
    ({ sums, stores, days }) =>
      Object.values(sums).every(
        (rows) => rows.length === stores.length && rows.every((row) => row.length === days.length),
      ),
    { error: "sums are not one row a store and one column a day", path: ["sums"] },
  );

const batch = z.object({
  night: z.iso.date(),
  cells: count,
  championUnits: z.number(),
  challengerUnits: z.number(),
  challengerMissing: count,
  challengerInvalid: count,
});

const schema = z.object({
  cutoff: z.iso.date(),
  comparisons: z.array(comparison),
  batches: z.partialRecord(z.enum(CATEGORIES), batch),
});

/** @param place what the text is, for the message */
export function parseComparison(text: string, place: string): NightComparison {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const at =
      error instanceof z.ZodError ? `"${error.issues[0]?.path.join(".")}" is wrong` : "it is not JSON";
    throw new Error(`${place} was not written by this program: ${at}`, { cause: error });
  }
}
