import { parseArgs } from "node:util";
import { processingInput, processingWork } from "../../contracts/processing-container";
import { dayNumber } from "../../forecasting/calendar/day";

/** A wrong argument: its message is all that the job's log needs. */
export class JobArgumentError extends Error {}

/** Days outside are a slip of the keyboard: no lake reaches so far. */
const FIRST_DAY = "2000-01-01";
const LAST_DAY = "2099-12-31";

const TEXT = { type: "string" } as const;
const LIST = { type: "string", multiple: true } as const;

const OPTIONS = {
  data: TEXT,
  "add-to": TEXT,
  "keep-lines": { type: "boolean" },
  lake: TEXT,
  truth: TEXT,
  "chain-sums": TEXT,
  features: TEXT,
  baseline: TEXT,
  models: TEXT,
  evaluation: TEXT,
  sums: TEXT,
  trends: TEXT,
  forecasts: TEXT,
  night: LIST,
  previous: TEXT,
  environment: TEXT,
  simulation: TEXT,
  orders: TEXT,
  answers: TEXT,
  rows: TEXT,
  served: TEXT,
  series: TEXT,
  candidate: TEXT,
  category: TEXT,
  version: LIST,
  calibration: LIST,
  group: TEXT,
  parts: LIST,
  output: TEXT,
  from: TEXT,
  to: TEXT,
  cutoff: TEXT,
  today: TEXT,
  block: LIST,
  threads: TEXT,
  shards: TEXT,
  stores: TEXT,
  skus: TEXT,
  days: TEXT,
  seed: TEXT,
  unsteady: { type: "boolean" },
} as const;

export type ArgumentName = keyof typeof OPTIONS;
type TextName = Exclude<
  ArgumentName,
  "parts" | "night" | "block" | "version" | "calibration" | "keep-lines" | "unsteady"
>;

/** The arguments of one job, read one by one with what is allowed. */
export class JobArguments {
  private readonly values: ReturnType<typeof parse>;

  public constructor(
    argv: readonly string[],
    private readonly job: string,
    allowed: readonly ArgumentName[],
  ) {
    this.values = parse(argv);
    const other = Object.keys(this.values).find((name) => !allowed.includes(name as ArgumentName));
    if (other !== undefined) {
      throw new JobArgumentError(
        `--${other} is no option of ${job}; it takes ${allowed.map((name) => `--${name}`).join(", ")}`,
      );
    }
  }

  /** Folder of an input, by default where SageMaker Processing mounts it. */
  public folder(name: TextName): string {
    return this.path(name) ?? processingInput(name);
  }

  public optionalFolder(name: TextName): string | undefined {
    return this.path(name);
  }

  /** A word that is no path, such as the environment's name. */
  public word(name: "environment"): string {
    const value = this.values[name];
    if (value === undefined || !/^[a-z0-9-]+$/.test(value)) {
      throw new JobArgumentError(
        `--${name} is ${value ?? "missing"}; allowed: lower-case letters, digits and -`,
      );
    }
    return value;
  }

  /** Folders that the shards of an earlier pass wrote. */
  public parts(): string[] {
    return this.values.parts ?? [processingInput("parts")];
  }

  /** Folders of nights' forecasts, by default one with a folder a night. */
  public nights(): string[] {
    return this.values.night ?? [processingInput("nights")];
  }

  /** Folder that the stage fills. */
  public output(): string {
    return this.path("output") ?? processingWork(this.job);
  }

  /** Whether SageMaker collects the result: it does unless there is an output of one's own. */
  public get isCollected(): boolean {
    return this.path("output") === undefined;
  }

  public text(name: TextName): string {
    const text = this.values[name];
    if (text === undefined || text === "") throw wrong(name, text, "a name");
    return text;
  }

  public versions(): string[] {
    return this.values.version ?? [];
  }

  public calibrations(): string[] {
    return this.values.calibration ?? [];
  }

  public day(name: TextName): string {
    const text = this.values[name];
    if (text === undefined) throw wrong(name, undefined, `a day such as 2026-11-23`);
    if (!isDay(text)) throw wrong(name, text, `a day from ${FIRST_DAY} to ${LAST_DAY}, written YYYY-MM-DD`);
    return text;
  }

  public optionalDay(name: TextName): string | undefined {
    return this.values[name] === undefined ? undefined : this.day(name);
  }

  public count(name: TextName, fallback: number, smallest = 1): number {
    const text = this.values[name];
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= smallest)) throw wrong(name, text, `a whole number from ${smallest} up`);
    return value;
  }

  public flag(name: "keep-lines" | "unsteady"): boolean {
    return this.values[name] ?? false;
  }

  /** Blocks of this shard; undefined: all. */
  public blocks(): number[] | undefined {
    return this.values.block?.map((text) => {
      if (!/^\d{1,6}$/.test(text)) throw wrong("block", text, "the number of a block");
      return Number(text);
    });
  }

  private path(name: TextName): string | undefined {
    const text = this.values[name];
    if (text?.trim() === "") throw wrong(name, text, "the name of a folder");
    return text;
  }
}

function wrong(name: string, text: string | undefined, allowed: string): JobArgumentError {
  const found = text === undefined ? "not given" : `"${text.slice(0, 80)}"`;
  return new JobArgumentError(`--${name} is ${found}; allowed: ${allowed}`);
}

function isDay(text: string): boolean {
  try {
    const day = dayNumber(text);
    return day >= dayNumber(FIRST_DAY) && day <= dayNumber(LAST_DAY);
  } catch {
    return false;
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values;
  } catch (error) {
    throw new JobArgumentError(error instanceof Error ? error.message.split(". ")[0]! : String(error));
  }
}
