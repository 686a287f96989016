import type { CostLine } from "../../policies/cost/pricing/charge";
import type { Estimate } from "../../policies/cost/pricing/estimate";
import { BOUNDS, estimatedShare, groupLines, sumOf } from "../../policies/cost/pricing/sums";
import type { Colour } from "../terminal/colour";
import { table, type Column } from "../terminal/table";
import { describeRate, type ExchangeRate } from "./exchange-rate";
import { markedUsd, usd, yen } from "./money";

export interface CostReportInputs {
  readonly stack: string;
  readonly budgetUsd: number;
  readonly estimate: Estimate;
  readonly rate: ExchangeRate;
  /** The slice of the program that a resource belongs to. */
  readonly sliceOf: (urn: string) => string;
  /** Every line, with its quantity, price and assumption; otherwise those of a dollar and more. */
  readonly all: boolean;
  /** Lines about single runs, before what has no price. @default none */
  readonly runs?: readonly string[];
}

/** Smaller lines are summed up in one. */
const SHOWN_FROM_USD = 1;
const SOURCES = { "price-list": "list", published: "published", estimate: "estimate" } as const;
const LEGEND = [
  "min: minimum capacity, a quiet month; expected: an ordinary month; max: maximum capacity all month, a busy one.",
  "Prices: list = the region's AWS Price List; published = quoted elsewhere, not re-read there; estimate = computed",
  "from another rate, marked ~ where it is summed. * = usage assumptions (policies/config) set the quantity.",
];

const right = "right" as const;

/** The report of one environment: slices, lines dearest first, sums beside the budget, what has no price. */
export function costReport(inputs: CostReportInputs, paint: Colour): string[] {
  const { stack, estimate, rate, all, runs = [] } = inputs;
  const slices = groupLines(estimate.lines, ({ urn }) => inputs.sliceOf(urn));
  return [
    paint.bold(`Monthly cost of ${stack} (${estimate.region}, prices of ${estimate.pricesAsOf})`),
    paint.dim(describeRate(rate)),
    "",
    ...titled(sumColumns("slice"), sumRows(slices, rate), paint),
    "",
    ...titled(lineColumns(all), lineRows(estimate.lines, all), paint),
    "",
    ...budgetLines(inputs, paint),
    ...LEGEND.map((line) => paint.dim(line)),
    "",
    ...runs,
    ...unpricedLines(estimate.unpriced, paint),
  ];
}

function titled(columns: readonly Column[], rows: readonly (readonly string[])[], { dim }: Colour): string[] {
  const [header = "", ...body] = table(columns, rows);
  return [dim(header), ...body];
}

const sumColumns = (title: string): Column[] => [
  { title },
  { title: "min USD", align: right },
  { title: "expected USD", align: right },
  { title: "max USD", align: right },
  { title: "expected JPY", align: right },
  { title: "max JPY", align: right },
];

function sumRows(groups: ReadonlyMap<string, readonly CostLine[]>, { jpyPerUsd }: ExchangeRate): string[][] {
  return [...groups]
    .map(([name, lines]) => ({ name, sums: sumOf(lines) }))
    .sort((a, b) => b.sums.expected.usd - a.sums.expected.usd || (a.name < b.name ? -1 : 1))
    .map(({ name, sums }) => [
      name,
      ...BOUNDS.map((bound) => markedUsd(sums[bound])),
      yen(sums.expected.usd, jpyPerUsd),
      yen(sums.maximum.usd, jpyPerUsd),
    ]);
}

const lineColumns = (all: boolean): Column[] => [
  { title: "resource" },
  { title: "what" },
  { title: "min USD", align: right },
  { title: "expected USD", align: right },
  { title: "max USD", align: right },
  { title: "price" },
  ...(all ? [{ title: "quantity (expected, most)" }, { title: "assumption" }] : []),
];

/** One row a line, dearest first; without `all`, lines below SHOWN_FROM_USD are one row. */
function lineRows(lines: readonly CostLine[], all: boolean): string[][] {
  const ranked = [...lines].sort((a, b) => b.maximumUsd - a.maximumUsd || (a.urn < b.urn ? -1 : 1));
  const shown = ranked.filter((line) => all || line.maximumUsd >= SHOWN_FROM_USD);
  const rest = ranked.slice(shown.length);
  const rows = shown.map((line) => [
    line.name,
    line.what,
    usd(line.minimumUsd),
    usd(line.expectedUsd),
    usd(line.maximumUsd),
    ...(all ? [priceOf(line), quantityOf(line), line.assumptions.join(", ") || "the plan"] : [basisOf(line)]),
  ]);
  if (rest.length === 0) return rows;
  const sums = sumOf(rest);
  const small = [`${rest.length} smaller lines`, "--all shows them"];
  return [...rows, [...small, ...BOUNDS.map((bound) => markedUsd(sums[bound])), ""]];
}

function basisOf({ price, assumptions }: CostLine): string {
  return `${SOURCES[price.source]}${assumptions.length > 0 ? " *" : ""}`;
}

function priceOf({ price }: CostLine): string {
  return `${Number(price.usd.toPrecision(6))} a ${price.unit}, ${SOURCES[price.source]} ${price.asOf}`;
}

function quantityOf({ quantity }: CostLine): string {
  const number = (value: number) =>
    value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
  return quantity.expected === quantity.maximum
    ? number(quantity.maximum)
    : `${number(quantity.expected)}, ${number(quantity.maximum)}`;
}

const BOUND_NAMES = {
  minimum: "minimum capacity, quiet month",
  expected: "expected, ordinary month",
  maximum: "maximum capacity all month, busy month",
} as const;

function budgetLines({ estimate, budgetUsd, rate }: CostReportInputs, paint: Colour): string[] {
  const sums = sumOf(estimate.lines);
  return table(
    [
      { title: "sum" },
      { title: "USD", align: right },
      { title: "JPY", align: right },
      { title: `of the budget (${budgetUsd} USD)`, align: right },
      { title: "on estimated prices", align: right },
    ],
    BOUNDS.map((bound) => {
      const sum = sums[bound];
      const share = `${Math.round((sum.usd / budgetUsd) * 100)} %`;
      return [
        BOUND_NAMES[bound],
        markedUsd(sum),
        yen(sum.usd, rate.jpyPerUsd),
        sum.usd > budgetUsd ? paint.red(share) : paint.green(share),
        `${usd(sum.estimatedUsd)} (${Math.round(estimatedShare(sum) * 100)} %)`,
      ];
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
