/** `npm run forecast`: a forecast week from data to report; see `--help`. */
import { join, normalize, relative } from "node:path";
import { checkInput } from "../runtime/ingest/check-input";
import type { IngestConfig } from "../runtime/ingest/config";
import { configFor } from "../runtime/ingest/config-file";
import { readState } from "../runtime/ingest/ingest-state";
import { initConfig } from "../runtime/ingest/suggest-config";
import { runWeek, WEEK_FILES } from "../runtime/pipelines/run-week";
import { Steps } from "../runtime/pipelines/steps";
import { replaceFolder } from "../runtime/engine/files/replace-folder";
import { workNames } from "../runtime/engine/files/work-names";
import type { ReportData } from "../runtime/report/report-data";
import { DEFAULT_OUT, DEFAULT_SIZE, forecastArguments, lakeIn, SIZES } from "./forecast-options";
import { drawnSteps } from "./drawn-steps";
import { weekLines } from "./forecast-summary";
import { print } from "./terminal/print";
import { runCommand } from "./terminal/run-command";
import { todayAt } from "./today-at";

export interface ForecastWeekOptions {
  /** Folder with the user's own files (POS sales, and masters where there are any). @default generated data */
  readonly data?: string;
  /** YAML file that says how the files are to be read. @default the data folder's smartretail.data.yaml */
  readonly config?: string;
  /** Adds those of the files that the result in `out` does not have to it. @default false: all files make a new result */
  readonly add?: boolean;
  readonly stores?: number;
  readonly skus?: number;
  readonly days?: number;
  readonly seed?: number;
  /** Generated stores and items change as real ones do. @default false */
  readonly unsteady?: boolean;
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

/** Runs the week into a folder beside `out` and puts it in place when all of it is there. */
export async function runForecastWeek(options: ForecastWeekOptions = {}): Promise<ForecastWeekSummary> {
  const outFolder = normalize(`${options.out ?? DEFAULT_OUT}/.`);
  const size = { ...DEFAULT_SIZE, ...definedOnly(options) };
  const steps = new Steps(drawnSteps(options.quiet ?? false));
  const config = await dataConfig(options);
  const fixed = {
    data: options.data,
    today: todayAt(config?.timeZone),
    unsteady: options.unsteady ?? false,
    ...(config ? { config } : {}),
    ...(options.add ? { addTo: lakeIn(outFolder) } : {}),
    rejected: workNames.rejected(outFolder),
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

/** How the user's files are read: what is added to a result as its other files were, unless something else is said. */
export async function dataConfig({
  data,
  config,
  add,
  out,
}: Pick<ForecastWeekOptions, "data" | "config" | "add" | "out">): Promise<IngestConfig | undefined> {
  if (data === undefined) return undefined;
  const before = add ? await readState(lakeIn(out ?? DEFAULT_OUT)) : undefined;
  return configFor(data, config, before?.config);
}

const definedOnly = (options: ForecastWeekOptions) =>
  Object.fromEntries(SIZES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));

/** @returns the exit code; what goes wrong is thrown */
export async function main(argv: readonly string[]): Promise<number> {
  const given = forecastArguments(argv);
  const { data, config, add, init, out, sizes, unsteady, json } = given;
  if (data !== undefined && init) {
    print(await initConfig(data, todayAt(undefined)));
    return 0;
  }
  if (data !== undefined) await checkInput(data, await dataConfig(given));
  const summary = await runForecastWeek({ data, config, add, out, unsteady, quiet: json, ...sizes });
  if (json)
    print(JSON.stringify({ ...summary, report: { ...summary.report, plots: undefined } }, undefined, 2));
  else print(...weekLines(summary, relative(process.cwd(), summary.reportFile)));
  return 0;
}

if (require.main === module) runCommand(main);
