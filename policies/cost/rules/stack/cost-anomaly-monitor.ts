import type { StackRule } from "../../../kit";

const MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";
const SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription";

export const costAnomalyMonitor: StackRule = {
  id: "cost-anomaly-monitor",
  title: "Cost anomalies are watched and reported",
  severity: "low",
  rationale: "A budget sees the sum; an anomaly monitor sees that one service costs ten times what it did.",
  remedy: "Add an aws.costexplorer.AnomalyMonitor and an AnomalySubscription for it; both are free.",
  controls: ["cost_explorer_full_month_cost_changes"],
  optIn: true,
  inspects: { [MONITOR]: [], [SUBSCRIPTION]: ["monitorArnLists"] },
  checkStack: (stack) => {
    const monitors = stack.ofType(MONITOR);
    if (monitors.length === 0) return stack.fail("the stack has no cost anomaly monitor");
    for (const monitor of monitors)
      if (stack.referring(monitor, SUBSCRIPTION, "monitorArnLists").length === 0)
        monitor.fail("nobody is told about its anomalies");
  },
};
