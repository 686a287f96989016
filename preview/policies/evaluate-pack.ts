import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Outcome } from "../../policies/kit";
import { PlanError } from "../plan-error";
import type { AnalyzedResource } from "./analyzed-resource";
import { PackClient, type Diagnostic, type StackIdentity } from "./pack-client";
import { startPack } from "./pack-server";
import type { GivenSettings } from "./reconcile-settings";

export interface Finding {
  readonly policy: string;
  /** What the policy holds. */
  readonly title: string;
  readonly outcome: Outcome;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

/** What one pack says about one plan. */
export interface PackReport {
  readonly pack: string;
  readonly version: string;
  readonly policies: number;
  readonly resources: number;
  readonly findings: readonly Finding[];
  readonly startMilliseconds: number;
  readonly analysisMilliseconds: number;
}

export interface EvaluationInputs {
  /** Folder of the pack. */
  readonly folder: string;
  /** File for `--policy-pack-config`; none is like an empty one. */
  readonly configFile?: string;
  readonly stack: StackIdentity;
  readonly resources: readonly AnalyzedResource[];
}

/** Starts a pack, drives it over the plan as `pulumi preview` would, and stops it. */
export async function evaluatePack(inputs: EvaluationInputs): Promise<PackReport> {
  const given = readSettings(inputs.configFile);
  const started = performance.now();
  const server = await startPack(inputs.folder);
  const client = new PackClient(server.address);
  try {
    const info = await client.configure(inputs.stack, given);
    const ready = performance.now();
    const diagnostics = await analyze(client, inputs.resources);
    return {
      pack: info.getName(),
      version: info.getVersion(),
      policies: info.getPoliciesList().length,
      resources: inputs.resources.length,
      findings: diagnostics.map(findingOf),
      startMilliseconds: Math.round(ready - started),
      analysisMilliseconds: Math.round(performance.now() - ready),
    };
  } finally {
    client.close();
    server.stop();
  }
}

/** Per resource remediation and analysis, then the whole stack: the order of the CLI. */
export async function analyze(
  client: PackClient,
  resources: readonly AnalyzedResource[],
): Promise<Diagnostic[]> {
  const remedied: AnalyzedResource[] = [];
  for (const resource of resources) {
    const last = (await client.remediate(resource)).at(-1);
    remedied.push(
      last
        ? { ...resource, inputs: last.properties, outputs: { ...resource.outputs, ...last.properties } }
        : resource,
    );
  }
  return [...(await client.analyzeAll(remedied)), ...(await client.analyzeStack(remedied))];
}

export function readSettings(file: string | undefined): GivenSettings {
  if (file === undefined) return {};
  if (!existsSync(file)) throw new PlanError(`the policy configuration ${file} does not exist`);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as GivenSettings;
  } catch (error) {
    throw new PlanError(`${basename(file)}: ${(error as Error).message}`);
  }
}

const SEVERITIES = ["", "low", "medium", "high", "critical"];

/** The first line of a message is the policy's title; a word in capitals before it says what it is. */
export function findingOf(diagnostic: Diagnostic): Finding {
  const [first = "", ...rest] = diagnostic.message.split("\n");
  const mark = /^(EXEMPTED|DEFERRED|FAULT|NOTE): /.exec(first);
  return {
    policy: diagnostic.policy,
    title: mark ? first.slice(mark[0].length) : first,
    outcome: mark ? (mark[1]?.toLowerCase() as Outcome) : "violation",
    level: diagnostic.level,
    severity: SEVERITIES[diagnostic.severity] ?? "",
    urn: diagnostic.urn,
    message: rest.join("\n"),
  };
}
