import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { worldDays } from "../forecasting/generator/options";
import { assertApart } from "../runtime/engine/files/assert-apart";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFolder } from "../runtime/engine/files/output-folder";
import { canBeAddedTo } from "../runtime/ingest/ingest-state";
import { parseOptions } from "./terminal/parse-options";

/** Where a result keeps the lake that later files are added to. */
export const lakeIn = (out: string) => join(out, "lake");

/** About a minute on two cores. */
export const DEFAULT_SIZE = { stores: 16, skus: 240, days: 420, seed: 7 } as const;
export const DEFAULT_OUT = join(".smartretail", "week");
export const SIZES = ["stores", "skus", "days", "seed"] as const;

const FORECAST_USAGE =
  "npm run forecast -- [--data DIR [--config FILE] [--add | --init] | --stores N --skus N --days N --seed N --unsteady] [--out DIR] [--json]";

export const FORECAST_HELP = `npm run forecast -- [options]

  --data DIR     forecast from your own files in DIR (or one file of sales) instead of generated ones
  --config FILE  how your files are to be read (default smartretail.data.yaml in DIR, if there is one)
  --add          add the files of DIR that the earlier result in --out does not have to it: a new day's, or a late one
  --init         write such a file from what DIR shows, with comments, and stop
  --stores N     stores to generate (default ${DEFAULT_SIZE.stores})
  --skus N       SKUs to generate (default ${DEFAULT_SIZE.skus})
  --days N       days of history to generate (default ${DEFAULT_SIZE.days})
  --seed N       seed of the generated data (default ${DEFAULT_SIZE.seed})
  --unsteady     generate stores that rest, close for good, items that are delisted, grow or fade, price rises, till faults;
                 --days 730 shows two years of them
  --out DIR      folder of the results: new, empty, or made by an earlier run (default ${DEFAULT_OUT})
  --json         print the summary as JSON and no progress`;

const OPTIONS = {
  data: { type: "string" },
  config: { type: "string" },
  add: { type: "boolean", default: false },
  init: { type: "boolean", default: false },
  stores: { type: "string" },
  skus: { type: "string" },
  days: { type: "string" },
  seed: { type: "string" },
  unsteady: { type: "boolean", default: false },
  out: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export interface ForecastArguments {
  readonly data?: string;
  readonly config?: string;
  /** The files are added to the result that `out` holds. */
  readonly add: boolean;
  readonly init: boolean;
  readonly out?: string;
  readonly sizes: Partial<Record<(typeof SIZES)[number], number>>;
  /** Generated stores and items change as real ones do. */
  readonly unsteady: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** The options of `npm run forecast`, each of them checked, before the first byte of data is read. */
export function forecastArguments(argv: readonly string[]): ForecastArguments {
  const { data, config, add, init, out, unsteady, json, help, ...sizeTexts } = parseOptions(
    argv,
    OPTIONS,
    FORECAST_USAGE,
  );
  const sizes = Object.fromEntries(
    SIZES.flatMap((name) => {
      const text = sizeTexts[name];
      return text === undefined ? [] : [[name, wholeNumber(name, text)]];
    }),
  );
  if (!help) {
    for (const [name, isGiven] of [
      ["config", config !== undefined],
      ["add", add],
      ["init", init],
    ] as const)
      if (isGiven && data === undefined)
        throw new UserError(`--${name} is for your own files: give --data too`);
    if (config === "") throw new UserError('--config is "": the path of a YAML file is allowed');
    if (init && add) throw new UserError("--init adds nothing: leave out one of --init and --add");
    if (init && data !== undefined) checkData(data);
    else checkRun({ data, add, out, sizes, unsteady });
  }
  return { data, config, add, init, out, sizes, unsteady, json, help };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UserError(`--${name} is "${text}": a whole number is allowed`);
  return Number(text);
}

/** Whether a run with these options can begin: sizes, the data, the output folder, and that they are apart. */
function checkRun({
  data,
  add,
  out,
  sizes,
  unsteady,
}: Pick<ForecastArguments, "data" | "add" | "out" | "sizes" | "unsteady">): void {
  const target = out ?? DEFAULT_OUT;
  if (data === undefined) {
    checkSizes(sizes);
  } else {
    const [given] = [...Object.keys(sizes), ...(unsteady ? ["unsteady"] : [])];
    if (given !== undefined)
      throw new UserError(`--${given} is for generated data: leave it out, or leave out --data`);
    checkData(data);
  }
  if (data !== undefined) assertApart([{ name: "--data", path: data }], [{ name: "--out", path: target }]);
  checkOutputFolder(target);
  if (add && !canBeAddedTo(lakeIn(target)))
    throw new UserError(
      `--add: ${target} holds no result of your own files that could be added to; run without --add first`,
    );
}

function checkSizes(sizes: ForecastArguments["sizes"]): void {
  try {
    worldDays({ ...DEFAULT_SIZE, ...sizes });
  } catch (error) {
    throw new UserError(`--${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkData(data: string): void {
  const found = statSync(data, { throwIfNoEntry: false });
  if (!found) throw new UserError(`--data is "${data}": there is no such file or folder`);
  try {
    accessSync(data, found.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
  } catch {
    throw new UserError(`--data is "${data}": it cannot be read; give yourself the right to read it`);
  }
  if (found.isDirectory() && readdirSync(data).length === 0)
    throw new UserError(`--data is "${data}": the folder is empty; files of sales are allowed`);
}
