import type { CostLine } from "../policies/cost/pricing/charge";
import type { Estimate } from "../policies/cost/pricing/estimate";
import type { Colour } from "./terminal/colour";
import { table } from "./terminal/table";

export interface CostReportInputs {
  readonly stack: string;
  readonly budgetUsd: number;
  readonly estimate: Estimate;
  /** Every line; otherwise those of a dollar and more. */
  readonly all: boolean;
  /** Lines about single runs, before what has no price. @default none */
  readonly runs?: readonly string[];
}

/** Smaller lines are summed up in one. */
const SHOWN_FROM_USD = 1;
const SOURCES = { "price-list": "list", published: "published", estimate: "estimate" } as const;

/** The lines of the report: priced resources, dearest first, the sums beside the budget, what has no price. */
export function costReport(
  { stack, budgetUsd, estimate, all, runs = [] }: CostReportInputs,
  paint: Colour,
): string[] {
  const { lines, unpriced, minimumUsd, maximumUsd } = estimate;
  const [header = "", ...body] = table(
    [
      { title: "resource" },
      { title: "what" },
      { title: "min USD", align: "right" },
      { title: "max USD", align: "right" },
      { title: "price" },
    ],
    costRows(lines, all),
  );
  return [
    paint.bold(`Monthly cost of ${stack} (${estimate.region}, prices of ${estimate.pricesAsOf})`),
    "",
    paint.dim(header),
    ...body,
    "",
    ...sums({ minimumUsd, maximumUsd, budgetUsd }, paint),
    paint.dim(
      `${Math.round(estimate.estimatedPriceShare * 100)} % of the maximum rests on estimated prices; ` +
        "* = the quantity is a usage assumption (policies/config).",
    ),
    "",
    ...runs,
    ...unpricedLines(unpriced, paint),
  ];
}

/** One row a line, dearest first; without `all`, lines below SHOWN_FROM_USD are one row. */
function costRows(lines: readonly CostLine[], all: boolean): string[][] {
  const ranked = [...lines].sort((a, b) => b.maximumUsd - a.maximumUsd || (a.urn < b.urn ? -1 : 1));
  const shown = ranked.filter((line) => all || line.maximumUsd >= SHOWN_FROM_USD);
  const rest = ranked.slice(shown.length);
  const money = (usd: number) => usd.toFixed(2);
  const sum = (bound: "minimumUsd" | "maximumUsd") =>
    money(rest.reduce((total, line) => total + line[bound], 0));
  const rows = shown.map((line) => [
    line.name,
    line.what,
    money(line.minimumUsd),
    money(line.maximumUsd),
    basisOf(line),
  ]);
  if (rest.length === 0) return rows;
  return [
    ...rows,
    [`${rest.length} smaller lines`, "--all shows them", sum("minimumUsd"), sum("maximumUsd"), ""],
  ];
}

function basisOf(line: CostLine): string {
  return `${SOURCES[line.source]}${line.assumed ? " *" : ""}`;
}

function sums(
  { minimumUsd, maximumUsd, budgetUsd }: { minimumUsd: number; maximumUsd: number; budgetUsd: number },
  paint: Colour,
): string[] {
  const rows = [
    ["minimum capacity, quiet month", minimumUsd],
    ["maximum capacity all month, busy month", maximumUsd],
  ] as const;
  return table(
    [
      { title: "sum" },
      { title: "USD", align: "right" },
      { title: `of the budget (${budgetUsd} USD)`, align: "right" },
    ],
    rows.map(([name, usd]) => {
      const share = `${Math.round((usd / budgetUsd) * 100)} %`;
      return [name, usd.toFixed(2), usd > budgetUsd ? paint.red(share) : paint.green(share)];
    }),
  );
}

function unpricedLines(unpriced: Estimate["unpriced"], paint: Colour): string[] {
  if (unpriced.length === 0) return ["Unpriced: nothing"];
  return [
    paint.yellow(`Unpriced (${unpriced.length}):`),
    ...table(
      [{ title: "resource" }, { title: "what" }, { title: "why" }],
      unpriced.map(({ name, what, reason }) => [name, what, reason]),
    ),
  ];
}
