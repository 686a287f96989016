/** `npm run bench [-- <name> ...] [--quick] [--json] [--record]`: runs the benchmarks; `accuracy --data DIR` measures on your files. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkData } from "../scripts/forecast-options";
import { colour, wantsColour } from "../scripts/terminal/colour";
import { startProgress } from "../scripts/terminal/progress";
import { parseWords } from "../scripts/terminal/parse-options";
import { runCommand } from "../scripts/terminal/run-command";
import { table } from "../scripts/terminal/table";
import { usageOf } from "../scripts/usage-of";
import { record } from "./record";
import type { BenchReport } from "./report";
import { LINE_TITLES, lineCells } from "./support/line-cells";

interface Benchmark {
  run(options: { quick: boolean; data?: string }): Promise<BenchReport>;
}

const FOLDER = __dirname;

const OPTIONS = {
  quick: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  record: { type: "boolean", default: false },
  data: { type: "string" },
} as const;

/** Names of the benchmarks: the files of bench/ that export `run`. */
function benchmarkNames(): string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .filter(({ name }) => /^export async function run\(/m.test(readFileSync(join(FOLDER, name), "utf8")))
    .map(({ name }) => name.replace(/\.ts$/, ""))
    .sort();
}

async function load(name: string): Promise<Benchmark> {
  return (await import(join(FOLDER, `${name}.ts`))) as Benchmark;
}

export async function main(argv: readonly string[]): Promise<number> {
  const { values, words } = parseWords(argv, OPTIONS, usageOf("bench"));
  if (values.record && (values.quick || values.data !== undefined))
    throw new UserError("--record keeps full runs on generated data: leave out --quick and --data");
  const known = benchmarkNames();
  const unknown = words.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UserError(`benchmark "${unknown}" does not exist; there are: ${known.join(", ")}`);
  if (values.data !== undefined && (words.length !== 1 || words[0] !== "accuracy"))
    throw new UserError("--data is for the benchmark accuracy alone: npm run bench -- accuracy --data DIR");
  if (values.data !== undefined) checkData(values.data);
  const reports: BenchReport[] = [];
  for (const name of words.length > 0 ? words : known) {
    const progress = startProgress(`bench ${name}`, { quiet: values.json });
    const report = await (await load(name)).run({ quick: values.quick, data: values.data });
    progress.done();
    reports.push(report);
    // At once: the next one may fail, and all of them take an hour.
    if (values.record) record(report);
    if (!values.json) print(report);
  }
  if (values.json) console.log(JSON.stringify(reports, undefined, 2));
  return 0;
}

function print({ name, lines, ratios, notes }: BenchReport): void {
  const { bold, dim } = colour(wantsColour(process.stdout));
  const columns = LINE_TITLES.map((title) =>
    title === "what" || title === "note" ? { title } : { title, align: "right" as const },
  );
  console.log(`\n${bold(name)}`);
  for (const line of table(columns, lines.map(lineCells))) console.log(`  ${line}`);
  for (const ratio of ratios)
    console.log(`  ${ratio.name}: ${ratio.value.toFixed(2)} (target ${ratio.target})`);
  for (const line of notes) console.log(dim(`  ${line}`));
}

if (require.main === module) runCommand(main);
