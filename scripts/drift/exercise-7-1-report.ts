import { isTaken } from "../../forecasting/drift/action-record";
import type { Cause } from "../../forecasting/drift/attribute-change";
import { ERROR_LEVEL, SEGMENT_KINDS } from "../../forecasting/drift/error-row";
import { type ErrorSums, skillOf, wapeOf } from "../../forecasting/drift/error-sums";
import { formatPercent } from "../../forecasting/metrics/metric";
import type { Exercise71 } from "../../forecasting/replay/exercise-7-1";
import type { Colour } from "../terminal/colour";
import { sparkLine } from "../terminal/spark-line";
import { table } from "../terminal/table";

const CAUSE_NAMES: Readonly<Record<Cause, string>> = {
  "new-skus": "new SKUs",
  sale: "offers (mix and response)",
  "called-off": "planned offers that did not show",
  "thin-sales": "chance at these volumes",
  regular: "ordinary items",
};

/** Columns of numbers after a title. */
const numbers = (title: string, others: readonly string[]) => [
  { title },
  ...others.map((name) => ({ title: name, align: "right" as const })),
];

/** What happened, why, and what was done about it. */
export function exercise71Lines(exercise: Exercise71, { bold, dim }: Colour): string[] {
  const { stores, skus, newSkus, seed } = exercise.size;
  return [
    bold("A summer of new SKUs and an unplanned sale"),
    dim(
      `${stores} stores x ${skus} SKUs (${newSkus} of them new), generated with seed ${seed}; WAPE at ${ERROR_LEVEL}`,
    ),
    "",
    ...monthTable(exercise),
    "",
    ...dailyPlot(exercise),
    "",
    ...exercise.attributions.flatMap((entry) => [...attributionTable(entry), ""]),
    bold("Decisions when they are carried out"),
    ...decisionLines(exercise),
  ];
}

function monthTable({ leftAlone, actedOn }: Exercise71): string[] {
  const cell = (errors: ErrorSums) =>
    errors.cells === 0 ? "–" : `${formatPercent(wapeOf(errors))} (${formatPercent(skillOf(errors), 0)})`;
  const rows = leftAlone.months.map(({ month, all, byKind }, i) => [
    month,
    cell(all),
    ...SEGMENT_KINDS.map((kind) => cell(byKind[kind])),
    cell(actedOn.months[i]!.all),
  ]);
  return table(numbers("WAPE (skill)", ["left alone", ...SEGMENT_KINDS, "acted on"]), rows);
}

function dailyPlot({ leftAlone, actedOn }: Exercise71): string[] {
  const values = ({ days }: Exercise71["leftAlone"]) =>
    days.map(({ errors }) => wapeOf(errors).value ?? undefined);
  const [alone, acted] = [values(leftAlone), values(actedOn)];
  const highest = Math.max(...alone.map((value) => value ?? 0));
  const taken = new Set(actedOn.records.filter(isTaken).map(({ day }) => day));
  const marks = actedOn.days.map(({ day }) => (taken.has(day) ? "▲" : " ")).join("");
  return [
    `left alone  ${sparkLine(alone, highest)}  0 to ${(highest * 100).toFixed(0)} %, a bar a day`,
    `acted on    ${sparkLine(acted, highest)}`,
    `actions     ${marks.trimEnd()}`,
  ];
}

function attributionTable({ to, attribution }: Exercise71["attributions"][number]): string[] {
  const points = (share: number) => `${share < 0 ? "" : "+"}${(share * 100).toFixed(2)}`;
  const { before, after, change } = attribution.decomposition;
  const rows = attribution.causes.map(({ cause, change: part, low, high, share, isNamed }) => [
    CAUSE_NAMES[cause],
    points(part),
    `${points(low)} to ${points(high)}`,
    `${(share * 100).toFixed(0)} %`,
    isNamed ? "named" : "",
  ]);
  const title = `2026-06 to ${to}`;
  return table(numbers(title, ["points", "95 % interval", "of the change", ""]), [
    ...rows,
    [`${(before * 100).toFixed(2)} % to ${(after * 100).toFixed(2)} %`, points(change), "", "100 %", ""],
  ]);
}

function decisionLines({ actedOn }: Exercise71): string[] {
  return actedOn.records.flatMap(({ day, scope, action, suppressedBy, evidence }) => [
    `${day}  ${scope}: ${action}${suppressedBy === undefined ? "" : ` (not again: ${suppressedBy})`}`,
    `            ${evidence.en}`,
    `            ${evidence.ja}`,
  ]);
}
