import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { providerStubs } from "./provider-stubs/provider-stubs";
import { checkConstraints } from "./constraints/check-constraints";
import { checkInputShapes } from "./constraints/input-shapes";
import { PlanError } from "./plan-error";
import { record, RecordingError } from "./sdk/record";
import type { Recording } from "./recorded-resource";
import { readStackConfig, type StackConfig } from "./stack-config";

const ROOT = join(__dirname, "..");

type PulumiProgram = () => Promise<Record<string, unknown>>;

export interface PlanOptions {
  /**
   * True: ids and computed values are unknown, as in the first preview of an empty account. False: they are what an
   * imaginary account would give.
   * @default false
   */
  readonly preview?: boolean;
  /** Folder of the configuration files. @default this repository */
  readonly root?: string;
  /** @default the platform, index.ts */
  readonly program?: PulumiProgram;
  /** Who plans. @default a session of the deployer role */
  readonly callerArn?: string;
  /** Replaces values of the configuration files: full keys and their text. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** One environment as the program would deploy it. */
export interface Plan {
  readonly stack: string;
  readonly region: string;
  readonly config: StackConfig;
  readonly recording: Recording;
}

/**
 * Runs the real program in process with the configuration of `stack` and records what it registers.
 *
 * Plans are made one after another: the SDK's runtime is one per process.
 *
 * @throws PlanError with one line per thing that the CLI, the engine or AWS would reject
 */
export async function planEnvironment(stack: string, options: PlanOptions = {}): Promise<Plan> {
  const { root = ROOT, preview = false } = options;
  const fromFiles = readStackConfig(root, stack);
  const config = { ...fromFiles, config: { ...fromFiles.config, ...options.overrides } };
  const region = config.config["aws:region"];
  if (region === undefined) throw new PlanError(`Pulumi.${stack}.yaml: aws:region is not set`);
  const program = options.program ?? loadPlatform();

  const recording = await record(program, {
    project: config.project,
    stack,
    config: config.config,
    secretKeys: config.secretKeys,
    preview,
    stubs: providerStubs(region, options.callerArn),
  }).catch((error: unknown) => {
    throw readable(error);
  });
  const rejected = [
    ...checkInputShapes(recording.resources),
    ...checkConstraints(recording.resources).violations,
  ];
  if (rejected.length > 0) throw new PlanError(rejected);
  return { stack, region, config, recording };
}

/**
 * As the CLI's language host does it: index.ts is CommonJS and exports the program itself. Only when it is needed: a wrong
 * configuration is rejected before the program is loaded.
 */
function loadPlatform(): PulumiProgram {
  return createRequire(__filename)(join(ROOT, "index.ts")) as PulumiProgram;
}

/** What the program and the recorder reject is for the reader; a defect (TypeError and its like) keeps its stack. */
function readable(error: unknown): unknown {
  const rejected =
    error instanceof pulumi.RunError ||
    error instanceof RecordingError ||
    (error instanceof Error && error.constructor === Error);
  return rejected ? new PlanError(error.message) : error;
}
