import type { RuleFacts, StackRule } from "../../../kit";
import { DASHBOARD, KEY, NAT_GATEWAY } from "../tokens";

/** A rule that the stack has at most as many resources of a type as its option says; the first further one fails. */
function countAtMost(
  facts: Omit<RuleFacts, "inspects" | "options">,
  type: string,
  noun: string,
  maximum: number,
): StackRule {
  return {
    ...facts,
    inspects: { [type]: [] },
    options: {
      maximum: { type: "integer", minimum: 0, description: `Most ${noun} of the stack.`, default: maximum },
    },
    checkStack: (stack) => {
      const most = stack.option<number>("maximum");
      const resources = stack.ofType(type);
      resources[most]?.fail(`the stack has ${resources.length} ${noun}, ${most} at most are planned for`);
    },
  };
}

export const costDashboardCount = countAtMost(
  {
    id: "cost-dashboard-count",
    title: "The stack has no more dashboards than are free",
    severity: "low",
    rationale: "Three dashboards of an account cost nothing, each further one 3 USD a month.",
    remedy: "Put the widgets on one of the other dashboards.",
    controls: [],
  },
  DASHBOARD,
  "dashboards",
  3,
);

export const costKeyCount = countAtMost(
  {
    id: "cost-key-count",
    title: "KMS keys are shared by purpose",
    severity: "low",
    rationale:
      "A key costs 1 USD a month and up to 3 with its rotations; a key per bucket adds up and protects nothing more.",
    remedy: "Use one key per purpose and tell resources apart in its policy.",
    controls: [],
  },
  KEY,
  "KMS keys",
  6,
);

export const costNatGateways = countAtMost(
  {
    id: "cost-nat-gateways",
    title: "The network has no more NAT gateways than planned for",
    severity: "medium",
    rationale:
      "A NAT gateway costs 45 USD a month before the first byte, awsx makes one per zone unless told otherwise, and the data goes by VPC endpoints.",
    remedy: 'Set natGateways: { strategy: "None" } and reach AWS by VPC endpoints.',
    controls: ["single-nat-gateway", "vpc_nat_gateway_unused", "Inactive NAT Gateways"],
  },
  NAT_GATEWAY,
  "NAT gateways",
  0,
);
