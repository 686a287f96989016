import type { CostLine } from "../../policies/cost/pricing/charge";
import { BOUNDS, sumOf, type CostSums } from "../../policies/cost/pricing/sums";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";
import { subjectOf, SUBJECTS, type Subject } from "./cost-subjects";
import { describeRate, type ExchangeRate } from "./exchange-rate";
import {
  DESIGN_OF,
  DESIGN_SUM_USD,
  FIRST_DESIGN,
  verdictOf,
  type DesignedStack,
  type Verdict,
} from "./first-design";
import { markedUsd, yen } from "./money";

/** What one environment costs, subject by subject. */
export interface StackCost {
  readonly stack: string;
  readonly lines: readonly CostLine[];
}

export interface ComparedLine {
  readonly subject: string;
  readonly design: Readonly<Partial<Record<DesignedStack, number>>>;
  /** By stack. */
  readonly computed: Readonly<Record<string, CostSums>>;
  /** By stack, against the design's environment whose work the stack does. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly stoodFor: string;
  readonly wouldTake: string;
}

const SUM = "sum";

/** The first design's table line by line beside what each environment is computed to cost; the sum comes last. */
export function compareWithDesign(costs: readonly StackCost[]): ComparedLine[] {
  const rows = FIRST_DESIGN.map(({ subject, usd, stoodFor, wouldTake }) => {
    const known = SUBJECTS.some((each) => each === subject);
    const computed = known ? bySubject(costs, subject as Subject) : {};
    return { subject, design: usd, computed, verdicts: verdicts(usd, computed), stoodFor, wouldTake };
  });
  const computed = Object.fromEntries(costs.map(({ stack, lines }) => [stack, sumOf(lines)]));
  const sum: ComparedLine = {
    subject: SUM,
    design: DESIGN_SUM_USD,
    computed,
    verdicts: verdicts(DESIGN_SUM_USD, computed),
    stoodFor: "",
    wouldTake: "",
  };
  return [...rows, sum];
}

function bySubject(costs: readonly StackCost[], subject: Subject): Record<string, CostSums> {
  return Object.fromEntries(
    costs.map(({ stack, lines }) => [stack, sumOf(lines.filter((line) => subjectOf(line) === subject))]),
  );
}

function verdicts(
  design: ComparedLine["design"],
  computed: ComparedLine["computed"],
): Record<string, Verdict> {
  return Object.fromEntries(
    Object.entries(computed).flatMap(([stack, { minimum, expected }]) => {
      const designed = DESIGN_OF[stack];
      if (designed === undefined) return [];
      const bounds = { minimumUsd: minimum.usd, expectedUsd: expected.usd };
      return [[stack, verdictOf(design[designed], bounds)]];
    }),
  );
}

const right = "right" as const;

/** A table for each environment, then why a figure of the design holds or not: no line is wider than a terminal. */
export function comparisonReport(costs: readonly StackCost[], rate: ExchangeRate, paint: Colour): string[] {
  const compared = compareWithDesign(costs);
  return [
    paint.bold("Monthly cost beside the first design of the platform, USD"),
    paint.dim(`${describeRate(rate)}; ~ rests on estimated prices for 5 % and more`),
    ...costs.flatMap(({ stack }) => ["", ...environment(compared, stack, rate, paint)]),
    "",
    ...reasons(compared, paint),
  ];
}

function environment(
  compared: readonly ComparedLine[],
  stack: string,
  { jpyPerUsd }: ExchangeRate,
  paint: Colour,
): string[] {
  const designed = DESIGN_OF[stack];
  const rows = compared.map(({ subject, design, computed, verdicts: found }) => {
    const [figure, sums, verdict] = [designed && design[designed], computed[stack], found[stack]];
    const amounts = BOUNDS.map((bound) => (sums === undefined ? NONE : markedUsd(sums[bound])));
    const figures = [figure === undefined ? NONE : String(figure), ...amounts];
    return [subject, ...figures, verdict === undefined ? NONE : VERDICT_COLOURS(paint)[verdict](verdict)];
  });
  const [header = "", ...body] = table(
    [
      { title: stack },
      {
        title: `design${designed === undefined || designed === stack ? "" : ` (of ${designed})`}`,
        align: right,
      },
      ...BOUNDS.map((title) => ({ title, align: right })),
      { title: "design's figure" },
    ],
    [...rows, inYen(compared.at(-1), stack, jpyPerUsd)],
  );
  return [paint.dim(header), ...body];
}

const NONE = "-";

const VERDICT_COLOURS = ({ red, green, yellow }: Colour) => ({
  holds: green,
  "quiet month only": yellow,
  "cannot hold": red,
  "left out": red,
});

function inYen(sum: ComparedLine | undefined, stack: string, jpyPerUsd: number): string[] {
  const [designed, sums] = [DESIGN_OF[stack], sum?.computed[stack]];
  return [
    "sum, JPY",
    designed === undefined ? NONE : yen(DESIGN_SUM_USD[designed], jpyPerUsd),
    ...BOUNDS.map((bound) => (sums === undefined ? NONE : yen(sums[bound].usd, jpyPerUsd))),
  ];
}

function reasons(compared: readonly ComparedLine[], { bold, dim }: Colour): string[] {
  const said = compared.filter(({ wouldTake }) => wouldTake !== "" && wouldTake !== NONE);
  return [
    bold("What the design's figures stood for, and what a month at them would take"),
    ...said.flatMap(({ subject, stoodFor, wouldTake }) => [
      subject,
      `  ${dim("stood for")}   ${stoodFor}`,
      `  ${dim("would take")}  ${wouldTake}`,
    ]),
  ];
}
