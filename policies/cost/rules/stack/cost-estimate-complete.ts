import type { StackRule } from "../../../kit";
import { BUDGET } from "../tokens";
import { estimateOf, USAGE_FILE_OPTION } from "./estimate-of";

export const costEstimateComplete: StackRule = {
  id: "cost-estimate-complete",
  title: "Everything in the stack has a price",
  severity: "medium",
  rationale: "A sum that leaves something out looks like a cheap stack.",
  remedy:
    "Add the type to the price table, or to the option allowUnpriced when its cost is known and accepted.",
  controls: ["aws-cost-estimate"],
  inspects: { [BUDGET]: [] },
  options: {
    allowUnpriced: {
      type: "array",
      items: { type: "string" },
      description:
        "Resource types without a price that are known and accepted; any other unpriced item is a violation.",
      default: [],
    },
    usageFile: USAGE_FILE_OPTION,
  },
  checkStack: (stack) => {
    const accepted = stack.option<string[]>("allowUnpriced");
    const views = new Map(stack.resources.map((resource) => [resource.urn, resource]));
    const missing = new Map<string, { names: string[]; why: string }>();
    for (const { urn, type, name, what, reason, pendingInput } of estimateOf(stack)?.unpriced ?? []) {
      if (accepted.includes(type)) continue;
      if (pendingInput !== undefined) views.get(urn)?.defer(pendingInput);
      else {
        const known = missing.get(type) ?? { names: [], why: `${what}: ${reason}` };
        missing.set(type, { ...known, names: [...known.names, name] });
      }
    }
    for (const [type, { names, why }] of missing)
      stack.fail(`the estimate is short of ${names.join(", ")}, ${why}`, type);
  },
};
