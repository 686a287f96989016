import type { StackCheck, StackRule } from "../../../kit";
import { BUDGET } from "../tokens";
import type { Estimate } from "../../pricing/estimate";
import { certainMaximum, estimateOf, USAGE_FILE_OPTION } from "./estimate-of";

export const costMonthlyEstimate: StackRule = {
  id: "cost-monthly-estimate",
  title: "What the stack costs a month is within its budget",
  severity: "high",
  rationale:
    "Whoever reviews a change sees resources, not money; the sum is computed before anything is made.",
  remedy: "Make the stack cheaper, or raise the budget and the configured limits together.",
  controls: ["aws-cost-estimate", "aws-budget-limit"],
  inspects: { [BUDGET]: ["limitAmount"] },
  options: {
    minimumLimitUsd: {
      type: "number",
      minimum: 0,
      description: "Most USD a month at minimum capacity and quiet usage; 0 means the budget's own limit.",
      default: 0,
    },
    maximumLimitUsd: {
      type: "number",
      minimum: 0,
      description: "Most USD a month at maximum capacity and busy usage; 0 means the budget's own limit.",
      default: 0,
    },
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
    const estimate = estimateOf(stack);
    if (estimate === undefined) return;
    const budget = smallestBudget(stack);
    for (const [state, usd, configured] of [
      ["minimum", estimate.minimumUsd, stack.option<number>("minimumLimitUsd")],
      ["maximum", certainMaximum(estimate), stack.option<number>("maximumLimitUsd")],
    ] as const) {
      const limit = configured > 0 ? configured : budget;
      if (limit !== undefined && usd > limit)
        stack.fail(
          `at ${state} capacity it costs ${dollars(usd)} a month, more than ${dollars(limit)}`,
          state,
        );
    }
    reportUnpriced(stack, estimate);
  },
};

/** What has no price is a violation; what is not known before the update is deferred. */
function reportUnpriced(stack: StackCheck, { lines, unpriced }: Estimate): void {
  const accepted = stack.option<string[]>("allowUnpriced");
  const views = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  for (const { urn, pendingInput } of lines) if (pendingInput) views.get(urn)?.defer(pendingInput);
  for (const item of unpriced.filter(({ type }) => !accepted.includes(type))) {
    if (item.pendingInput !== undefined) views.get(item.urn)?.defer(item.pendingInput);
    else stack.fail(`the estimate is short of ${item.name}, ${item.what}: ${item.reason}`, item.name);
  }
}

/** The smallest known limit of a budget of the stack. */
function smallestBudget(stack: StackCheck): number | undefined {
  const limits = stack
    .ofType(BUDGET)
    .map((budget) => Number(budget.at("limitAmount").read<string>() ?? NaN))
    .filter(Number.isFinite);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function dollars(usd: number): string {
  return `${usd.toFixed(2)} USD`;
}
