import type { Category } from "../../contracts/categories";
import { type Attribution, attributeChange } from "./attribute-change";
import { uncalibrated } from "./calibration";
import { type Choice, chooseActions } from "./choose-action";
import { CUSUM_SETTINGS, cumulativeSums } from "./cusum";
import type { ErrorRow } from "./error-row";
import {
  type DayError,
  expectedWape,
  standardisedErrors,
  type StreamReference,
  streamReference,
} from "./error-stream";
import { type ErrorSums, sumErrors } from "./error-sums";
import { evidenceOf, type Words } from "./evidence";
import { echoLimits, errorWithoutEcho } from "./holiday-echo";
import { type KindDay, type StoreKindChange, storeKindChange } from "./store-kinds";

/** What one night says of a category. */
export interface CategoryFinding {
  readonly category: Category;
  /** Undefined while the reference has too few days. */
  readonly reference?: StreamReference;
  /** Errors of the reference and of the last two weeks. */
  readonly before: ErrorSums;
  readonly after: ErrorSums;
  /** What `after` would be without a calibration; absent where there was none. */
  readonly uncalibrated?: ErrorSums;
  readonly cusum: number;
  /** Why the rise counts; undefined where nothing has risen. */
  readonly trigger?: "cusum" | "two-weeks";
  readonly attribution?: Attribution;
  /** The same change by kind of store, as far as their days are known. */
  readonly storeKinds?: StoreKindChange;
  readonly decisions: readonly { readonly choice: Choice; readonly words: Words }[];
}

export interface CategoryInput {
  readonly category: Category;
  readonly day: number;
  /** The category's errors up to `day`. */
  readonly rows: readonly ErrorRow[];
  readonly reference: { readonly from: number; readonly to: number };
  /** Day of the last decision: what came before it is dealt with. */
  readonly since: number | undefined;
  readonly isSpecial: (day: number) => boolean;
  /** The category's errors by kind of store. @default none */
  readonly kindDays?: readonly KindDay[];
}

const WEEK = 7;
/** Days that are compared with the reference: since the rise began, but at least two weeks and at most four. */
const SHORTEST_WINDOW = 2 * WEEK;
const LONGEST_WINDOW = 4 * WEEK;
/** WAPE of two weeks running against the one that the reference lets expect, from which the rise counts without a CUSUM alarm. */
const RISE = 1.2;
/** A tenth of a point: what the words show. */
const SMALLEST_RISE = 0.001;
/** Judged days that a week needs. */
const FEWEST_DAYS = 4;

export function judgeCategory(input: CategoryInput): CategoryFinding {
  const { category, day, rows, reference, since, isSpecial, kindDays = [] } = input;
  const isReference = (at: number) => at >= reference.from && at <= reference.to;
  const days = dayErrors(rows, isSpecial);
  const stream = streamReference(days.filter((entry) => isReference(entry.day)));
  const isJudged = (at: number) => at > Math.max(reference.to, since ?? 0) && at <= day;
  const judged = days.filter((entry) => isJudged(entry.day));
  const sumsNow = stream ? cumulativeSums(standardisedErrors(judged, stream)) : [];
  const cusum = sumsNow.at(-1) ?? 0;
  const specialDays = new Set(days.flatMap((entry) => (entry.isSpecial ? [entry.day] : [])));
  const usual = (row: { readonly day: number }) => !specialDays.has(row.day);
  const before = rows.filter((row) => isReference(row.day) && usual(row));
  const start = Math.max(windowStart(judged, sumsNow, day), since ?? reference.to);
  const after = rows.filter((row) => row.day > start && usual(row));
  const common = {
    category,
    ...(stream ? { reference: stream } : {}),
    before: sumErrors(before),
    after: sumErrors(after),
    ...(after.some(({ calibration = 1 }) => calibration !== 1)
      ? { uncalibrated: sumErrors(after.map(uncalibrated)) }
      : {}),
    cusum,
  };
  const trigger =
    cusum > CUSUM_SETTINGS.limit
      ? "cusum"
      : stream && isHighForTwoWeeks(judged, day, stream)
        ? "two-weeks"
        : undefined;
  if (stream === undefined || trigger === undefined) return { ...common, decisions: [] };
  const beganAfter =
    trigger === "cusum" ? Math.min(riseBegan(judged, sumsNow, day), day - FEWEST_DAYS) : start;
  const attribution = attributeChange(before, after, { beganAfter });
  if (attribution === undefined) return { ...common, trigger, decisions: [] };
  const ordinary = kindDays.filter(usual);
  const storeKinds = storeKindChange(
    ordinary.filter((entry) => isReference(entry.day)),
    ordinary.filter((entry) => entry.day > start && entry.day <= day),
  );
  // Higher than these sales let expect, and yet no higher than before: there is no rise to explain.
  const isRise = attribution.decomposition.change >= SMALLEST_RISE;
  const decisions = (isRise ? chooseActions(attribution) : []).map((choice) => ({
    choice,
    words: evidenceOf(choice.reason, category, attribution, storeKinds),
  }));
  return { ...common, trigger, attribution, ...(storeKinds ? { storeKinds } : {}), decisions };
}

/** The day on which the sum was last 0 is where the rise most likely began (Page, 1954). */
function riseBegan(judged: readonly DayError[], sums: readonly number[], day: number): number {
  return Math.max(judged[sums.lastIndexOf(0)]?.day ?? day - LONGEST_WINDOW, day - LONGEST_WINDOW);
}

function windowStart(judged: readonly DayError[], sums: readonly number[], day: number): number {
  return Math.min(riseBegan(judged, sums, day), day - SHORTEST_WINDOW);
}

interface JudgedDay extends DayError {
  readonly actual: number;
  /** What is left of the day's absolute error without the echo of a holiday. */
  readonly absoluteError: number;
  readonly noiseError: number;
}

function dayErrors(rows: readonly ErrorRow[], isSpecial: (day: number) => boolean): JudgedDay[] {
  const byDay = new Map<number, ErrorRow[]>();
  for (const row of rows) {
    const ofDay = byDay.get(row.day);
    if (ofDay) ofDay.push(row);
    else byDay.set(row.day, [row]);
  }
  const days = [...byDay]
    .map(([day, ofDay]) => ({ day, ofDay, isSpecial: isSpecial(day), sums: sumErrors(ofDay) }))
    .sort((a, b) => a.day - b.day);
  const limits = echoLimits(days);
  return days.map(({ day, ofDay, isSpecial: special, sums }, i): JudgedDay => {
    const { actual, noise: noiseError } = sums;
    const absoluteError = errorWithoutEcho(ofDay, sums, limits[i]!);
    const share = (units: number) => (actual > 0 ? units / actual : 0);
    const shares = { wape: share(absoluteError), noise: share(noiseError) };
    return { day, isSpecial: special, actual, absoluteError, noiseError, ...shares };
  });
}

function isHighForTwoWeeks(judged: readonly JudgedDay[], day: number, stream: StreamReference): boolean {
  return [0, 1].every((week) => {
    const last = day - week * WEEK;
    const days = judged.filter((entry) => entry.day > last - WEEK && entry.day <= last && !entry.isSpecial);
    const total = (of: "actual" | "absoluteError" | "noiseError") =>
      days.reduce((sum, entry) => sum + entry[of], 0);
    const actual = total("actual");
    if (days.length < FEWEST_DAYS || !(actual > 0)) return false;
    return total("absoluteError") / actual > RISE * expectedWape(stream, total("noiseError") / actual);
  });
}
