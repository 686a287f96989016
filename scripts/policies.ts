/**
 * `npm run policies -- --stack prod [--pack security] [--preview] [--json FILE|-]`: both policy packs over the recorded
 * plan of one environment, through the protocol that `pulumi preview` speaks with them. Exit code 1 when a mandatory
 * policy is violated.
 */
import { join } from "node:path";
import { planEnvironment } from "../preview/plan-environment";
import type { PackReport } from "../preview/policies/evaluate-pack";
import { stackNames } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { checkOutputFile, replaceFileSync } from "../runtime/engine/files/replace-file";
import { checkPolicies, hasMandatoryViolation } from "./policy-check";
import { policyReport } from "./policy-report";
import { colour, wantsColour } from "./terminal/colour";
import { startProgress } from "./terminal/progress";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("policies");

/** @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    return await run(argv);
  } catch (error) {
    if (!isMistake(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function run(argv: readonly string[]): Promise<number> {
  const { stack, packs, preview, json } = options(argv);
  const progress = startProgress(`policies of ${stack}`, { quiet: json === "-" });
  const plan = await planEnvironment(stack, { preview });
  progress.update(`${plan.recording.resources.length} resources`);
  const reports = await checkPolicies(plan, { packs });
  progress.done(`${plan.recording.resources.length} resources`);
  if (json !== undefined) write(json, `${JSON.stringify(document(stack, reports), undefined, 2)}\n`);
  if (json !== "-") {
    for (const line of policyReport(reports, colour(wantsColour(process.stdout))))
      process.stdout.write(`${line}\n`);
  }
  return reports.some(hasMandatoryViolation) ? 1 : 0;
}

const OPTIONS = {
  stack: { type: "string" },
  pack: { type: "string", multiple: true },
  preview: { type: "boolean", default: false },
  json: { type: "string" },
} as const;

interface Options {
  readonly stack: string;
  readonly packs: readonly string[];
  readonly preview: boolean;
  readonly json: string | undefined;
}

function options(argv: readonly string[]): Options {
  const { stack, pack = [], preview, json } = parseOptions(argv, OPTIONS, USAGE);
  if (stack === undefined)
    throw new UserError(`--stack is missing; there are: ${stackNames(ROOT).join(", ")} (${USAGE})`);
  if (json !== undefined && json !== "-") checkOutputFile(json);
  return { stack, packs: pack, preview, json };
}

function document(stack: string, reports: readonly PackReport[]): unknown {
  return { stack, passed: !reports.some(hasMandatoryViolation), packs: reports };
}

/** Whole or not at all: a half-written report could be taken for one without findings. */
function write(target: string, text: string): void {
  if (target === "-") process.stdout.write(text);
  else replaceFileSync(target, text);
}

if (require.main === module) runCommand(main);
