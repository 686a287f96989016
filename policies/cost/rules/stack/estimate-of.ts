import type { OptionSchema, Properties, StackCheck } from "../../../kit";
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
    return stack.once(`estimate ${file}`, () =>
      estimateMonthlyCost(planOf(stack), { usage: file === "" ? {} : readUsageFile(file) }),
    );
  } catch (error) {
    stack.fail(`the cost cannot be computed: ${(error as Error).message}`, "usageFile");
    return undefined;
  }
}

/** The maximum without what only unknown values could add: a violation is certain when this is above the limit. */
export function certainMaximum({ lines }: Estimate): number {
  return lines.reduce((sum, line) => sum + (line.pendingInput ? line.minimumUsd : line.maximumUsd), 0);
}

/** What only the cloud can give and other resources use to name a resource. */
const IDENTITIES = ["id", "arn", "name"];

/**
 * The plan as the program wrote it. After an update the properties also hold what the cloud added, such as empty shadow
 * variants, which must not be priced; names and ids are taken from there where the program leaves them to the cloud.
 */
function planOf(stack: StackCheck): PlannedResource[] {
  return stack.resources.map(({ raw: { urn, type, name, properties, inputs, propertyDependencies } }) => ({
    urn,
    type,
    name,
    inputs: inputs ? { ...identitiesIn(properties), ...inputs } : properties,
    ...(propertyDependencies ? { propertyDependencies } : {}),
  }));
}

function identitiesIn(properties: Properties): Properties {
  return Object.fromEntries(
    IDENTITIES.filter((key) => key in properties).map((key) => [key, properties[key]]),
  );
}
