import type { CostLine } from "../../policies/cost/pricing/charge";
import type { Estimate } from "../../policies/cost/pricing/estimate";
import { BOUNDS, estimatedShare, groupLines, sumOf, type CostSums } from "../../policies/cost/pricing/sums";
import type { Colour } from "../terminal/colour";
import { table, type Column } from "../terminal/table";
import { describeRate, type ExchangeRate } from "./exchange-rate";
import { MARKED_FROM_SHARE, markedUsd, usd, yen } from "./money";

export interface CostReportInputs {
  readonly stack: string;
  readonly budgetUsd: number;
  readonly estimate: Estimate;
  readonly rate: ExchangeRate;
  /** The slice of the program that a resource belongs to. */
  readonly sliceOf: (urn: string) => string;
  /** Every line too, with its quantity, price and assumption. */
  readonly all: boolean;
  /** Lines about single runs, before what has no price. @default none */
  readonly runs?: readonly string[];
}

/** Smaller resources are summed up in one row. */
const SHOWN_FROM_USD = 1;
const SOURCES = { "price-list": "list", published: "published", estimate: "estimate" } as const;
const LEGEND = [
  "min: minimum capacity, a quiet month; expected: an ordinary month; max: maximum capacity all month, a busy one.",
  `~: estimated prices, computed from another rate, are ${MARKED_FROM_SHARE * 100} % and more of it.`,
];
const LINES_LEGEND = [
  "Prices: list = the region's AWS Price List; published = quoted elsewhere, not re-read there; estimate = computed",
  "from another rate. Assumptions are those of policies/config.",
];

const right = "right" as const;

/** The report of one environment: slices, resources dearest first, lines, sums beside the budget, what has no price. */
export function costReport(inputs: CostReportInputs, paint: Colour): string[] {
  const { stack, estimate, rate, all, runs = [] } = inputs;
  const slices = groupLines(estimate.lines, ({ urn }) => inputs.sliceOf(urn));
  return [
    paint.bold(`Monthly cost of ${stack} (${estimate.region}, prices of ${estimate.pricesAsOf})`),
    paint.dim(describeRate(rate)),
    "",
    ...titled(sumColumns("slice"), sumRows(slices, rate), paint),
    "",
    ...titled(sumColumns("resource"), resourceRows(estimate.lines, rate), paint),
    "",
    ...(all ? [...titled(LINE_COLUMNS, lineRows(estimate.lines), paint), ""] : []),
    ...budgetLines(inputs, paint),
    ...[
      ...LEGEND,
      ...(all ? LINES_LEGEND : ["--all: every line with its quantity, price and assumption."]),
    ].map((line) => paint.dim(line)),
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
  { title: "of max on estimates", align: right },
];

function sumRows(groups: ReadonlyMap<string, readonly CostLine[]>, rate: ExchangeRate): string[][] {
  return [...groups]
    .map(([name, lines]) => ({ name, sums: sumOf(lines) }))
    .sort((a, b) => b.sums.expected.usd - a.sums.expected.usd || (a.name < b.name ? -1 : 1))
    .map(({ name, sums }) => sumRow(name, sums, rate));
}

function sumRow(name: string, sums: CostSums, { jpyPerUsd }: ExchangeRate): string[] {
  return [
    name,
    ...BOUNDS.map((bound) => markedUsd(sums[bound])),
    yen(sums.expected.usd, jpyPerUsd),
    yen(sums.maximum.usd, jpyPerUsd),
    `${Math.round(estimatedShare(sums.maximum) * 100)} %`,
  ];
}

/** One row a resource, dearest first; those below SHOWN_FROM_USD are one row. */
function resourceRows(lines: readonly CostLine[], rate: ExchangeRate): string[][] {
  const ranked = [...groupLines(lines, ({ urn }) => urn)]
    .map(([urn, own]) => ({ urn, own, sums: sumOf(own) }))
    .sort((a, b) => b.sums.maximum.usd - a.sums.maximum.usd || (a.urn < b.urn ? -1 : 1));
  const shown = ranked.filter(({ sums }) => sums.maximum.usd >= SHOWN_FROM_USD);
  const rest = ranked.slice(shown.length);
  return [
    ...shown.map(({ own, sums }) => sumRow(own[0]?.name ?? "", sums, rate)),
    ...(rest.length === 0
      ? []
      : [sumRow(`${rest.length} smaller resources`, sumOf(rest.flatMap(({ own }) => own)), rate)]),
  ];
}

const LINE_COLUMNS: readonly Column[] = [
  { title: "resource" },
  { title: "what" },
  { title: "min USD", align: right },
  { title: "expected USD", align: right },
  { title: "max USD", align: right },
  { title: "price" },
  { title: "quantity (expected, most)" },
  { title: "assumption" },
];

/** One row a line, dearest first. */
function lineRows(lines: readonly CostLine[]): string[][] {
  return [...lines]
    .sort((a, b) => b.maximumUsd - a.maximumUsd || (a.urn < b.urn ? -1 : 1))
    .map((line) => [
      line.name,
      line.what,
      usd(line.minimumUsd),
      usd(line.expectedUsd),
      usd(line.maximumUsd),
      priceOf(line),
      quantityOf(line),
      line.assumptions.join(", ") || "the plan",
    ]);
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

/** What stands beside the sums without a price. */
export function unpricedLines(unpriced: Estimate["unpriced"], paint: Colour): string[] {
  if (unpriced.length === 0) return ["Unpriced: nothing"];
  return [
    paint.yellow(`Unpriced (${unpriced.length}):`),
    ...table(
      [{ title: "resource" }, { title: "what" }, { title: "why" }],
      unpriced.map(({ name, what, reason }) => [name, what, reason]),
    ),
  ];
}
