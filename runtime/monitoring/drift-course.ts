import { CATEGORIES, type Category } from "../../contracts/categories";
import { STORE_KINDS, type StoreKind } from "../../contracts/metrics";
import { isoDate } from "../../forecasting/calendar/day";
import { type ActionRecord, isTaken } from "../../forecasting/drift/action-record";
import { FEWEST_REFERENCE_DAYS } from "../../forecasting/drift/error-stream";
import { isSpecialDay } from "../../forecasting/drift/is-special-day";
import { incidentDays } from "../../forecasting/drift/data-faults";
import type { ErrorRow } from "../../forecasting/drift/error-row";
import { skillOf, sumErrors, wapeOf } from "../../forecasting/drift/error-sums";
import { monitorNight } from "../../forecasting/drift/monitor-night";
import { type KindDay, type StoreKindChange, storeKindChange } from "../../forecasting/drift/store-kinds";
import { type BacktestWindows, holdOutFrom as firstHoldOutDay } from "../../forecasting/evaluation/windows";
import { withLake } from "../lake/lake-views";
import { readStoreDays } from "./data-checks";
import { readErrorRows } from "./error-rows";
import { openEvaluationCells } from "./forecast-cells";
import { readKindDays } from "./store-kinds";

/** What the drift monitor would have shown of a category, evening by evening. */
export interface DriftCourse {
  readonly category: Category;
  readonly days: readonly {
    /** ISO date. */
    readonly day: string;
    readonly wape: number | null;
    readonly skill: number | null;
    /** null in the reference, and where that has too few ordinary days. */
    readonly cusum: number | null;
  }[];
  /** ISO dates on which something was decided, and what. */
  readonly actions: readonly { readonly day: string; readonly action: string; readonly words: string }[];
}

/** WAPE of each kind of store day by day, and what its change from the reference to the evenings is made of. */
export interface StoreKindCourse {
  readonly change: StoreKindChange;
  readonly days: readonly {
    /** ISO date. */
    readonly day: string;
    readonly isJudged: boolean;
    /** Of kinds that sold something. */
    readonly wapes: Readonly<Partial<Record<StoreKind, number>>>;
  }[];
}

/** What the dashboards show of drift. */
export interface DriftPicture {
  readonly courses: readonly DriftCourse[];
  /** Absent where there are no evenings. */
  readonly storeKinds?: StoreKindCourse;
}

const MEMORY_MEGABYTES = 300;
/** Days of a reference, as the nightly monitor takes it. */
const REFERENCE_DAYS = 42;

/** The monitor's evenings over the hold-out, with the days before as the reference. */
export async function readDriftPicture(
  lake: string,
  evaluation: string,
  windows: BacktestWindows,
): Promise<DriftPicture> {
  if (windows.holdOutDays === 0 || windows.validationDays === 0) return { courses: [] };
  const [rows, storeDays, kindDays] = await withLake(
    lake,
    { memoryMegabytes: MEMORY_MEGABYTES },
    async (database) => {
      await openEvaluationCells(database, evaluation);
      return [
        await readErrorRows(database, "reference_cells"),
        await readStoreDays(database, "reference_cells"),
        await readKindDays(database, "reference_cells"),
      ] as const;
    },
  );
  const incidents = new Set(incidentDays(storeDays).keys());
  const isOrdinary = (day: number) => !isSpecialDay(day) && !incidents.has(day);
  const span = judgedSpan(rows, firstHoldOutDay(windows), isOrdinary);
  const storeKinds = storeKindCourse(kindDays, span, isOrdinary);
  return { courses: driftCourses(rows, kindDays, span, incidents), ...(storeKinds ? { storeKinds } : {}) };
}

interface JudgedSpan {
  readonly days: readonly number[];
  /** First day of the reference, and first evening. */
  readonly first: number;
  readonly judgedFrom: number;
}

/** @param holdOutFrom day number of the first evening, or later where the days before are too few for a reference */
function judgedSpan(
  rows: readonly ErrorRow[],
  holdOutFrom: number,
  isOrdinary: (day: number) => boolean,
): JudgedSpan {
  const days = [...new Set(rows.map(({ day }) => day))].sort((a, b) => a - b);
  const first = days.find((day) => day >= holdOutFrom - REFERENCE_DAYS) ?? holdOutFrom;
  const ordinary = days.filter((day) => day >= first && isOrdinary(day));
  const judgedFrom = Math.max(holdOutFrom, (ordinary[FEWEST_REFERENCE_DAYS - 1] ?? holdOutFrom - 1) + 1);
  return { days, first, judgedFrom };
}

function storeKindCourse(
  kindDays: readonly KindDay[],
  { days, first, judgedFrom }: JudgedSpan,
  isOrdinary: (day: number) => boolean,
): StoreKindCourse | undefined {
  const known = kindDays.filter(({ day }) => day >= first);
  const ordinary = known.filter(({ day }) => isOrdinary(day));
  const change = storeKindChange(
    ordinary.filter(({ day }) => day < judgedFrom),
    ordinary.filter(({ day }) => day >= judgedFrom),
  );
  if (change === undefined) return undefined;
  const wapesOf = (day: number) => {
    const ofDay = known.filter((entry) => entry.day === day);
    return Object.fromEntries(
      STORE_KINDS.flatMap((kind) => {
        const sold = ofDay.filter((entry) => entry.kind === kind);
        const actual = sold.reduce((sum, entry) => sum + entry.actual, 0);
        const error = sold.reduce((sum, entry) => sum + entry.absoluteError, 0);
        return actual > 0 ? [[kind, error / actual] as const] : [];
      }),
    );
  };
  return {
    change,
    days: days
      .filter((day) => day >= first)
      .map((day) => ({ day: isoDate(day), isJudged: day >= judgedFrom, wapes: wapesOf(day) })),
  };
}

function driftCourses(
  rows: readonly ErrorRow[],
  kindDays: readonly KindDay[],
  { days, first, judgedFrom }: JudgedSpan,
  incidents: ReadonlySet<number>,
): DriftCourse[] {
  const known = rows.filter(({ day }) => day >= first);
  const reference = Object.fromEntries(
    CATEGORIES.map((category) => [category, { from: first, to: judgedFrom - 1 }]),
  ) as Record<Category, { from: number; to: number }>;
  let records: readonly ActionRecord[] = [];
  const sums = new Map<string, number | null>();
  for (const day of days.filter((each) => each >= judgedFrom)) {
    const night = {
      day,
      rows: known,
      kindDays,
      reference,
      incidentDays: incidents,
      faults: [],
      openRetrains: [],
    };
    const { findings, history } = monitorNight({ ...night, records });
    records = history;
    for (const { category, cusum, reference: found } of findings)
      sums.set(`${category} ${day}`, found === undefined ? null : cusum);
  }
  return CATEGORIES.flatMap((category): DriftCourse[] => {
    const mine = known.filter((row) => row.category === category);
    if (mine.length === 0) return [];
    return [
      {
        category,
        days: days.flatMap((day) => {
          const ofDay = mine.filter((row) => row.day === day);
          if (ofDay.length === 0) return [];
          const all = sumErrors(ofDay);
          const cusum = sums.get(`${category} ${day}`) ?? null;
          return [{ day: isoDate(day), wape: wapeOf(all).value, skill: skillOf(all).value, cusum }];
        }),
        actions: records
          .filter((record) => record.scope === category && isTaken(record))
          .map(({ day, action, evidence }) => ({ day, action, words: evidence.en })),
      },
    ];
  });
}
