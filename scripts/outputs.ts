/**
 * `npm run outputs -- --stack prod [--known | --deployed] [--json]`: the contract with apps and other programs
 * (contracts/outputs.ts), value by value. From a plan, where what only a deployment
 * knows is marked so, or with `--deployed` from the stack itself.
 */
import { join } from "node:path";
import { OUTPUT_KEYS, outputParameterName, OUTPUTS_VERSION } from "../contracts/outputs";
import { planEnvironment } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { stackNames } from "../preview/stack-config";
import { UserError } from "../runtime/engine/files/clear-error";
import { pulumiCli, type PulumiCli } from "./deploy/pulumi-cli";
import { AFTER_DEPLOYMENT, outputLeaves } from "./output-leaves";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { parseOptions } from "./terminal/parse-options";
import { isMistake, runCommand } from "./terminal/run-command";
import { table } from "./terminal/table";
import { usageOf } from "./usage-of";

const ROOT = join(__dirname, "..");
const USAGE = usageOf("outputs");

const OPTIONS = {
  stack: { type: "string" },
  known: { type: "boolean", default: false },
  deployed: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly root: string;
  readonly plan: typeof planEnvironment;
  readonly pulumi: PulumiCli;
}

const terminal = (): Io => ({
  ...terminalOutput(),
  root: ROOT,
  plan: planEnvironment,
  pulumi: pulumiCli(),
});

/** @returns the exit code: 1 for bad input, no CLI, or a stack that speaks another version of the contract */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    await show(argv, io);
    return 0;
  } catch (error) {
    if (!isMistake(error)) throw error;
    io.error(error.message);
    return 1;
  }
}

type Outputs = Readonly<Record<string, unknown>>;

async function show(argv: readonly string[], io: Io): Promise<void> {
  const { stack, known, deployed, json } = parseOptions(argv, OPTIONS, USAGE);
  const stacks = stackNames(io.root);
  if (stack === undefined || !stacks.includes(stack))
    throw new UserError(`--stack is ${stack ?? "not given"}; there are: ${stacks.join(", ")} (${USAGE})`);
  if (known && deployed)
    throw new UserError(`--known is for a plan: leave out one of --known and --deployed`);
  const outputs = deployed ? readDeployed(stack, io) : await readPlanned(stack, known, io);
  const environment = String(outputs.environment);
  const leaves = outputLeaves(outputs).map(([path, text]) => ({
    path: path.join("."),
    text,
    parameter: outputParameterName(environment, path),
  }));
  if (json) {
    const parameters = Object.fromEntries(leaves.map(({ path, parameter }) => [path, parameter]));
    const source = deployed ? "deployed" : "plan";
    return io.out(JSON.stringify({ stack, source, outputs, parameters }, undefined, 2));
  }
  const { bold, dim } = colour(io.colour);
  const [title = "", ...rows] = table(
    [{ title: "output" }, { title: "value" }],
    leaves.map(({ path, text }) => [path, text === AFTER_DEPLOYMENT ? dim(text) : text]),
  );
  for (const line of [bold(title), ...rows]) io.out(line);
  const pattern = outputParameterName(environment, ["<output, with / for .>"]);
  io.out(dim(`each one is an SSM parameter too: ${pattern}`));
}

async function readPlanned(stack: string, known: boolean, { plan, root }: Io): Promise<Outputs> {
  return (await plan(stack, { preview: !known, root })).recording.outputs;
}

/** @throws PlanError for a stack that is not deployed, or whose outputs are not what this program promises */
function readDeployed(stack: string, { pulumi }: Io): Outputs {
  const outputs = JSON.parse(pulumi.read(["stack", "output", "--json", "--stack", stack])) as Outputs;
  const { contractVersion } = outputs;
  if (contractVersion === undefined) throw new PlanError(`stack ${stack} has no outputs: it is not deployed`);
  if (contractVersion !== OUTPUTS_VERSION)
    throw new PlanError(
      `stack ${stack}: outputs have contract version ${String(contractVersion)}; this program reads version ${OUTPUTS_VERSION}`,
    );
  const missing = OUTPUT_KEYS.filter((key) => outputs[key] === undefined);
  if (missing.length > 0)
    throw new PlanError(
      `stack ${stack} is older than this program: it has no ${missing.join(", ")}; deploy it`,
    );
  return outputs;
}

if (require.main === module) runCommand(main);
