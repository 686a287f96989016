import type { ResourceCheck, StackRule } from "../../../kit";
import { BUDGET } from "../tokens";

export const costBudget: StackRule = {
  id: "cost-budget",
  title: "A monthly budget tells somebody before the money is gone",
  severity: "high",
  rationale: "The bill comes three weeks after the mistake; a budget alert comes the next day.",
  remedy:
    "Add an aws.budgets.Budget: MONTHLY, a limit, alerts on ACTUAL and FORECASTED cost with subscribers, over the whole account or filtered by the stack's tag.",
  controls: ["aws-budget-limit"],
  inspects: {
    [BUDGET]: [
      "timeUnit",
      "limitAmount",
      "notifications[*].notificationType",
      "notifications[*].threshold",
      "notifications[*].subscriberEmailAddresses",
      "notifications[*].subscriberSnsTopicArns",
      "costFilters",
      "filterExpression",
    ],
  },
  options: {
    actualPercent: {
      type: "integer",
      minimum: 1,
      maximum: 100,
      description: "An alert on the actual cost must go out at this share of the budget or earlier.",
      default: 80,
    },
    forecastedPercent: {
      type: "integer",
      minimum: 1,
      description: "An alert on the forecasted cost must go out at this share of the budget or earlier.",
      default: 100,
    },
    counts: {
      type: "string",
      enum: ["anything", "tagged", "account"],
      description:
        "What the budget must count: resources with a tag, or, where the account belongs to the stack alone, all of it. A filter by tag counts nothing until the payer activates the tag, and never what has none.",
      default: "anything",
    },
  },
  checkStack: (stack) => {
    const budgets = stack
      .ofType(BUDGET)
      .filter(
        (budget) => budget.at("timeUnit").presence === "unknown" || budget.at("timeUnit").known === "MONTHLY",
      );
    if (budgets.length === 0) return stack.fail("the stack has no monthly budget");
    for (const budget of budgets) checkBudget(budget);
  },
};

function checkBudget(budget: ResourceCheck): void {
  budget.present("limitAmount", "the budget has no limit");
  requireAlert(budget, "ACTUAL", budget.option("actualPercent"));
  requireAlert(budget, "FORECASTED", budget.option("forecastedPercent"));
  const filter = ["costFilters", "filterExpression"].find((property) => budget.at(property).isSet);
  const counts = budget.option<"anything" | "tagged" | "account">("counts");
  if (counts === "tagged" && !filter)
    budget.fail("the budget counts the whole account, not the stack", "costFilters");
  if (counts !== "account" || !filter) return;
  if (budget.at(filter).presence === "unknown") return budget.defer(filter);
  budget.fail("the budget counts a part of the account: what the filter misses costs nothing to it", filter);
}

function requireAlert(budget: ResourceCheck, kind: "ACTUAL" | "FORECASTED", percent: number): void {
  const notifications = budget.at("notifications");
  if (notifications.presence === "unknown") return budget.defer("notifications");
  const alerts = notifications.items().filter((alert) => alert.at("notificationType").known === kind);
  const early = alerts.filter((alert) => {
    const threshold = alert.at("threshold").read<number>();
    const absolute = alert.at("thresholdType").known === "ABSOLUTE_VALUE";
    return !absolute && (threshold === undefined || Number(threshold) <= percent);
  });
  if (early.length === 0)
    return notifications.fail(`nobody is told when ${kind} cost reaches ${percent} % of the budget`);
  const heard = early.some(
    (alert) => alert.at("subscriberEmailAddresses").isSet || alert.at("subscriberSnsTopicArns").isSet,
  );
  if (!heard) notifications.fail(`the ${kind} alert of the budget has no subscriber`);
}
