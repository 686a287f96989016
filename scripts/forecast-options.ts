import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { worldDays } from "../forecasting/generator/options";
import { assertApart } from "../runtime/engine/files/assert-apart";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFolder } from "../runtime/engine/files/output-folder";
import { canBeAddedTo } from "../runtime/ingest/ingest-state";
import { parseOptions } from "./terminal/parse-options";
import { usageOf } from "./usage-of";

/** Where a result keeps the lake that later files are added to. */
export const lakeIn = (out: string) => join(out, "lake");

/** About a minute on two cores. */
export const DEFAULT_SIZE = { stores: 16, skus: 240, days: 420, seed: 7 } as const;
export const DEFAULT_OUT = join(".smartretail", "week");
export const SIZES = ["stores", "skus", "days", "seed"] as const;

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
} as const;

export interface ForecastArguments {
  readonly data?: string;
  readonly config?: string;
  /** The files are added to the result that `out` holds. */
  readonly add: boolean;
  readonly init: boolean;
  readonly out?: string;
  readonly sizes: Sizes;
  /** Generated stores and items change as real ones do. */
  readonly unsteady: boolean;
  readonly json: boolean;
}

/** The options of `npm run forecast`, each of them checked, before the first byte of data is read. */
export function forecastArguments(argv: readonly string[], command = "forecast"): ForecastArguments {
  const given = parseOptions(argv, OPTIONS, usageOf(command));
  const { data, config, add, init, out, unsteady, json } = given;
  const sizes = sizesOf(given);
  for (const [name, isGiven] of [
    ["config", config !== undefined],
    ["add", add],
    ["init", init],
  ] as const)
    if (isGiven && data === undefined)
      throw new UserError(`--${name} is for your own files: give --data too`);
  if (init && add) throw new UserError("--init adds nothing: leave out one of --init and --add");
  if (init && data !== undefined) checkData(data);
  else checkRun({ data, add, out, sizes, unsteady });
  return { data, config, add, init, out, sizes, unsteady, json };
}

export type Sizes = Partial<Record<(typeof SIZES)[number], number>>;

/** The sizes among the texts of a command line; @throws UserError for one that is no whole number */
export function sizesOf(texts: Partial<Record<(typeof SIZES)[number], string>>): Sizes {
  return Object.fromEntries(
    SIZES.flatMap((name) => {
      const text = texts[name];
      return text === undefined ? [] : [[name, wholeNumber(name, text)]];
    }),
  );
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

/** @throws UserError for a size that a generated chain cannot have */
export function checkSizes(sizes: Sizes): void {
  try {
    worldDays({ ...DEFAULT_SIZE, ...sizes });
  } catch (error) {
    throw new UserError(`--${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UserError unless there is something in `data` that can be read */
export function checkData(data: string): void {
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
