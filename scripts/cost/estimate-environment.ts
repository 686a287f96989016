import { existsSync } from "node:fs";
import { join } from "node:path";
import { estimateMonthlyCost, type Estimate } from "../../policies/cost/pricing/estimate";
import type { PlannedResource } from "../../policies/cost/pricing/planned-resource";
import { readUsageFile } from "../../policies/cost/pricing/usage-file";
import type { Plan } from "../../preview/plan-environment";
import { PlanError } from "../../preview/plan-error";

const ROOT = join(__dirname, "..", "..");
/** Folder of the packs' configuration and of what it names. */
export const POLICY_CONFIG = join("policies", "config");

/** The estimate of a plan under the usage assumptions of its environment. */
export function estimateEnvironment(plan: Plan, root = ROOT): Estimate {
  return estimateResources(plan.recording.resources, plan.stack, root);
}

export function estimateResources(
  resources: readonly PlannedResource[],
  stack: string,
  root: string,
): Estimate {
  const file = join(root, POLICY_CONFIG, `usage.${stack}.json`);
  try {
    return estimateMonthlyCost(resources, { usage: existsSync(file) ? readUsageFile(file) : {} });
  } catch (error) {
    throw new PlanError((error as Error).message);
  }
}
