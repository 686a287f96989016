/**
 * `npm run plan -- --stack prod [--json FILE|-] [--graph FILE.svg] [--known]`: what the program would deploy, and why,
 * without an AWS account.
 */
import { join } from "node:path";
import { drawArchitecture } from "../preview/architecture/draw-architecture";
import { comparePlans } from "../preview/compare-plans";
import { planDocument } from "../preview/plan-document";
import { planEnvironment, type Plan, type PlanOptions } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { stackNames } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFile, replaceFileSync } from "../runtime/engine/files/replace-file";
import { comparisonReport, planReport } from "./plan-report";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const DEFAULT_WIDTH = 120;
const USAGE = usageOf("plan");

const OPTIONS = {
  stack: { type: "string" },
  json: { type: "string" },
  graph: { type: "string" },
  known: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly root: string;
  readonly width: number;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  root: ROOT,
  width: Math.max(80, process.stdout.columns ?? DEFAULT_WIDTH),
});

/** @returns the exit code */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    await plan(argv, io);
    return 0;
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

async function plan(argv: readonly string[], io: Io): Promise<void> {
  const { stack, json, graph, known } = options(argv, io.root);
  const planOptions: PlanOptions = { preview: !known, root: io.root };
  const planned = await planEnvironment(stack, planOptions);
  if (json !== undefined) {
    const text = JSON.stringify(planDocument(planned), undefined, 2);
    if (json === "-") io.out(text);
    else replaceFileSync(json, `${text}\n`);
  }
  if (graph !== undefined) {
    replaceFileSync(graph, drawArchitecture(planned));
  }
  if (json === "-") return;
  const report = { colour: colour(io.colour), width: io.width };
  for (const line of planReport(planned, report)) io.out(line);
  for (const line of await differences(planned, planOptions, io, report)) io.out(line);
  for (const file of [json, graph]) if (file !== undefined) io.out(`wrote ${file}`);
}

/** Beside the other environment, if there is one; its own faults are not this plan's. */
async function differences(
  planned: Plan,
  planOptions: PlanOptions,
  { root }: Io,
  report: Parameters<typeof comparisonReport>[2],
): Promise<string[]> {
  const other = stackNames(root).find((name) => name !== planned.stack);
  if (other === undefined) return [];
  try {
    const plans = [await planEnvironment(other, planOptions), planned].sort((a, b) =>
      a.stack < b.stack ? -1 : 1,
    );
    const [first = planned, second = planned] = plans;
    return ["", ...comparisonReport([first.stack, second.stack], comparePlans(first, second), report)];
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return ["", `${other} cannot be planned: ${error.message.split("\n")[0] ?? ""}`];
  }
}

function options(argv: readonly string[], root: string) {
  const values = parseOptions(argv, OPTIONS, USAGE);
  if (values.stack === undefined) {
    throw new UserError(`--stack is not given; there are: ${stackNames(root).join(", ")} (${USAGE})`);
  }
  if (values.graph !== undefined && !values.graph.endsWith(".svg")) {
    throw new UserError(`--graph is "${values.graph}"; allowed: a file name that ends with .svg`);
  }
  for (const file of [values.json, values.graph])
    if (file !== undefined && file !== "-") checkOutputFile(file);
  return { ...values, stack: values.stack };
}

if (require.main === module) runCommand(main);
