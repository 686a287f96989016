import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { generateLake } from "../runtime/generate/generate";
import type { BenchLine, BenchReport } from "./report";
import { measure, type MeasuredRun } from "./support/measured-run";
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
    const kernel = await runOurs(lake, "kernel");
    const polars = await attempt(notes, "Polars", () => runPolars(lake, tables));
    const sql = quick ? await runOurs(lake, "sql") : undefined;
    const pandas = await attempt(notes, "pandas", () => runPandas(tables));
    return report(kernel, sql, polars, pandas, notes);
  } finally {
    await rm(FOLDER, { recursive: true, force: true });
  }
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
  await installPolars();
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
  if (!existsSync(PYTHON)) throw new Error(`there is no ${PYTHON}`);
  const out = join(FOLDER, "pandas");
  await mkdir(out, { recursive: true });
  return measure(PYTHON, [join(__dirname, "peers/features_pandas.py"), tables.arrays, out]);
}

async function attempt(
  notes: string[],
  peer: string,
  run: () => Promise<MeasuredRun>,
): Promise<MeasuredRun | undefined> {
  try {
    return await run();
  } catch (error) {
    notes.push(
      `${peer} is left out: ${(error instanceof Error ? error.message : String(error)).split("\n")[0]}`,
    );
    return undefined;
  }
}

function report(
  kernel: MeasuredRun,
  sql: MeasuredRun | undefined,
  polars: MeasuredRun | undefined,
  pandas: MeasuredRun | undefined,
  notes: readonly string[],
): BenchReport {
  const line = (what: string, measured: MeasuredRun | undefined, note: string): BenchLine[] =>
    measured === undefined
      ? []
      : [
          {
            what,
            seconds: measured.seconds,
            peakMegabytes: measured.peakMegabytes,
            rate: measured.rowCount / measured.seconds,
            rateUnit: "rows/s",
            note: `${(measured.rowCount / 1e6).toFixed(1)} M rows, ${measured.cpuSeconds.toFixed(1)} CPU s; ${note}`,
          },
        ];
  return {
    name: "features",
    lines: [
      ...line("ours, kernel", kernel, "chain means included"),
      ...line("ours, SQL alone", sql, "the definition, run by DuckDB"),
      ...line("peer: Polars (nodejs-polars)", polars, "over(), block by block"),
      ...line("peer: pandas", pandas, "groupby.rolling, one block, no Parquet"),
    ],
    ratios: [
      ...(polars ? ratiosTo("Polars", kernel, polars, ">= 1") : []),
      ...(pandas ? ratiosTo("pandas", kernel, pandas, ">= 5") : []),
      { name: "peak MB", value: kernel.peakMegabytes, target: "<= 500" },
    ],
    notes,
  };
}

/** By the clock, and by processor time, which other work on the machine disturbs less. */
function ratiosTo(
  peer: string,
  ours: MeasuredRun,
  theirs: MeasuredRun,
  target: string,
): BenchReport["ratios"] {
  const of = (rate: (run: MeasuredRun) => number) => rate(ours) / rate(theirs);
  return [
    { name: `rows/s over ${peer}`, value: of((run) => run.rowCount / run.seconds), target },
    { name: `rows per CPU second over ${peer}`, value: of((run) => run.rowCount / run.cpuSeconds), target },
  ];
}
