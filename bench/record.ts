import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { measuredPage, readmeTable, withTable, type Recorded } from "./measured";
import type { BenchReport } from "./report";

const ROOT = join(__dirname, "..");
const README = join(ROOT, "README.md");
/** Every benchmark's last full run, in the order of their names. */
export const RECORD_FILE = join(ROOT, "docs", "measured.json");
export const PAGE_FILE = join(ROOT, "docs", "measured.md");

/** As many digits as a noisy machine gives. */
const DIGITS = 4;

/** Keeps a full run in place of the one before it, in the record, its page and the README. */
export function record(report: BenchReport): void {
  const others = readRecords().filter(({ name }) => name !== report.name);
  const on = new Date().toISOString().slice(0, 10);
  const records = [...others, { ...rounded(report), on, machine: machineWords() }].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  replaceFileSync(RECORD_FILE, `${JSON.stringify(records, undefined, 2)}\n`);
  replaceFileSync(PAGE_FILE, measuredPage(records));
  replaceFileSync(README, withTable(readFileSync(README, "utf8"), readmeTable(records)));
}

export function readRecords(): Recorded[] {
  try {
    return JSON.parse(readFileSync(RECORD_FILE, "utf8")) as Recorded[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function rounded(report: BenchReport): BenchReport {
  const text = JSON.stringify(report, (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(DIGITS)) : value,
  );
  return JSON.parse(text) as BenchReport;
}

function machineWords(): string {
  const all = cpus();
  const model = all[0]?.model.replaceAll(/\s+/g, " ").trim() || process.arch;
  return `${all.length} cores of ${model}, Node.js ${process.versions.node}`;
}
