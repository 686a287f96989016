import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { generateLake } from "../runtime/generate/generate";
import type { BenchLine, BenchReport } from "./report";
import { figuresOf, inTurns, TURNS, type Turns } from "./support/in-turns";
import { measure, type MeasuredRun } from "./support/measured-run";
import { gigabytes, took } from "./support/words";
import { writePeerTables, type PeerTables } from "./support/peer-tables";

const FOLDER = resolve(".smartretail/bench/features");
const POLARS_HOME = resolve(".smartretail/bench/polars");
const POLARS_PACKAGES = ["nodejs-polars@0.26.1", "nodejs-polars-linux-x64-gnu@0.26.1"];
const PYTHON = "/usr/bin/python3";
const SIZES = {
  /** 40 million rows: 8 % of the SKUs start within the history. */
  full: { stores: 105, skus: 1000, days: 400 },
  quick: { stores: 10, skus: 500, days: 300 },
} as const;

/** Feature building: ours (kernel, and DuckDB alone) beside Polars and pandas, each in a process of its own. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  const lake = join(FOLDER, "lake");
  const notes: string[] = [
    "all read the same Parquet lake on two threads and write all columns; Polars and pandas get both day tables (plans, calendar, chain mean) ready made",
  ];
  await mkdir(FOLDER, { recursive: true });
  try {
    await generateLake({ ...size, seed: 1, truth: false, out: lake });
    const tables = await writePeerTables(lake, FOLDER);
    const runs = await inTurns(quick ? TURNS.quick : TURNS.full, {
      kernel: () => runOurs(lake, "kernel"),
      sql: quick ? () => runOurs(lake, "sql") : undefined,
      ...(await peers(notes, lake, tables)),
    });
    return report(runs, notes);
  } finally {
    await rm(FOLDER, { recursive: true, force: true });
  }
}

type Run = () => Promise<MeasuredRun>;

/** The peers that are installed here; what is missing becomes a note. */
async function peers(
  notes: string[],
  lake: string,
  tables: PeerTables,
): Promise<Record<"polars" | "pandas", Run | undefined>> {
  let polars: Run | undefined;
  try {
    await installPolars();
    polars = () => runPolars(lake, tables);
  } catch (error) {
    notes.push(`Polars is left out: ${firstLine(error)}`);
  }
  const { status } = spawnSync(PYTHON, ["-c", "import pandas"]);
  if (status !== 0) notes.push(`pandas is left out: ${PYTHON} cannot import it`);
  return { polars, pandas: status === 0 ? () => runPandas(tables) : undefined };
}

function runOurs(lake: string, engine: "kernel" | "sql"): Promise<MeasuredRun> {
  const script = join(__dirname, "support/data-run.ts");
  return measure(process.execPath, [
    "--import",
    "tsx",
    script,
    "features",
    lake,
    join(FOLDER, "ours"),
    engine,
  ]);
}

async function runPolars(lake: string, tables: PeerTables): Promise<MeasuredRun> {
  const script = join(__dirname, "peers/features-polars.mjs");
  const out = join(FOLDER, "polars");
  return measure(process.execPath, [script, POLARS_HOME, lake, tables.skuDay, tables.storeDay, out]);
}

/** Polars is a peer, not a dependency: it is installed beside the benchmark, once. */
async function installPolars(): Promise<void> {
  if (existsSync(join(POLARS_HOME, "node_modules/nodejs-polars"))) return;
  await mkdir(POLARS_HOME, { recursive: true });
  await promisify(execFile)("npm", ["install", "--prefix", POLARS_HOME, "--no-save", ...POLARS_PACKAGES]);
}

async function runPandas(tables: PeerTables): Promise<MeasuredRun> {
  const out = join(FOLDER, "pandas");
  await mkdir(out, { recursive: true });
  return measure(PYTHON, [join(__dirname, "peers/features_pandas.py"), tables.arrays, out]);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

function lineOf(what: string, run: Turns<MeasuredRun> | undefined, note: string): BenchLine[] {
  if (run === undefined) return [];
  const { rowCount } = run.last;
  const rate = { rate: rowCount / run.seconds, rateUnit: "rows/s" };
  const rows = `${(rowCount / 1e6).toFixed(1)} M rows`;
  return [{ what, ...figuresOf(run), ...rate, note: `${rows}; ${note}` }];
}

type Medians = Record<"kernel", Turns<MeasuredRun>> &
  Record<"sql" | "polars" | "pandas", Turns<MeasuredRun> | undefined>;

function report({ kernel, sql, polars, pandas }: Medians, notes: readonly string[]): BenchReport {
  const peakMegabytes = kernel.peakMegabytes ?? 0;
  return {
    name: "features",
    lines: [
      ...lineOf("ours, kernel", kernel, "chain means included"),
      ...lineOf("ours, SQL alone", sql, "the definition, run by DuckDB"),
      ...lineOf("peer: Polars (nodejs-polars)", polars, "over(), block by block"),
      ...lineOf("peer: pandas", pandas, "groupby.rolling, one block, no Parquet"),
    ],
    ratios: [
      ...(polars ? ratiosTo("Polars", kernel, polars, ">= 1") : []),
      ...(pandas ? ratiosTo("pandas", kernel, pandas, ">= 5") : []),
      { name: "peak MB", value: peakMegabytes, target: "<= 500" },
    ],
    notes,
    claims: [
      {
        what: `Features, ${Math.round(kernel.last.rowCount / 1e6)} million rows`,
        ours: `${took(kernel)}, ${gigabytes(peakMegabytes)}`,
        ...(polars
          ? {
              peer: `Polars: ${took(polars)}, ${gigabytes(polars.peakMegabytes ?? 0)}`,
              ratio: kernel.cpuSeconds / polars.cpuSeconds,
            }
          : {}),
      },
    ],
  };
}

/** By the clock, and by processor time, which other work on the machine disturbs less. */
function ratiosTo(
  peer: string,
  ours: Turns<MeasuredRun>,
  theirs: Turns<MeasuredRun>,
  target: string,
): BenchReport["ratios"] {
  const rows = ours.last.rowCount / theirs.last.rowCount;
  return [
    { name: `rows/s over ${peer}`, value: (rows * theirs.seconds) / ours.seconds, target },
    { name: `rows per CPU second over ${peer}`, value: (rows * theirs.cpuSeconds) / ours.cpuSeconds, target },
  ];
}
