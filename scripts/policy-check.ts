import { basename, join } from "node:path";
import type { Plan } from "../preview/plan-environment";
import { PlanError } from "../preview/plan-error";
import { analyzedResources, type ProviderMessage } from "../preview/policies/analyzed-resource";
import { evaluatePack, type Finding, type PackReport } from "../preview/policies/evaluate-pack";
import { buildPackIfStale, packFolders } from "./build-policies";

const CONFIG = join(__dirname, "..", "policies", "config");

export interface PolicyCheckOptions {
  /** Names of the packs. @default all */
  readonly packs?: readonly string[];
}

/** Compiles the packs where needed and drives them, at the same time, over a recorded plan. */
export async function checkPolicies(plan: Plan, options: PolicyCheckOptions = {}): Promise<PackReport[]> {
  const folders = selectPacks(options.packs);
  await Promise.all(folders.map(buildPackIfStale));
  const resources = analyzedResources(plan.recording.resources, defaultProvider(plan));
  return Promise.all(
    folders.map((folder) =>
      evaluatePack({
        folder,
        configFile: join(CONFIG, `${basename(folder)}.${plan.stack}.json`),
        stack: {
          project: plan.config.project,
          stack: plan.stack,
          config: plan.config.config,
          preview: plan.recording.preview,
        },
        resources,
      }),
    ),
  );
}

function selectPacks(names: readonly string[] | undefined): string[] {
  const folders = packFolders();
  if (names === undefined || names.length === 0) return folders;
  return names.map((name) => {
    const folder = folders.find((candidate) => basename(candidate) === name);
    if (folder === undefined) {
      const known = folders.map((candidate) => basename(candidate)).join(", ");
      throw new PlanError(`pack "${name}" does not exist; there are: ${known}`);
    }
    return folder;
  });
}

/** What the engine makes of `aws:` configuration: the provider of everything that names no other. */
function defaultProvider(plan: Plan): ProviderMessage {
  const type = "pulumi:providers:aws";
  const properties = Object.fromEntries(
    Object.entries(plan.config.config)
      .filter(([key]) => key.startsWith("aws:"))
      .map(([key, value]) => [key.slice("aws:".length), value]),
  );
  return {
    urn: `urn:pulumi:${plan.stack}::${plan.config.project}::${type}::default`,
    type,
    name: "default",
    properties,
  };
}

/** A rule that failed counts as a violation. */
export function isViolation({ outcome }: Finding): boolean {
  return outcome === "violation" || outcome === "fault";
}

/** Whether a report must stop a deployment. */
export function hasMandatoryViolation(report: PackReport): boolean {
  return report.findings.some((finding) => isViolation(finding) && finding.level === "mandatory");
}
