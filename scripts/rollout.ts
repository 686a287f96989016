/**
 * `npm run rollout -- --stack prod [--set key=value]... [--json]`: plays a deployment in the middle of an experiment, in
 * memory. With `--apply` it brings the live endpoints to the configuration that the last `pulumi up` made, and keeps
 * traffic split and instance counts (docs/adr/0008). With `--check` it says what each endpoint runs and what it should, and
 * with `--check --publish` CloudWatch hears how many are behind (an alarm waits there for an hour of them).
 * With `--prune` it says which models and configurations rollouts have left behind; with `--prune --apply` it deletes them.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { planEnvironment } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { EndpointControlError, type EndpointControl } from "../runtime/endpoints/endpoint-control";
import { rollOut } from "../runtime/endpoints/roll-out";
import type { HostingInventory } from "../runtime/endpoints/hosting-inventory";
import { parseSettings, SETTING_KEYS } from "../stacks/settings";
import { awsControl, awsInventory, awsMetrics } from "./rollout/aws-control";
import { compareEndpoints } from "./rollout/compare-endpoints";
import type { DeploymentMetrics } from "./rollout/deployment-metrics";
import { endpointsOfPlan } from "./rollout/endpoints-of-plan";
import { exampleChange } from "./rollout/example-change";
import { pruneStack } from "./rollout/prune-stack";
import { rolloutLine, simulationReport } from "./rollout/report";
import { simulateRollout } from "./rollout/simulate";
import { colour } from "./terminal/colour";
import { type Output, terminalOutput } from "./terminal/output";
import { startProgress, type ProgressOptions } from "./terminal/progress";
import { parseOptions } from "./terminal/parse-options";
import { readableText, runCommand } from "./terminal/run-command";
import { usageOf } from "./usage-of";

const USAGE = usageOf("rollout");

/** Enough to go back to. */
const DEFAULT_KEEP = "3";

const OPTIONS = {
  stack: { type: "string" },
  set: { type: "string", multiple: true, default: [] as string[] },
  apply: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  publish: { type: "boolean", default: false },
  prune: { type: "boolean", default: false },
  keep: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

interface Io extends Output {
  readonly control: (region: string) => Promise<EndpointControl>;
  readonly inventory: (region: string) => Promise<HostingInventory>;
  readonly metrics: (region: string) => Promise<DeploymentMetrics>;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly plan: typeof planEnvironment;
  readonly progress: ProgressOptions["stream"];
}

const terminal = (): Io => ({
  ...terminalOutput(),
  control: awsControl,
  inventory: awsInventory,
  metrics: awsMetrics,
  sleep,
  plan: planEnvironment,
  progress: process.stderr,
});

/** @returns the exit code: 1 for bad input, an update that was rolled back, or a split that was not kept */
export async function main(argv: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = { ...terminal(), ...given };
  try {
    const options = parse(argv);
    const run = options.prune ? cleanUp : options.check ? check : options.apply ? apply : simulate;
    return await run(options, io);
  } catch (error) {
    const line = error instanceof EndpointControlError ? error.message : readableText(error);
    if (line === undefined) throw error;
    io.error(line);
    return 1;
  }
}

interface Options {
  readonly stack: string;
  readonly changes: Readonly<Record<string, string>>;
  readonly apply: boolean;
  readonly check: boolean;
  readonly publish: boolean;
  readonly prune: boolean;
  /** Unused configurations and models of each name that stay for going back. */
  readonly keep: number;
  readonly json: boolean;
}

async function simulate({ stack, changes, json }: Options, io: Io): Promise<number> {
  const progress = startProgress(`${stack} planned twice`, { quiet: json, stream: io.progress });
  const first = await io.plan(stack);
  const changed = Object.keys(changes).length > 0 ? changes : exampleChange(first.config.config);
  const overrides = Object.fromEntries(
    Object.entries(changed).map(([key, value]) => [`smartretail:${key}`, value]),
  );
  const second = await io.plan(stack, { overrides });
  progress.done();
  const change = Object.entries(changed)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
  const simulation = await simulateRollout(first.recording, second.recording, change);
  if (json) io.out(JSON.stringify(simulation, undefined, 2));
  else for (const line of simulationReport(stack, simulation, colour(io.colour))) io.out(line);
  return simulation.isStateKept ? 0 : 1;
}

/** For a clock to call (.github/workflows/drift.yml). */
async function check({ stack, publish, json }: Options, io: Io): Promise<number> {
  const plan = await io.plan(stack);
  const found = await compareEndpoints(plan.recording, await io.control(plan.region));
  for (const one of found) {
    const { endpointName, status, running, desired } = one;
    if (json) io.out(JSON.stringify({ endpointName, status, running, desired }));
    else io.out(`${endpointName} (${status}) runs ${running}; desired is ${desired}`);
  }
  const behind = found.filter(({ isBehind }) => isBehind).length;
  if (publish) {
    const { environment } = parseSettings(plan.config.config);
    await (await io.metrics(plan.region)).publishEndpointsBehind(environment, behind);
  }
  return behind === 0 ? 0 : 1;
}

async function apply({ stack, json }: Options, io: Io): Promise<number> {
  const plan = await io.plan(stack);
  const control = await io.control(plan.region);
  let isDone = true;
  for (const { endpointName, desiredParameter } of endpointsOfPlan(plan.recording)) {
    const progress = startProgress(endpointName, { quiet: json, stream: io.progress });
    const result = await rollOut(control, endpointName, await control.readDesired(desiredParameter), {
      sleep: async (milliseconds) => void (await io.sleep(milliseconds)),
      onProgress: ({ status }) => progress.update(status),
    });
    progress.done(result.outcome);
    isDone &&= result.outcome !== "rolled-back";
    if (json) io.out(JSON.stringify({ endpointName, ...result }));
    else for (const line of rolloutLine(endpointName, result, colour(io.colour))) io.out(line);
  }
  return isDone ? 0 : 1;
}

/** A dry run without --apply. */
async function cleanUp({ stack, keep, apply, json }: Options, io: Io): Promise<number> {
  const plan = await io.plan(stack);
  const [control, inventory] = await Promise.all([io.control(plan.region), io.inventory(plan.region)]);
  const found = await pruneStack(plan.recording, { control, inventory, keep, isDryRun: !apply });
  if (json) {
    io.out(JSON.stringify({ isDryRun: !apply, ...found }));
    return 0;
  }
  const verb = apply ? "deleted" : "would delete";
  for (const name of found.configurations) io.out(`${verb} endpoint configuration ${name}`);
  for (const name of found.models) io.out(`${verb} model ${name}`);
  if (found.configurations.length + found.models.length === 0) io.out("nothing to clean up");
  return 0;
}

function parse(argv: readonly string[]): Options {
  const values = parseOptions(argv, OPTIONS, USAGE);
  if (values.stack === undefined) throw new PlanError(`--stack is not given (${USAGE})`);
  checkTogether(values);
  const keep = values.keep ?? DEFAULT_KEEP;
  if (!/^\d{1,3}$/.test(keep)) {
    throw new PlanError(`--keep is "${keep}"; allowed: an integer from 0 to 999 (${USAGE})`);
  }
  return {
    stack: values.stack,
    changes: Object.fromEntries(values.set.map(changeOf)),
    apply: values.apply,
    check: values.check,
    publish: values.publish,
    prune: values.prune,
    keep: Number(keep),
    json: values.json,
  };
}

interface Given {
  readonly set: readonly string[];
  readonly apply: boolean;
  readonly check: boolean;
  readonly publish: boolean;
  readonly prune: boolean;
  readonly keep?: string | undefined;
}

/** @throws PlanError for options that would be left without an effect */
function checkTogether({ set, apply, check, publish, prune, keep }: Given): void {
  const [other] = [apply && "--apply", check && "--check", prune && "--prune"].filter(Boolean);
  if (other && set.length > 0) {
    throw new PlanError(
      `--set is for the simulation; allowed with ${other}: change Pulumi.<stack>.yaml and run pulumi up`,
    );
  }
  if (check && (apply || prune)) {
    throw new PlanError(`--check changes nothing: leave out ${apply ? "--apply" : "--prune"} (${USAGE})`);
  }
  if (publish && !check) throw new PlanError(`--publish is given alone; allowed: with --check (${USAGE})`);
  if (keep !== undefined && !prune) {
    throw new PlanError(`--keep is given alone; allowed: with --prune (${USAGE})`);
  }
}

/** A key and its new value. */
function changeOf(text: string): [key: string, value: string] {
  const [, key, value] = /^([a-zA-Z0-9]+)=(.+)$/.exec(text) ?? [];
  // A misspelt key would play a change of nothing, and say that all went well.
  if (key !== undefined && value !== undefined && SETTING_KEYS.includes(key)) return [key, value];
  throw new PlanError(`--set is "${text}"; allowed: key=value with a setting of Pulumi.yaml (${USAGE})`);
}

if (require.main === module) runCommand(main);
