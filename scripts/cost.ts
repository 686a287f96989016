/**
 * `npm run cost -- --stack prod [--all] [--json] [--update]`: what an environment costs a month, resource by resource,
 * at minimum and at maximum capacity. `--update` records the result as the agreed estimate.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { estimateMonthlyCost, type Estimate } from "../policies/cost/pricing/estimate";
import { readUsageFile } from "../policies/cost/pricing/usage-file";
import { planEnvironment, type Plan, type PlanOptions } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { stackNames } from "../preview/stack-config";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { costReport } from "./cost-report";
import { colour, wantsColour } from "./terminal/colour";
import { startProgress } from "./terminal/progress";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const CONFIG = join("policies", "config");
const USAGE = usageOf("cost");

const OPTIONS = {
  stack: { type: "string" },
  all: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  update: { type: "boolean", default: false },
} as const;

interface Io {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly root: string;
  readonly colour: boolean;
  /** No progress on stderr. */
  readonly quiet: boolean;
  readonly plan: (stack: string, options: PlanOptions) => Promise<Plan>;
}

const terminal = (): Io => ({
  out: (text) => process.stdout.write(`${text}\n`),
  error: (text) => process.stderr.write(`${text}\n`),
  root: ROOT,
  colour: wantsColour(process.stdout),
  quiet: false,
  plan: planEnvironment,
});

/** @returns the exit code: 1 when the environment cannot be priced */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    await cost(argv, io);
    return 0;
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

async function cost(argv: readonly string[], io: Io): Promise<void> {
  const { stack, all, json, update } = options(argv, io.root);
  const progress = startProgress(`plan ${stack}`, { quiet: json || io.quiet });
  const plan = await io.plan(stack, { root: io.root });
  progress.done(`${plan.recording.resources.length} resources`);
  const estimate = estimateEnvironment(plan, io.root);
  const budgetUsd = Number(plan.config.config["smartretail:monthlyBudgetUsd"]);
  if (json) io.out(JSON.stringify({ stack, budgetUsd, ...estimate }, undefined, 2));
  else io.out(costReport({ stack, budgetUsd, estimate, all }, colour(io.colour)).join("\n"));
  if (update) record(stack, estimate, io);
}

/** The estimate of a plan under the usage assumptions of its environment. */
export function estimateEnvironment(plan: Plan, root = ROOT): Estimate {
  const file = join(root, CONFIG, `usage.${plan.stack}.json`);
  try {
    return estimateMonthlyCost(plan.recording.resources, {
      usage: existsSync(file) ? readUsageFile(file) : {},
    });
  } catch (error) {
    throw new PlanError((error as Error).message);
  }
}

function options(argv: readonly string[], root: string) {
  const values = parseOptions(argv, OPTIONS, USAGE);
  const known = stackNames(root);
  if (values.stack === undefined) throw new PlanError(`--stack is missing; there are: ${known.join(", ")}`);
  if (!known.includes(values.stack))
    throw new PlanError(`stack "${values.stack}" does not exist; there are: ${known.join(", ")}`);
  return { ...values, stack: values.stack };
}

/** Dollars and cents only: the file changes when the money does. */
function record(stack: string, estimate: Estimate, io: Io): void {
  const file = join(io.root, CONFIG, `estimate.${stack}.json`);
  const cents = (usd: number) => Math.round(usd * 100) / 100;
  const agreed = {
    maximumUsd: cents(estimate.maximumUsd),
    minimumUsd: cents(estimate.minimumUsd),
    pricesAsOf: estimate.pricesAsOf,
    region: estimate.region,
  };
  replaceFileSync(file, `${JSON.stringify(agreed, undefined, 2)}\n`);
  io.error(`recorded in ${join(CONFIG, `estimate.${stack}.json`)}`);
}

if (require.main === module) runCommand(main);
