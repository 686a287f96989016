import { CATEGORIES, type Category } from "../../contracts/categories";
import type { NightAssessment } from "../../forecasting/experiment/assess-night";
import type { Experiment } from "../../forecasting/experiment/experiment";
import { evidenceText } from "../../forecasting/experiment/standing";
import type { ExperimentJournal, JournalEntry } from "../../runtime/experiment/journal";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";

/** One category as a person or a machine reads it. */
export interface CategoryStatus {
  readonly category: Category;
  readonly revision?: number;
  readonly experiment?: Experiment;
  /** What the last night said. */
  readonly night?: NightAssessment;
  readonly last?: Pick<JournalEntry, "at" | "by" | "action" | "reasons">;
}

/** Revisions that are looked through for the last night: others, such as a hold, may have none. */
const LOOK_BACK = 20;

export async function statusOf(journal: ExperimentJournal): Promise<CategoryStatus[]> {
  return Promise.all(
    CATEGORIES.map(async (category) => {
      const entries = await journal.history(category, LOOK_BACK);
      const [latest] = entries;
      if (!latest) return { category };
      const { at, by, action, reasons, revision, state } = latest;
      const night = entries.find(
        ({ evidence, state: then }) => evidence.night && then.experiment?.id === state.experiment?.id,
      )?.evidence.night as NightAssessment | undefined;
      return {
        category,
        revision,
        ...(state.experiment ? { experiment: state.experiment } : {}),
        ...(night ? { night } : {}),
        last: { at, by, action, reasons },
      };
    }),
  );
}

const COLUMNS = [
  { title: "category" },
  { title: "phase" },
  { title: "challenger" },
  { title: "stores", align: "right" },
  { title: "day", align: "right" },
  { title: "error", align: "right" },
  { title: "interval" },
  { title: "evidence", align: "right" },
  { title: "says" },
] as const;

/** The whole text is in the journal, and in --json. */
const SHOWN_LETTERS = 72;
const shorten = (text: string) =>
  text.length > SHOWN_LETTERS ? `${text.slice(0, SHOWN_LETTERS - 1)}…` : text;

const percent = (value: number) => `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)} %`;

export function statusLines(
  statuses: readonly CategoryStatus[],
  { bold, red, green, yellow }: Colour,
): string[] {
  const paint = (phase: string) =>
    phase === "PROMOTED" ? green(phase) : phase.startsWith("ROLL") ? red(phase) : yellow(phase);
  const rows = statuses.map(({ category, experiment, night, last }) => {
    if (!experiment) return [category, "–"];
    const { phase, challengerVersion, share, plan, hold, isExtended } = experiment;
    const daily = night?.daily;
    const days = plan.maxDays + (isExtended ? plan.extensionDays : 0);
    return [
      category,
      paint(phase),
      challengerVersion,
      `${Math.round(100 * share)} %`,
      night ? `${night.days}/${days}` : "",
      daily ? percent(daily.relative) : "",
      daily ? `${percent(daily.lower)} to ${percent(daily.upper)}` : (night?.noFigure ?? ""),
      experiment.eValue === undefined ? "" : evidenceText(experiment.eValue),
      shorten((hold ?? last)?.reasons.join("; ") ?? ""),
    ];
  });
  return [
    bold("Experiments: error of the challenger against the champion's"),
    ...table(COLUMNS, rows).map((line) => `  ${line}`),
  ];
}
