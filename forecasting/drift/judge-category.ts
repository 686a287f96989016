import type { Category } from "../../contracts/categories";
import { type Attribution, attributeChange } from "./attribute-change";
import { type Choice, chooseActions } from "./choose-action";
import { CUSUM_SETTINGS, cumulativeSums } from "./cusum";
import type { ErrorRow } from "./error-row";
import { type DayError, standardisedErrors, type StreamReference, streamReference } from "./error-stream";
import { type ErrorSums, sumErrors, wapeOf } from "./error-sums";
import { evidenceOf, type Words } from "./evidence";

/** What one night says of a category. */
export interface CategoryFinding {
  readonly category: Category;
  /** Undefined while the reference has too few days. */
  readonly reference?: StreamReference;
  /** Errors of the reference and of the last two weeks. */
  readonly before: ErrorSums;
  readonly after: ErrorSums;
  readonly cusum: number;
  /** Why the rise counts; undefined where nothing has risen. */
  readonly trigger?: "cusum" | "two-weeks";
  readonly attribution?: Attribution;
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
}

const WEEK = 7;
/** Days that are compared with the reference: since the rise began, but at least two weeks and at most four. */
const SHORTEST_WINDOW = 2 * WEEK;
const LONGEST_WINDOW = 4 * WEEK;
/** WAPE of two weeks running against the reference from which the rise counts without a CUSUM alarm. */
const RISE = 1.2;
/** Judged days that a week needs. */
const FEWEST_DAYS = 4;

export function judgeCategory(input: CategoryInput): CategoryFinding {
  const { category, day, rows, reference, since, isSpecial } = input;
  const sums = sumsByDay(rows);
  const isReference = (at: number) => at >= reference.from && at <= reference.to;
  const days = dayErrors(sums, isSpecial);
  const stream = streamReference(days.filter((entry) => isReference(entry.day)));
  const isJudged = (at: number) => at > Math.max(reference.to, since ?? 0) && at <= day;
  const judged = days.filter((entry) => isJudged(entry.day));
  const sumsNow = stream ? cumulativeSums(standardisedErrors(judged, stream)) : [];
  const cusum = sumsNow.at(-1) ?? 0;
  const usual = (row: ErrorRow) => !isSpecial(row.day);
  const before = rows.filter((row) => isReference(row.day) && usual(row));
  const start = Math.max(windowStart(judged, sumsNow, day), since ?? reference.to);
  const after = rows.filter((row) => row.day > start && usual(row));
  const common = {
    category,
    ...(stream ? { reference: stream } : {}),
    before: sumErrors(before),
    after: sumErrors(after),
    cusum,
  };
  const trigger =
    cusum > CUSUM_SETTINGS.limit
      ? "cusum"
      : isHighForTwoWeeks(judged, day, common.before)
        ? "two-weeks"
        : undefined;
  if (stream === undefined || trigger === undefined) return { ...common, decisions: [] };
  const attribution = attributeChange(before, after);
  if (attribution === undefined) return { ...common, trigger, decisions: [] };
  const { before: skillBefore, after: skillAfter } = attribution.regularSkill;
  const { before: wapeBefore, after: wapeAfter } = attribution.decomposition;
  const figures = { category, wapeBefore, wapeAfter, skillBefore, skillAfter };
  const decisions = chooseActions(attribution).map((choice) => ({
    choice,
    words: evidenceOf(choice, figures),
  }));
  return { ...common, trigger, attribution, decisions };
}

/** The day on which the sum was last 0 is where the rise most likely began (Page, 1954). */
function windowStart(judged: readonly DayError[], sums: readonly number[], day: number): number {
  const began = judged[sums.lastIndexOf(0)]?.day ?? day - LONGEST_WINDOW;
  return Math.min(Math.max(began, day - LONGEST_WINDOW), day - SHORTEST_WINDOW);
}

function sumsByDay(rows: readonly ErrorRow[]): Map<number, ErrorSums> {
  const byDay = new Map<number, ErrorRow[]>();
  for (const row of rows) {
    const ofDay = byDay.get(row.day);
    if (ofDay) ofDay.push(row);
    else byDay.set(row.day, [row]);
  }
  return new Map([...byDay].map(([day, ofDay]) => [day, sumErrors(ofDay)]));
}

interface JudgedDay extends DayError {
  readonly sums: ErrorSums;
}

function dayErrors(sums: ReadonlyMap<number, ErrorSums>, isSpecial: (day: number) => boolean): JudgedDay[] {
  return [...sums]
    .map(([day, of]) => ({ day, wape: wapeOf(of).value ?? 0, isSpecial: isSpecial(day), sums: of }))
    .sort((a, b) => a.day - b.day);
}

function isHighForTwoWeeks(judged: readonly JudgedDay[], day: number, before: ErrorSums): boolean {
  const usual = wapeOf(before).value;
  if (usual === null) return false;
  return [0, 1].every((week) => {
    const last = day - week * WEEK;
    const days = judged.filter((entry) => entry.day > last - WEEK && entry.day <= last && !entry.isSpecial);
    const wape = wapeOf(sumErrors(days.map(({ sums }) => sums))).value;
    return days.length >= FEWEST_DAYS && wape !== null && wape > RISE * usual;
  });
}
