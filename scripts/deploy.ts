/**
 * `npm run deploy -- --stack dev [--preview-only | --plan FILE] [--yes] [--confirm <stack>]`: a whole deployment. Looks at
 * the account, shows what `pulumi up` will do with both policy packs and what it will cost more or less, asks, applies
 * exactly that plan, carries the new configuration to the endpoints and asks each live model for a forecast. CI runs the
 * same in two jobs: `--preview-only` saves the plan, `--plan` applies it after the approval (docs/adr/0067).
 */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SmartRetailOutputs } from "../contracts/outputs";
import { PlanError } from "../preview/plan-error";
import { readStackConfig, stackNames } from "../preview/stack-config";
import { withTemporaryFolder } from "../runtime/engine/files/with-temporary-folder";
import { parseSettings } from "../stacks/settings";
import { buildAllPacks } from "./build-policies";
import { isConfirmedByName } from "./confirmed-by-name";
import { main as cost } from "./cost";
import { pulumiCli, type PulumiCli } from "./deploy/pulumi-cli";
import { smokeTest, type SmokeTestPorts } from "./deploy/smoke-test";
import { main as preflight } from "./preflight";
import { main as rollout } from "./rollout";
import { askOnTerminal, type Ask } from "./terminal/ask";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("deploy");
const PACKS = ["security", "cost"] as const;

const OPTIONS = {
  stack: { type: "string" },
  "preview-only": { type: "boolean", default: false },
  plan: { type: "string" },
  yes: { type: "boolean", default: false },
  confirm: { type: "string" },
} as const;

type Command = (argv: readonly string[]) => Promise<number>;

interface Io extends Output {
  readonly root: string;
  readonly pulumi: PulumiCli;
  readonly buildPacks: () => Promise<unknown>;
  readonly preflight: Command;
  readonly cost: Command;
  readonly rollout: Command;
  readonly environment: (outputs: SmartRetailOutputs) => Promise<SmokeTestPorts>;
  /** Asks a person; undefined where nobody is there to answer. */
  readonly ask: Ask | undefined;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  root: ROOT,
  pulumi: pulumiCli(),
  buildPacks: buildAllPacks,
  preflight: (argv) => preflight(argv),
  cost: (argv) => cost(argv),
  rollout: (argv) => rollout(argv),
  environment: async (outputs) => {
    const { liveEnvironment } = await import("./deploy/live-environment.js");
    return liveEnvironment(outputs);
  },
  ask: askOnTerminal(),
});

/** @returns the exit code: 1 when a step failed; what the steps before it did stays done, and is said */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    return await deploy(parse(argv, io.root), io);
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

interface Options {
  readonly stack: string;
  readonly previewOnly: boolean;
  /** The plan to apply as it is; undefined: one is made and shown first. */
  readonly plan: string | undefined;
  readonly yes: boolean;
  readonly confirm: string | undefined;
}

function parse(argv: readonly string[], root: string): Options {
  const { "preview-only": previewOnly, stack, plan, yes, confirm } = parseOptions(argv, OPTIONS, USAGE);
  const known = stackNames(root);
  if (stack === undefined || !known.includes(stack)) {
    throw new PlanError(`--stack is ${stack ?? "not given"}; there are: ${known.join(", ")} (${USAGE})`);
  }
  if (plan !== undefined && previewOnly)
    throw new PlanError(`--plan is applied as it is: leave out one of --preview-only and --plan (${USAGE})`);
  if (plan !== undefined && !existsSync(plan))
    throw new PlanError(`--plan is "${plan}": there is no such file; --preview-only saves one (${USAGE})`);
  return { stack, previewOnly, plan, yes, confirm };
}

async function deploy(options: Options, io: Io): Promise<number> {
  const { stack, previewOnly, plan } = options;
  const heading = (text: string) => io.out(colour(io.colour).bold(text));
  // Before the account is asked for minutes: without the CLI, or with an answer that is wrong already, nothing comes of it.
  io.pulumi.read(["version"]);
  if (options.confirm !== undefined) checkAnswer(options, options.confirm, io);
  heading("Policy packs");
  await io.buildPacks();
  if (!previewOnly) {
    heading("The account");
    await step("the preflight", io.preflight(["--stack", stack]), "nothing was changed");
  }
  return withTemporaryFolder(async (folder) => {
    const planFile = plan ?? (previewOnly ? "plan.json" : join(folder, "plan.json"));
    if (plan === undefined) await preview(stack, planFile, join(folder, "state.json"), heading, io);
    if (previewOnly) return 0;
    await confirm(options, io);
    heading("Up");
    io.pulumi.show(["up", "--yes", "--plan", planFile, ...pulumiOptions(stack)]);
    return afterUp(stack, heading, io);
  });
}

/** What up will do, kept in `planFile`, and what it will cost more or less than what is deployed. */
async function preview(
  stack: string,
  planFile: string,
  stateFile: string,
  heading: (text: string) => void,
  io: Io,
): Promise<void> {
  heading("What up will do");
  io.pulumi.show(["preview", "--diff", "--save-plan", planFile, ...pulumiOptions(stack)]);
  heading("What it will cost");
  writeFileSync(stateFile, io.pulumi.read(["stack", "export", "--stack", stack]));
  await step("the cost", io.cost(["--stack", stack, "--diff", stateFile]), "nothing was changed");
}

/** The deployment is done; what is missing is said and can be run alone. */
async function afterUp(stack: string, heading: (text: string) => void, io: Io): Promise<number> {
  const alone = (options: string) =>
    `the resources are deployed; then: npm run rollout -- --stack ${stack} ${options}`;
  heading("Endpoints");
  await step("the rollout", io.rollout(["--stack", stack, "--apply"]), alone("--apply"));
  await step("the clean-up", io.rollout(["--stack", stack, "--prune", "--apply"]), alone("--prune --apply"));
  heading("One forecast of each live model");
  const outputs = JSON.parse(
    io.pulumi.read(["stack", "output", "--json", "--stack", stack]),
  ) as SmartRetailOutputs;
  const lines = await smokeTest(await io.environment(outputs));
  const paint = colour(io.colour);
  for (const { category, isWell, detail } of lines)
    io.out(`${isWell ? paint.green("ok") : paint.red("failed")} ${category}: ${detail}`);
  return lines.every(({ isWell }) => isWell) ? 0 : 1;
}

/** Both packs with the configuration of the stack, for preview and up alike. */
function pulumiOptions(stack: string): string[] {
  const packs = PACKS.flatMap((pack) => [
    "--policy-pack",
    `policies/${pack}`,
    "--policy-pack-config",
    `policies/config/${pack}.${stack}.json`,
  ]);
  return ["--stack", stack, "--non-interactive", ...packs];
}

async function step(what: string, code: Promise<number>, otherwise: string): Promise<void> {
  if ((await code) !== 0) throw new PlanError(`${what} failed: ${otherwise}`);
}

/** @throws PlanError unless somebody agreed */
async function confirm(options: Options, io: Io): Promise<void> {
  if (options.yes || options.confirm !== undefined) return;
  const question = `Deploy this to ${options.stack}? Type ${answersTo(options, io)[0]} to go on: `;
  checkAnswer(options, await io.ask?.(question), io);
}

/** @throws PlanError for another answer */
function checkAnswer(options: Options, given: string | undefined, io: Io): void {
  const allowed = answersTo(options, io);
  if (given !== undefined && allowed.includes(given.trim())) return;
  const found = given === undefined ? "nobody is there to ask" : `the answer was "${given.trim()}"`;
  throw new PlanError(
    `${found}: nothing was changed; allowed: ${allowed[0]}, or --yes where a plan was approved`,
  );
}

/** The stack's name always; a plain yes too, unless it is production or protects its data. */
function answersTo({ stack }: Options, io: Io): readonly string[] {
  const settings = parseSettings(readStackConfig(io.root, stack).config);
  return isConfirmedByName(settings) ? [stack] : ["yes", stack];
}

if (require.main === module) runCommand(main);
