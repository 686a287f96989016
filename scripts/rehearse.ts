/**
 * `npm run rehearse [-- --stack dev] [--required]`: the program under the real Pulumi engine, with providers that answer from
 * memory (docs/adr/0111): preview, up, up again, a changed setting, packs through the real analyzer, a second program that
 * reads the outputs, destroy. No account, no network. What the providers were asked is held against the engine's state.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { planEnvironment } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { ProviderJournal, type ProviderCall } from "../preview/rehearsal/provider-journal";
import { REHEARSAL_JOURNAL, REHEARSAL_REGION } from "../preview/rehearsal/plugin-settings";
import { stackNames } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { withTemporaryFolder } from "../runtime/engine/files/with-temporary-folder";
import { buildAllPacks } from "./build-policies";
import { hasPulumi, pulumiCli, type PulumiCli } from "./deploy/pulumi-cli";
import { creationProblems, deletionProblems, replacedIn, type StateResource } from "./rehearse/check-journal";
import { makeConsumerProject, makeRehearsalProject } from "./rehearse/rehearsal-project";
import { exampleChange } from "./rollout/example-change";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("rehearse");

const OPTIONS = {
  stack: { type: "string", default: "dev" },
  required: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly hasPulumi: () => boolean;
  readonly pulumi: (env: NodeJS.ProcessEnv) => PulumiCli;
  readonly buildPacks: () => Promise<unknown>;
  readonly plan: typeof planEnvironment;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  hasPulumi,
  pulumi: (env) => pulumiCli("pulumi", env),
  buildPacks: buildAllPacks,
  plan: planEnvironment,
});

/** @returns the exit code: 1 when a step failed, or with --required when there is no Pulumi CLI */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    const { stack, required } = parseOptions(argv, OPTIONS, USAGE);
    const known = stackNames(ROOT);
    if (!known.includes(stack))
      throw new UserError(`--stack is ${stack}; there are: ${known.join(", ")} (${USAGE})`);
    if (!io.hasPulumi()) return skip(required, io);
    await io.buildPacks();
    await withTemporaryFolder((folder) => rehearse(stack, folder, io));
    io.out("the rehearsal is over: nothing is left");
    return 0;
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

function skip(required: boolean, io: Io): number {
  const why = "pulumi is not on the PATH: https://www.pulumi.com/docs/install";
  if (required) throw new PlanError(`nothing was rehearsed: ${why}`);
  io.out(`skipped, nothing was rehearsed: ${why}`);
  return 0;
}

async function rehearse(stack: string, folder: string, io: Io): Promise<void> {
  const [project, consumer] = [join(folder, "project"), join(folder, "consumer")];
  const journal = new ProviderJournal(join(folder, "journal"));
  const { region, config } = await io.plan(stack);
  const pulumi = io.pulumi({
    ...process.env,
    PULUMI_BACKEND_URL: `file://${backendIn(folder)}`,
    PULUMI_CONFIG_PASSPHRASE: "a rehearsal keeps no secret",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    [REHEARSAL_JOURNAL]: join(folder, "journal"),
    [REHEARSAL_REGION]: region,
  });
  makeRehearsalProject(ROOT, project);
  makeConsumerProject(ROOT, consumer, stack);
  const run = (where: string, ...argv: string[]) =>
    pulumi.show([...argv, "--stack", stack, "--non-interactive", "--cwd", where]);
  const stateOf = () =>
    (
      JSON.parse(pulumi.read(["stack", "export", "--stack", stack, "--cwd", project])) as {
        deployment: { resources?: StateResource[] };
      }
    ).deployment.resources ?? [];
  /** The calls of one step. */
  const callsOf = (step: () => void): ProviderCall[] => {
    const before = journal.read().length;
    step();
    return journal.read().slice(before);
  };
  const step = (text: string) => io.out(`\n== ${text}`);

  step("preview, with both policy packs");
  pulumi.show(["stack", "init", stack, "--non-interactive", "--cwd", project]);
  expect(
    "a preview changes nothing",
    callsOf(() => run(project, "preview", ...packs(stack)))
      .filter(({ operation }) => operation !== "construct")
      .map(({ operation, urn }) => `${operation} ${urn}`),
  );
  step("up");
  const made = callsOf(() => run(project, "up", "--yes", "--skip-preview", ...packs(stack)));
  expect("everything is made after what it depends on", creationProblems(stateOf(), made));
  step("up again: no change");
  run(project, "up", "--yes", "--skip-preview", "--expect-no-changes");

  const change = exampleChange(config.config);
  const [key = "", value = ""] = Object.entries(change)[0] ?? [];
  step(`${key} becomes ${value}`);
  pulumi.show(["config", "set", `smartretail:${key}`, value, "--stack", stack, "--cwd", project]);
  const before = stateOf();
  const replaced = replacedIn(
    before,
    callsOf(() => run(project, "up", "--yes", "--skip-preview", ...packs(stack))),
  );
  io.out(`replaced: ${replaced.join(", ") || "nothing"}`);
  const strange = replaced.filter((urn) => !isConfiguration(urn));
  expect("only endpoint configurations are replaced", strange);
  const configurations = before.map(({ urn }) => urn).filter(isConfiguration);
  expect(
    "every endpoint configuration is replaced",
    configurations.filter((urn) => !replaced.includes(urn)),
  );

  step("a second program reads the outputs");
  pulumi.show(["stack", "init", stack, "--non-interactive", "--cwd", consumer]);
  run(consumer, "up", "--yes", "--skip-preview");
  const outputs = JSON.parse(
    pulumi.read(["stack", "output", "--json", "--stack", stack, "--cwd", consumer]),
  ) as Readonly<Record<string, unknown>>;
  const isRead = typeof outputs.contractVersion === "number" && typeof outputs.results === "string";
  expect("it reads the contract", isRead ? [] : [`it read ${JSON.stringify(outputs)}`]);
  run(consumer, "destroy", "--yes", "--skip-preview");

  step("destroy");
  const state = stateOf();
  // What a person does who means it: protection is for the others.
  pulumi.show(["state", "unprotect", "--all", "--yes", "--stack", stack, "--cwd", project]);
  run(project, "destroy", "--yes", "--skip-preview");
  expect("everything is deleted before what it depends on", deletionProblems(state, journal.read()));
}

const isConfiguration = (urn: string) => urn.includes("aws:sagemaker/endpointConfiguration:");

function backendIn(folder: string): string {
  const backend = join(folder, "backend");
  mkdirSync(backend);
  return backend;
}

function packs(stack: string): string[] {
  return ["security", "cost"].flatMap((pack) => [
    "--policy-pack",
    join(ROOT, "policies", pack),
    "--policy-pack-config",
    join(ROOT, "policies", "config", `${pack}.${stack}.json`),
  ]);
}

/** @throws PlanError with the first problems */
function expect(what: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new PlanError([
    `expected that ${what}; ${problems.length} times it is not so`,
    ...problems.slice(0, 10),
  ]);
}

if (require.main === module) runCommand(main);
