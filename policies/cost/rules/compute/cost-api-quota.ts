import type { ResourceRule } from "../../../kit";

const USAGE_PLAN = "aws:apigateway/usagePlan:UsagePlan";

export const costApiQuota: ResourceRule = {
  id: "cost-api-quota",
  title: "Usage plans of APIs have a quota",
  severity: "low",
  rationale: "A client in a loop is billed request by request until somebody notices; a quota notices first.",
  remedy: "Set quotaSettings with a limit and a period.",
  controls: [],
  inspects: { [USAGE_PLAN]: ["quotaSettings"] },
  check: (plan) => plan.present("quotaSettings", "the clients of the plan have no quota"),
};
