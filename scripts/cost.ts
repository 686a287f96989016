/**
 * `npm run cost -- --stack prod [--all] [--json] [--update] [--diff FILE]`: what an environment costs a month, resource by
 * resource, at minimum and at maximum capacity; with `--diff` what changes against another plan or a deployed stack. `--update` records the result as the agreed estimate.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { estimateMonthlyCost, type Estimate } from "../policies/cost/pricing/estimate";
import type { PlannedResource } from "../policies/cost/pricing/planned-resource";
import { readUsageFile } from "../policies/cost/pricing/usage-file";
import { planEnvironment, type Plan, type PlanOptions } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { stackNames } from "../preview/stack-config";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { costChanges, costDifference } from "./cost-difference";
import { costReport } from "./cost-report";
import { readPlannedResources } from "./read-planned-resources";
import { runCostReport, runCosts } from "./run-cost-report";
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
  diff: { type: "string" },
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
  const { stack, all, json, update, diff } = options(argv, io.root);
  const deployed =
    diff === undefined ? undefined : estimateResources(readPlannedResources(diff), stack, io.root);
  const progress = startProgress(`plan ${stack}`, { quiet: json || io.quiet });
  const plan = await io.plan(stack, { root: io.root });
  progress.done(`${plan.recording.resources.length} resources`);
  const estimate = estimateEnvironment(plan, io.root);
  const budgetUsd = Number(plan.config.config["smartretail:monthlyBudgetUsd"]);
  if (deployed !== undefined) return compare(deployed, estimate, { diff, json }, io);
  const runs = runCosts(plan.recording.resources);
  const paint = colour(io.colour);
  if (json) io.out(JSON.stringify({ stack, budgetUsd, ...estimate, runs }, undefined, 2));
  else
    io.out(
      costReport({ stack, budgetUsd, estimate, all, runs: runCostReport(runs, all, paint) }, paint).join(
        "\n",
      ),
    );
  if (update) record(stack, estimate, io);
}

/** What changes against another plan or a deployed stack, under the same prices and usage. */
function compare(
  before: Estimate,
  after: Estimate,
  { diff = "", json }: { readonly diff: string | undefined; readonly json: boolean },
  io: Io,
): void {
  if (!json) return io.out(costDifference(before, after, diff, colour(io.colour)).join("\n"));
  const sums = ({ minimumUsd, maximumUsd }: Estimate) => ({ minimumUsd, maximumUsd });
  const changes = costChanges(before, after);
  io.out(JSON.stringify({ before: sums(before), after: sums(after), changes }, undefined, 2));
}

/** The estimate of a plan under the usage assumptions of its environment. */
export function estimateEnvironment(plan: Plan, root = ROOT): Estimate {
  return estimateResources(plan.recording.resources, plan.stack, root);
}

function estimateResources(resources: readonly PlannedResource[], stack: string, root: string): Estimate {
  const file = join(root, CONFIG, `usage.${stack}.json`);
  try {
    return estimateMonthlyCost(resources, { usage: existsSync(file) ? readUsageFile(file) : {} });
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
