import type { BenchReport, Claim } from "./report";
import { LINE_TITLES, lineCells } from "./support/line-cells";
import { markdownTable } from "./support/markdown-table";

/** A benchmark as it was recorded. */
export interface Recorded extends BenchReport {
  /** Day of the run, as YYYY-MM-DD. */
  readonly on: string;
  /** Processor, cores and Node.js. */
  readonly machine: string;
}

/** Between these lines the README carries what the record says. */
export const README_MARKS = { begin: "<!-- measured: begin -->", end: "<!-- measured: end -->" } as const;

/** The README's table: every figure of it comes from the record. */
export function readmeTable(records: readonly Recorded[]): string {
  const machines = [...new Set(records.map(({ machine }) => machine))];
  const days = records.map(({ on }) => on).sort();
  const claims = records.flatMap((record) => record.claims ?? []);
  return [
    `\`npm run bench\` on ${machines.join(" and ")}, ${span(days)}. With a peer: medians of runs in turns; alone: one run.`,
    "The ratio is ours to the peer's in CPU time, which other work on the machine disturbs least.",
    "All lines: [docs/measured.md](docs/measured.md).",
    "",
    ...markdownTable(["What", "Ours", "Peer", "Ratio"], claims.map(cellsOf)),
  ].join("\n");
}

function span(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  return first === last ? `${first}` : `${first} to ${last}`;
}

function cellsOf({ what, ours, peer = "", ratio }: Claim): string[] {
  return [what, ours, peer, ratio?.toFixed(2) ?? ""];
}

/** The whole record as a page. */
export function measuredPage(records: readonly Recorded[]): string {
  return [
    "# What was measured",
    "",
    "Written by `npm run bench -- --record`; `docs/measured.json` has the same for machines. Peers ran in the same run, in turns.",
    ...records.flatMap(section),
    "",
  ].join("\n");
}

function section({ name, lines, ratios, notes, on, machine }: Recorded): string[] {
  return [
    "",
    `## ${name}`,
    "",
    `${on}, ${machine}`,
    "",
    ...markdownTable(
      LINE_TITLES,
      lines.map((line) => lineCells({ ...line, what: line.what.trim() })),
    ),
    "",
    ...ratios.map((ratio) => `- ${ratio.name}: **${ratio.value.toFixed(2)}** (target ${ratio.target})`),
    ...notes.map((note) => `- ${note}`),
  ];
}

/** The README with the table between its marks replaced. */
export function withTable(readme: string, table: string): string {
  const { begin, end } = README_MARKS;
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`README.md has no section between "${begin}" and "${end}"`);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}
