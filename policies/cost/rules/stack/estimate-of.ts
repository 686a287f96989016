import type { OptionSchema, StackCheck } from "../../../kit";
import { estimateMonthlyCost, type Estimate } from "../../pricing/estimate";
import type { PlannedResource } from "../../pricing/planned-resource";
import { readUsageFile } from "../../pricing/usage-file";

export const USAGE_FILE_OPTION: OptionSchema = {
  type: "string",
  description:
    "JSON file with the environment's usage assumptions, relative to the pack's folder; empty for the defaults.",
  default: "",
};

/** The estimate of the stack under the usage assumptions of the rule; a violation when they cannot be read. */
export function estimateOf(stack: StackCheck): Estimate | undefined {
  const file = stack.option<string>("usageFile");
  try {
    return estimateMonthlyCost(planOf(stack), { usage: file === "" ? {} : readUsageFile(file) });
  } catch (error) {
    stack.fail(`the cost cannot be computed: ${(error as Error).message}`, "usageFile");
    return undefined;
  }
}

/** The maximum without what only unknown values could add: a violation is certain when this is above the limit. */
export function certainMaximum({ lines }: Estimate): number {
  return lines.reduce((sum, line) => sum + (line.pendingInput ? line.minimumUsd : line.maximumUsd), 0);
}

function planOf(stack: StackCheck): PlannedResource[] {
  return stack.resources.map(({ raw: { urn, type, name, properties, propertyDependencies } }) => ({
    urn,
    type,
    name,
    inputs: properties,
    ...(propertyDependencies ? { propertyDependencies } : {}),
  }));
}
