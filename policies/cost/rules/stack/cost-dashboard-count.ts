import type { StackRule } from "../../../kit";
import { DASHBOARD } from "../tokens";

export const costDashboardCount: StackRule = {
  id: "cost-dashboard-count",
  title: "The stack has no more dashboards than are free",
  severity: "low",
  rationale: "Three dashboards of an account cost nothing, each further one 3 USD a month.",
  remedy: "Put the widgets on one of the other dashboards.",
  controls: [],
  inspects: { [DASHBOARD]: [] },
  options: {
    maximum: { type: "integer", minimum: 0, description: "Most dashboards of the stack.", default: 3 },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const dashboards = stack.ofType(DASHBOARD);
    for (const dashboard of dashboards.slice(maximum))
      dashboard.fail(`the stack has ${dashboards.length} dashboards, ${maximum} at most are planned for`);
  },
};
