/** `npm run forecast`: a forecast week from data to report; see `--help`. */
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { runWeek, WEEK_FILES } from "../runtime/pipelines/run-week";
import { type StepListener, Steps } from "../runtime/pipelines/steps";
import { replaceFolder } from "../runtime/engine/files/replace-folder";
import type { ReportData } from "../runtime/report/report-data";
import { weekLines } from "./forecast-summary";
import { type Progress, startProgress } from "./terminal/progress";

export interface ForecastWeekOptions {
  /** Folder with the user's own files (POS sales, and masters where there are any). @default generated data */
  readonly data?: string;
  readonly stores?: number;
  readonly skus?: number;
  readonly days?: number;
  readonly seed?: number;
  /** Folder of the results; replaced as a whole when the run succeeds. @default .smartretail/week */
  readonly out?: string;
  /** No progress on stderr. */
  readonly quiet?: boolean;
}

export interface ForecastWeekSummary {
  readonly outFolder: string;
  readonly reportFile: string;
  readonly summaryFile: string;
  /** A glob: one file a block. */
  readonly forecastsFile: string;
  readonly ordersFile: string;
  /** Everything that the report shows. */
  readonly report: ReportData;
}

/** About a minute on two cores. */
export const DEFAULT_SIZE = { stores: 16, skus: 240, days: 420, seed: 7 } as const;
export const DEFAULT_OUT = join(".smartretail", "week");

/** Runs the week into a folder beside `out` and puts it in place when all of it is there. */
export async function runForecastWeek(options: ForecastWeekOptions = {}): Promise<ForecastWeekSummary> {
  const outFolder = options.out ?? DEFAULT_OUT;
  const size = { ...DEFAULT_SIZE, ...definedOnly(options) };
  const steps = new Steps(drawnSteps(options.quiet ?? false));
  const fixed = {
    data: options.data,
    today: localDate(new Date()),
    quarantine: `${outFolder}-quarantine.csv`,
  };
  const report = await replaceFolder(outFolder, (folder) => runWeek({ ...fixed, ...size }, folder, steps), {
    // What a killed run has finished is not done again.
    resumes: true,
  });
  const at = (name: string) => join(outFolder, name);
  return {
    outFolder,
    reportFile: at(WEEK_FILES.report),
    summaryFile: at(WEEK_FILES.summary),
    forecastsFile: at(WEEK_FILES.forecasts),
    ordersFile: at(WEEK_FILES.orders),
    report,
  };
}

/** The date on the wall: a shop's day is not UTC's. */
function localDate(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const SIZES = ["stores", "skus", "days", "seed"] as const;

const definedOnly = (options: ForecastWeekOptions) =>
  Object.fromEntries(SIZES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));

function drawnSteps(quiet: boolean): StepListener {
  let progress: Progress | undefined;
  return {
    onStart: (name) => (progress = startProgress(name, { quiet })),
    onProgress: (detail) => progress?.update(detail),
    onDone: ({ detail }) => progress?.done(detail),
  };
}

const HELP = `npm run forecast -- [options]

  --data DIR     forecast from your own files in DIR instead of generated ones
  --stores N     stores to generate (default ${DEFAULT_SIZE.stores})
  --skus N       SKUs to generate (default ${DEFAULT_SIZE.skus})
  --days N       days of history to generate (default ${DEFAULT_SIZE.days})
  --seed N       seed of the generated data (default ${DEFAULT_SIZE.seed})
  --out DIR      folder of the results (default ${DEFAULT_OUT})
  --json         print the summary as JSON and no progress`;

const OPTIONS = {
  data: { type: "string" },
  stores: { type: "string" },
  skus: { type: "string" },
  days: { type: "string" },
  seed: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`--${name} is "${text}": a whole number is allowed`);
  return Number(text);
}

export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const sizes = Object.fromEntries(SIZES.map((name) => [name, wholeNumber(name, values[name])]));
    const summary = await runForecastWeek({
      data: values.data,
      out: values.out,
      quiet: values.json,
      ...sizes,
    });
    if (values.json)
      console.log(
        JSON.stringify({ ...summary, report: { ...summary.report, plots: undefined } }, undefined, 2),
      );
    else
      for (const line of weekLines(summary, relative(process.cwd(), summary.reportFile))) console.log(line);
    return 0;
  } catch (error) {
    console.error(firstLine(error));
    return 1;
  }
}

/** Errors of the databases below can be paragraphs; the first line names the cause. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n")[0] ?? message;
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
