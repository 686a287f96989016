import * as z from "zod";
import { CATEGORIES } from "../../contracts/categories";
import { EXPERIMENT_PHASES } from "../../contracts/experiment";
import { MODEL_VERSION_PATTERN } from "../../contracts/model-artifact";
import type { JournalEntry } from "./journal";

const instant = z.iso.datetime();
const version = z.string().regex(MODEL_VERSION_PATTERN);
const share = z.number().min(0).max(1);
const days = z.number().int().positive();

const plan = z.object({
  alpha: z.number().gt(0).lt(1),
  plannedDays: days,
  firstHarmDay: days,
  firstWinDay: days,
  maxDays: days,
  extensionDays: days,
  shadowDays: days,
  testShare: share,
  promotionShares: z.array(share).min(1),
  bakeHours: z.number().nonnegative(),
  nonInferiorityMargin: z.number().nonnegative(),
  declaredReason: z.string().optional(),
  frozenDays: z.array(z.iso.date()),
});

const experiment = z.object({
  id: z.string().min(1),
  category: z.enum(CATEGORIES),
  championVersion: version,
  challengerVersion: version,
  plan,
  startedAt: instant,
  startedBy: z.string(),
  phase: z.enum(EXPERIMENT_PHASES),
  phaseSince: instant,
  share,
  shareSince: instant,
  promotionStep: z.number().int().nonnegative(),
  isExtended: z.boolean(),
  approval: z.object({ by: z.string(), reason: z.string() }).optional(),
  hold: z.object({ since: instant, reasons: z.array(z.string()), isPaged: z.boolean() }).optional(),
  badBatches: z.array(z.iso.date()),
  eValue: z.number().optional(),
});

const entrySchema = z.object({
  category: z.enum(CATEGORIES),
  revision: z.number().int().positive(),
  at: instant,
  by: z.string(),
  action: z.string(),
  reasons: z.array(z.string()),
  evidence: z.record(z.string(), z.unknown()),
  state: z.object({
    category: z.enum(CATEGORIES),
    experiment: experiment.optional(),
    rejections: z.array(z.object({ version, at: instant, reasons: z.array(z.string()) })),
    seen: z.array(z.string()),
  }),
});

export const journalText = (entry: JournalEntry): string => JSON.stringify(entry, undefined, 1);

/** @param place what the text is, for the message */
export function parseJournalEntry(text: string, place: string): JournalEntry {
  try {
    return entrySchema.parse(JSON.parse(text));
  } catch (error) {
    const at =
      error instanceof z.ZodError ? `"${error.issues[0]?.path.join(".")}" is wrong` : "it is not JSON";
    throw new Error(`${place} was not written by this program: ${at}`, { cause: error });
  }
}
