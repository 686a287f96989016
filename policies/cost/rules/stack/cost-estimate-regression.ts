import * as fs from "node:fs";
import * as path from "node:path";
import type { StackRule } from "../../../kit";
import { certainMaximum, estimateOf, USAGE_FILE_OPTION } from "./estimate-of";

export const costEstimateRegression: StackRule = {
  id: "cost-estimate-regression",
  title: "What the stack costs a month has not grown since it was last agreed",
  severity: "medium",
  rationale:
    "A change within the budget can still double the bill; whoever doubles it writes the new figure down.",
  remedy:
    "Make the change cheaper, or record the new estimate with `npm run cost -- --stack <stack> --update`.",
  controls: ["cost_explorer_full_month_cost_changes"],
  inspects: {},
  options: {
    file: {
      type: "string",
      description:
        "JSON file with the agreed estimate ({ minimumUsd, maximumUsd }), relative to the pack's folder; empty turns the rule off.",
      default: "",
    },
    tolerancePercent: {
      type: "number",
      minimum: 0,
      description: "Growth in percent that needs no new agreement.",
      default: 5,
    },
    usageFile: USAGE_FILE_OPTION,
  },
  checkStack: (stack) => {
    const file = stack.option<string>("file");
    if (file === "") return;
    const agreed = readAgreed(file);
    if (agreed === undefined) return stack.fail(`there is no agreed estimate in ${file}`);
    const estimate = estimateOf(stack);
    if (estimate === undefined) return;
    const factor = 1 + stack.option<number>("tolerancePercent") / 100;
    const computed = { minimumUsd: estimate.minimumUsd, maximumUsd: certainMaximum(estimate) };
    for (const bound of ["minimumUsd", "maximumUsd"] as const)
      if (computed[bound] > agreed[bound] * factor)
        stack.fail(
          `${bound} is ${computed[bound].toFixed(2)}, ${agreed[bound].toFixed(2)} was agreed (${file})`,
          bound,
        );
  },
};

interface Agreed {
  readonly minimumUsd: number;
  readonly maximumUsd: number;
}

function readAgreed(file: string): Agreed | undefined {
  const full = path.resolve(file);
  if (!fs.existsSync(full)) return undefined;
  const { minimumUsd, maximumUsd } = JSON.parse(fs.readFileSync(full, "utf8")) as Partial<Agreed>;
  if (typeof minimumUsd !== "number" || typeof maximumUsd !== "number") return undefined;
  return { minimumUsd, maximumUsd };
}
