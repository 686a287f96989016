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
    deferPending(stack, estimate.lines);
  },
};

/** A line that rests on a value which is not known before the update may still grow. */
function deferPending(stack: StackCheck, lines: Estimate["lines"]): void {
  const views = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  for (const { urn, pendingInput } of lines) if (pendingInput) views.get(urn)?.defer(pendingInput);
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
