/**
 * `npm run preflight -- --stack prod [--offline] [--json]`: what an account must have before the first `pulumi up`. With
 * credentials it asks the account and changes nothing; without, it prints which quotas to request.
 */
import { spawnSync } from "node:child_process";
import { planEnvironment, type Plan } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { parseSettings } from "../stacks/settings";
import type { Settings } from "../stacks/settings-schema";
import type { Account, Finding } from "./preflight/account";
import { checkAccount } from "./preflight/checks";
import { quotaNeeds } from "./preflight/quota-needs";
import { findingLines, quotaTable } from "./preflight/report";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("preflight");

const OPTIONS = {
  stack: { type: "string" },
  offline: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly plan: typeof planEnvironment;
  readonly account: (region: string) => Promise<Account>;
  /** Whether `docker buildx` can be called here. */
  readonly hasDocker: () => boolean;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  plan: planEnvironment,
  account: liveAccount,
  hasDocker: () => spawnSync("docker", ["buildx", "version"], { stdio: "ignore" }).status === 0,
});

/** The SDK is loaded here and not before: the table of quotas needs none of it. */
async function liveAccount(region: string): Promise<Account> {
  const { awsAccount } = await import("./preflight/aws-account.js");
  return awsAccount({ region });
}

/** @returns the exit code: 1 when something would stop a deployment, or for bad input */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    return await preflight(parse(argv), io);
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

async function preflight(options: Options, io: Io): Promise<number> {
  const plan = await io.plan(options.stack);
  const settings = parseSettings(plan.config.config);
  const needs = quotaNeeds(plan);
  const found = options.offline ? undefined : await ask(plan, settings, io);
  const findings = [imageFinding(settings, io), ...(found ?? [])];
  if (options.json)
    io.out(
      JSON.stringify({ stack: options.stack, needs, findings, asked: found !== undefined }, undefined, 2),
    );
  else {
    const paint = colour(io.colour);
    if (!found) for (const line of quotaTable(options.stack, needs)) io.out(line);
    for (const line of findingLines(findings, paint)) io.out(line);
  }
  return findings.some(({ level }) => level === "stop") ? 1 : 0;
}

/** Undefined where nobody is signed in to AWS. */
async function ask(plan: Plan, settings: Settings, io: Io): Promise<Finding[] | undefined> {
  try {
    return await checkAccount(plan, settings, await io.account(plan.region));
  } catch (error) {
    if ((error as Error).name !== "CredentialsProviderError") throw error;
    return undefined;
  }
}

/** The image comes by digest from the build job; without one this machine builds it during the deployment. */
function imageFinding({ processingImageUri }: Settings, io: Io): Finding {
  const what = "processing image";
  if (processingImageUri !== "") return { level: "ok", what, detail: processingImageUri };
  return io.hasDocker()
    ? {
        level: "later",
        what,
        detail: "built here by Docker during up; set smartretail:processingImageUri to the built digest",
      }
    : {
        level: "stop",
        what,
        detail: "no Docker with buildx here: set smartretail:processingImageUri to an image by digest",
      };
}

interface Options {
  readonly stack: string;
  readonly offline: boolean;
  readonly json: boolean;
}

function parse(argv: readonly string[]): Options {
  const { stack, offline, json } = parseOptions(argv, OPTIONS, USAGE);
  if (stack === undefined) throw new PlanError(`--stack is not given (${USAGE})`);
  return { stack, offline, json };
}

if (require.main === module) runCommand(main);
