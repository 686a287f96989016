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

const DESIGNED: readonly DesignedStack[] = ["dev", "prod"];
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

/** Two tables: the amounts, and why a figure of the design holds or not. */
export function comparisonReport(costs: readonly StackCost[], rate: ExchangeRate, paint: Colour): string[] {
  const compared = compareWithDesign(costs);
  const stacks = costs.map(({ stack }) => stack);
  return [
    paint.bold("Monthly cost beside the first design of the platform, USD"),
    paint.dim(`${describeRate(rate)}; ~ rests on estimated prices for 5 % and more`),
    "",
    ...amounts(compared, stacks, paint),
    "",
    ...inYen(costs, rate),
    "",
    ...reasons(compared, stacks, paint),
  ];
}

function amounts(compared: readonly ComparedLine[], stacks: readonly string[], { dim }: Colour): string[] {
  const columns = stacks.flatMap((stack) => [
    ...(isDesigned(stack) ? [{ title: `${stack}: design`, align: right }] : []),
    ...BOUNDS.map((bound) => ({
      title: `${isDesigned(stack) || bound !== "minimum" ? "" : `${stack}: `}${bound}`,
      align: right,
    })),
  ]);
  const rows = compared.map(({ subject, design, computed }) => [
    subject,
    ...stacks.flatMap((stack) => [
      ...(isDesigned(stack) ? [design[stack] === undefined ? "-" : String(design[stack])] : []),
      ...BOUNDS.map((bound) => {
        const sums = computed[stack];
        return sums === undefined ? "-" : markedUsd(sums[bound]);
      }),
    ]),
  ]);
  const [header = "", ...body] = table([{ title: "" }, ...columns], rows);
  return [dim(header), ...body];
}

const isDesigned = (stack: string): stack is DesignedStack => DESIGNED.some((each) => each === stack);

function inYen(costs: readonly StackCost[], { jpyPerUsd }: ExchangeRate): string[] {
  return table(
    [
      { title: "JPY a month" },
      ...BOUNDS.map((title) => ({ title, align: right })),
      { title: "first design", align: right },
    ],
    costs.map(({ stack, lines }) => {
      const sums = sumOf(lines);
      const design = isDesigned(stack) ? yen(DESIGN_SUM_USD[stack], jpyPerUsd) : "-";
      return [stack, ...BOUNDS.map((bound) => yen(sums[bound].usd, jpyPerUsd)), design];
    }),
  );
}

function reasons(
  compared: readonly ComparedLine[],
  stacks: readonly string[],
  { dim, red, green, yellow }: Colour,
): string[] {
  const paintOf = { holds: green, "quiet month only": yellow, "cannot hold": red, "left out": red };
  const verdict = (value: Verdict | undefined) => (value === undefined ? "-" : paintOf[value](value));
  const rows = compared
    .filter(({ subject }) => subject !== "not itemised")
    .map(({ subject, verdicts: found, stoodFor, wouldTake }) => [
      subject,
      ...stacks.map((stack) => verdict(found[stack])),
      stoodFor,
      wouldTake,
    ]);
  const [header = "", ...body] = table(
    [
      { title: "design's figure" },
      ...stacks.map((stack) => ({ title: verdictTitle(stack) })),
      { title: "it stood for" },
      { title: "what it would take" },
    ],
    rows,
  );
  return [dim(header), ...body];
}

function verdictTitle(stack: string): string {
  const design = DESIGN_OF[stack];
  return design === undefined || design === stack ? stack : `${stack} (${design}'s)`;
}
