/** `npm run pipeline`: starts and follows the state machines, on this computer or in a deployed stack. */
import { setTimeout as pause } from "node:timers/promises";
import { CATEGORIES, type Category } from "../contracts/categories";
import { MACHINE_KINDS, type MachineKind } from "../contracts/machines";
import { dayNumber } from "../forecasting/calendar/day";
import { readStackConfig } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import type { PipelineRuns, RunSummary } from "../runtime/pipelines/pipeline-runs";
import { parseSettings } from "../stacks/settings";
import { DEFAULT_ACCOUNT, hasAccount, openLocalAccount } from "./pipeline/local-account";
import { beginningOf, follow, type RunOutcome } from "./pipeline/follow";
import { tellState } from "./pipeline/state-lines";
import { drawnSteps } from "./drawn-steps";
import { parseOptions } from "./terminal/parse-options";
import { print } from "./terminal/print";
import { table } from "./terminal/table";
import { usageOf } from "./usage-of";

const ROOT = `${__dirname}/..`;
const POLL_MILLISECONDS = 5000;
/** 128 and the number of SIGINT. */
const INTERRUPTED = 130;

const OPTIONS = {
  local: { type: "boolean", default: false },
  stack: { type: "string" },
  account: { type: "string" },
  data: { type: "string" },
  date: { type: "string" },
  category: { type: "string", multiple: true },
  wait: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

/** What a person calls the machines. */
const WORDS: Readonly<Record<string, MachineKind>> = { nightly: "nightly", weekly: "weekly", tune: "tuning" };

/** @returns the exit code: 1 for a run that has failed */
export async function main(argv: readonly string[]): Promise<number> {
  const usage = usageOf("pipeline");
  const [word = "", ...rest] = argv;
  const packageArn = word === "approve" ? rest.shift() : undefined;
  const options = parseOptions(rest, OPTIONS, usage);
  const { stack, local, date, account, data, json } = options;
  if (stack !== undefined && (local || account !== undefined || data !== undefined))
    throw new UserError("--stack is for a deployed stack: --local, --account and --data are not for it");
  if (date !== undefined) checkDate(date);
  const categories = categoriesOf(options.category ?? []);
  if (categories.length > 0 && word !== "weekly")
    throw new UserError("--category is for weekly: what the other machines do is of all categories");
  const kind = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (kind === undefined && word !== "runs" && word !== "approve")
    throw new UserError(
      `"${word}" is nothing to do; allowed: ${[...Object.keys(WORDS), "runs", "approve"].join(", ")} (${usage})`,
    );
  if (kind === undefined && date !== undefined)
    throw new UserError(`--date is for a run that starts: ${word} starts none`);
  if (kind === undefined && data !== undefined)
    throw new UserError(`--data is for the first run of an account: ${word} only looks at one`);
  if (word === "approve" && !packageArn?.startsWith("arn:"))
    throw new UserError(`approve takes the ARN of a model package (${usage})`);
  // Who only looks makes nothing.
  if (kind === undefined && stack === undefined && !hasAccount(account))
    return withoutAccount(word, account, json);
  const runs =
    stack === undefined
      ? await openLocalAccount({ account, data, listener: drawnSteps(json) })
      : await connectTo(stack);

  if (word === "approve") return approve(runs, packageArn!, json);
  if (kind === undefined) return listRuns(runs, json);
  const start = { word, kind, date, categories, stack, account, waits: options.wait, json };
  const { code, lines, value } = await runMachine(runs, start);
  print(...(json ? [JSON.stringify(value)] : lines));
  return code;
}

function withoutAccount(word: string, account: string | undefined, json: boolean): number {
  const none = `there is no account at ${account ?? DEFAULT_ACCOUNT} yet: npm run pipeline -- weekly makes one`;
  if (word === "approve") throw new UserError(`nothing can be approved: ${none}`);
  print(json ? JSON.stringify({ runs: [] }) : `no runs: ${none}`);
  return 0;
}

function categoriesOf(names: readonly string[]): Category[] {
  const unknown = names.find((name) => !(CATEGORIES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UserError(`--category is "${unknown}"; allowed: ${CATEGORIES.join(", ")}`);
  return CATEGORIES.filter((name) => names.includes(name));
}

function checkDate(date: string): void {
  try {
    dayNumber(date);
  } catch {
    throw new UserError(`--date is "${date}": a day such as 2026-11-25 is allowed`);
  }
}

async function approve(runs: PipelineRuns, packageArn: string, json: boolean): Promise<number> {
  await runs.approve(packageArn);
  print(json ? JSON.stringify({ approved: packageArn }) : `${packageArn} is approved`);
  return 0;
}

async function listRuns(runs: PipelineRuns, json: boolean): Promise<number> {
  const all: RunSummary[] = [];
  for (const kind of MACHINE_KINDS) all.push(...(await runs.list(kind)));
  if (json) {
    print(JSON.stringify({ runs: all }));
    return 0;
  }
  const rows = all.map(({ name, status, startedAt }) => [name, status, startedAt]);
  print(...table([{ title: "Run" }, { title: "Status" }, { title: "Started" }], rows));
  return 0;
}

interface Start {
  /** The machine as a person calls it. */
  readonly word: string;
  readonly kind: MachineKind;
  readonly date: string | undefined;
  /** That are trained; none: all. */
  readonly categories: readonly Category[];
  /** Undefined on this computer. */
  readonly stack: string | undefined;
  readonly account: string | undefined;
  readonly waits: boolean;
  readonly json: boolean;
}

async function runMachine(runs: PipelineRuns, start: Start): Promise<RunOutcome> {
  const { word, kind, date, categories, stack, account, waits, json } = start;
  const run = await runs.start(kind, date, categories);
  const where = [
    stack === undefined ? "" : ` --stack ${stack}`,
    account === undefined ? "" : ` --account '${account}'`,
  ].join("");
  const look = `npm run pipeline -- runs${where}`;
  if (stack !== undefined && !waits) return beginningOf(runs, run, look);
  if (!json) print(run);
  const tellInterrupted = () => {
    const day = [
      date === undefined ? "" : ` --date ${date}`,
      ...categories.map((name) => ` --category ${name}`),
    ].join("");
    process.stderr.write(
      stack === undefined
        ? `\n${run} stops here and can go on: npm run pipeline -- ${word}${day}${where}\n`
        : `\n${run} goes on without this command: ${look} shows how it goes\n`,
    );
    // Nothing on this computer is half-written.
    if (stack !== undefined) process.exit(INTERRUPTED);
  };
  process.prependListener("SIGINT", tellInterrupted);
  try {
    return await follow(runs, run, json ? () => undefined : tellState);
  } finally {
    process.removeListener("SIGINT", tellInterrupted);
  }
}

/** The SDK is loaded here and not before: a local run needs none of it. */
async function connectTo(stack: string): Promise<PipelineRuns> {
  const { config } = readStackConfig(ROOT, stack);
  const { environment } = parseSettings(config);
  const region = config["aws:region"] ?? "";
  const { AwsRuns, connect } = await import("./pipeline/aws-runs.js");
  return new AwsRuns({
    ...connect(region),
    prefix: `smartretail-${environment}`,
    pause: () => pause(POLL_MILLISECONDS),
  });
}
