/**
 * `npm run cleanup -- --stack dev [--apply] [--confirm <stack>] [--json]`: lists what `pulumi destroy` cannot delete or
 * would leave behind, with what it costs a month; with `--apply` it is deleted (docs/destroying.md). A run that was stopped
 * is resumed by the next one. Production, and whatever protects its data, asks for the stack's name.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { planEnvironment, type Plan } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { parseSettings } from "../stacks/settings";
import type { Settings } from "../stacks/settings-schema";
import type { CleanupAccount } from "./cleanup/cleanup-account";
import { billingUsd, cleanupReport } from "./cleanup/cleanup-report";
import { cleanupScope, type CleanupScope } from "./cleanup/cleanup-scope";
import type { CleanupStep } from "./cleanup/cleanup-step";
import { runCleanup, type CleanupResult } from "./cleanup/run-cleanup";
import { isConfirmedByName } from "./confirmed-by-name";
import { askOnTerminal, type Ask } from "./terminal/ask";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { startProgress, type ProgressOptions } from "./terminal/progress";
import { readableText, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("cleanup");

const OPTIONS = {
  stack: { type: "string" },
  apply: { type: "boolean", default: false },
  confirm: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly plan: typeof planEnvironment;
  readonly account: (region: string) => Promise<CleanupAccount>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly progress: ProgressOptions["stream"];
  /** Asks a person; undefined where nobody is there to answer. */
  readonly ask: Ask | undefined;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  plan: planEnvironment,
  account: liveAccount,
  sleep,
  progress: process.stderr,
  ask: askOnTerminal(),
});

/** The SDK is loaded here and not before: a wrong option needs none of it. */
async function liveAccount(region: string): Promise<CleanupAccount> {
  const [{ cleanupAccount }, { cleanupClients }] = await Promise.all([
    import("./cleanup/cleanup-account.js"),
    import("./cleanup/cleanup-clients.js"),
  ]);
  return cleanupAccount(cleanupClients({ region }));
}

/** @returns the exit code: 1 for bad input, a wrong account, or when something could not be seen or deleted */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    return await cleanup(parse(argv), io);
  } catch (error) {
    const line = readableText(error);
    if (line === undefined) throw error;
    io.error(line);
    return 1;
  }
}

interface Options {
  readonly stack: string;
  readonly apply: boolean;
  readonly confirm: string | undefined;
  readonly json: boolean;
}

function parse(argv: readonly string[]): Options {
  const { stack, apply, confirm, json } = parseOptions(argv, OPTIONS, USAGE);
  if (stack === undefined) throw new PlanError(`--stack is not given (${USAGE})`);
  return { stack, apply, confirm, json };
}

async function cleanup(options: Options, io: Io): Promise<number> {
  const { stack, apply, json } = options;
  const plan = await io.plan(stack);
  const settings = parseSettings(plan.config.config);
  if (apply) await confirm(options, settings, io);
  const account = await io.account(plan.region);
  const scope = await scopeOf(plan, settings, account);
  const result = await run(options, account.steps(scope), io);
  if (json) {
    const { lines, unseen } = result;
    io.out(
      JSON.stringify({ stack, isDryRun: !apply, lines, unseen, billingUsd: billingUsd(lines) }, null, 2),
    );
  } else {
    for (const line of cleanupReport(stack, result, !apply, colour(io.colour))) io.out(line);
  }
  const isDone = result.lines.every(
    ({ outcome }) => outcome.state === "found" || outcome.state === "deleted",
  );
  return isDone && result.unseen.length === 0 ? 0 : 1;
}

/** @throws PlanError unless the stack's name was typed where it is production or protects its data */
async function confirm({ stack, confirm: given }: Options, settings: Settings, io: Io): Promise<void> {
  if (!isConfirmedByName(settings)) return;
  const typed = given ?? (await io.ask?.(`This deletes what ${stack} holds. Type the name of the stack: `));
  if (typed?.trim() === stack) return;
  const found = typed === undefined ? "not given" : `"${typed.trim()}"`;
  throw new PlanError(
    `--confirm is ${found}; ${stack} is production or protects its data: allowed: --confirm ${stack}`,
  );
}

/** @throws PlanError when the credentials lead elsewhere than the stack's own account */
async function scopeOf(plan: Plan, settings: Settings, account: CleanupAccount): Promise<CleanupScope> {
  const accountId = await account.accountId();
  if (!settings.allowedAccountIds.includes(accountId)) {
    throw new PlanError(
      `the credentials are of account ${accountId}; allowed for ${plan.stack} by aws:allowedAccountIds: ${settings.allowedAccountIds.join(", ")}`,
    );
  }
  return cleanupScope(plan, settings, accountId);
}

async function run({ apply, json }: Options, steps: readonly CleanupStep[], io: Io): Promise<CleanupResult> {
  const progress = startProgress(apply ? "cleaning up" : "looking", { quiet: json, stream: io.progress });
  const result = await runCleanup(steps, {
    isDryRun: !apply,
    sleep: io.sleep,
    onProgress: (kind, detail) => progress.update(`${kind}: ${detail}`),
  });
  progress.done();
  return result;
}

if (require.main === module) runCommand(main);
