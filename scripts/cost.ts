/**
 * `npm run cost -- --stack prod [--all] [--json] [--update] [--diff FILE|STACK]`: what an environment costs a month, resource
 * by resource, at minimum and maximum capacity and in an ordinary month; with `--diff` what changes against another plan,
 * another environment or a deployed stack. `--compare` prices all environments beside the first design of the platform.
 */
import { join } from "node:path";
import type { Estimate } from "../policies/cost/pricing/estimate";
import { planEnvironment, type Plan, type PlanOptions } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { sliceFinder } from "../preview/plan-tree";
import { stackNames } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { replaceFileSync } from "../runtime/engine/files/replace-file";
import { comparisonReport, compareWithDesign } from "./cost/comparison";
import { costChanges, costDifference } from "./cost/cost-difference";
import { costReport } from "./cost/cost-report";
import { costSums, inBothCurrencies } from "./cost/cost-sums";
import { estimateEnvironment, estimateResources, POLICY_CONFIG } from "./cost/estimate-environment";
import { exchangeRate, type ExchangeRate } from "./cost/exchange-rate";
import { readPlannedResources } from "./cost/read-planned-resources";
import { runCostReport, runCosts } from "./cost/run-cost-report";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { startProgress } from "./terminal/progress";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("cost");
/** Resources of no slice, and what belongs to the environment as a whole. */
const NO_SLICE = "(whole environment)";

const OPTIONS = {
  stack: { type: "string" },
  compare: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  update: { type: "boolean", default: false },
  diff: { type: "string" },
  "jpy-per-usd": { type: "string" },
} as const;

interface Io extends Output {
  readonly root: string;
  /** No progress on stderr. */
  readonly quiet: boolean;
  readonly plan: (stack: string, options: PlanOptions) => Promise<Plan>;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  root: ROOT,
  quiet: false,
  plan: planEnvironment,
});

/** @returns the exit code: 1 when the environment cannot be priced */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    const options = parseOptions(argv, OPTIONS, USAGE);
    const rate = exchangeRate(options["jpy-per-usd"]);
    if (options.compare) await compareAll(options, rate, io);
    else await priceOne({ ...options, stack: knownStack(options.stack, io.root) }, rate, io);
    return 0;
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

interface One {
  readonly stack: string;
  readonly all: boolean;
  readonly json: boolean;
  readonly update: boolean;
  readonly diff?: string | undefined;
}

async function priceOne({ stack, all, json, update, diff }: One, rate: ExchangeRate, io: Io): Promise<void> {
  if (diff !== undefined && (all || update))
    throw new UserError(`--diff shows what changes: leave out ${update ? "--update" : "--all"} (${USAGE})`);
  const other = diff === undefined ? undefined : await otherEstimate(diff, stack, json, io);
  const plan = await planOf(stack, json, io, other?.isPreview);
  const estimate = estimateEnvironment(plan, io.root);
  if (other !== undefined)
    return showDifference(other.estimate, estimate, { against: diff ?? "", json, rate }, io);
  const budgetUsd = Number(plan.config.config["smartretail:monthlyBudgetUsd"]);
  const runs = runCosts(plan.recording.resources);
  const slice = sliceFinder(plan.recording);
  const sliceOf = (urn: string) => slice(urn) ?? NO_SLICE;
  const paint = colour(io.colour);
  if (json) {
    const sums = costSums(estimate.lines, sliceOf, rate);
    const lines = estimate.lines.map((line) => ({ ...line, slice: sliceOf(line.urn) }));
    const whole = { stack, budgetUsd, exchangeRate: rate, ...estimate, ...sums, lines, runs };
    io.out(JSON.stringify(whole, undefined, 2));
  } else {
    const inputs = { stack, budgetUsd, estimate, rate, sliceOf, all, runs: runCostReport(runs, all, paint) };
    io.out(costReport(inputs, paint).join("\n"));
  }
  if (update) record(stack, estimate, io);
}

/**
 * What stands before the difference: another environment's plan, or the resources of a file. A plan of unknown values is
 * compared with one of unknown values: what is unknown is priced by its bounds, which is no difference.
 */
async function otherEstimate(
  diff: string,
  stack: string,
  json: boolean,
  io: Io,
): Promise<{ readonly estimate: Estimate; readonly isPreview: boolean }> {
  if (stackNames(io.root).includes(diff))
    return { estimate: estimateEnvironment(await planOf(diff, json, io), io.root), isPreview: false };
  const { resources, isPreview } = readPlannedResources(diff);
  return { estimate: estimateResources(resources, stack, io.root), isPreview };
}

/** Under the same prices; another environment brings its own usage. */
function showDifference(
  before: Estimate,
  after: Estimate,
  { against, json, rate }: { readonly against: string; readonly json: boolean; readonly rate: ExchangeRate },
  io: Io,
): void {
  if (!json) {
    io.out(costDifference(before, after, { against, rate }, colour(io.colour)).join("\n"));
    return;
  }
  const sums = ({ lines }: Estimate) => inBothCurrencies(lines, rate);
  const changes = costChanges(before, after);
  const { unpriced } = after;
  const whole = { exchangeRate: rate, before: sums(before), after: sums(after), changes, unpriced };
  io.out(JSON.stringify(whole, undefined, 2));
}

async function compareAll(
  given: { readonly [Key in "stack" | "diff"]?: string | undefined } & Pick<One, "json" | "all" | "update">,
  rate: ExchangeRate,
  io: Io,
): Promise<void> {
  const { stack, diff, json, all, update } = given;
  if (stack !== undefined || diff !== undefined || all || update)
    throw new UserError("--compare prices every environment; beside it only --json and --jpy-per-usd");
  const costs = [];
  // One after another: the SDK's runtime is one per process.
  for (const name of stackNames(io.root)) {
    const { lines } = estimateEnvironment(await planOf(name, json, io), io.root);
    costs.push({ stack: name, lines });
  }
  if (json) io.out(JSON.stringify({ exchangeRate: rate, compared: compareWithDesign(costs) }, undefined, 2));
  else io.out(comparisonReport(costs, rate, colour(io.colour)).join("\n"));
}

async function planOf(stack: string, json: boolean, io: Io, preview = false): Promise<Plan> {
  const progress = startProgress(`plan ${stack}`, { quiet: json || io.quiet });
  const plan = await io.plan(stack, { root: io.root, preview });
  progress.done(`${plan.recording.resources.length} resources`);
  return plan;
}

function knownStack(stack: string | undefined, root: string): string {
  const known = stackNames(root);
  if (stack === undefined) throw new PlanError(`--stack is missing; there are: ${known.join(", ")}`);
  if (!known.includes(stack))
    throw new PlanError(`stack "${stack}" does not exist; there are: ${known.join(", ")}`);
  return stack;
}

/** Dollars and cents only: the file changes when the money does. */
function record(stack: string, estimate: Estimate, io: Io): void {
  const name = join(POLICY_CONFIG, `estimate.${stack}.json`);
  const cents = (amount: number) => Math.round(amount * 100) / 100;
  const agreed = {
    expectedUsd: cents(estimate.expectedUsd),
    maximumUsd: cents(estimate.maximumUsd),
    minimumUsd: cents(estimate.minimumUsd),
    pricesAsOf: estimate.pricesAsOf,
    region: estimate.region,
  };
  replaceFileSync(join(io.root, name), `${JSON.stringify(agreed, undefined, 2)}\n`);
  io.error(`recorded in ${name}`);
}

if (require.main === module) runCommand(main);
