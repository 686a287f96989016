import type { StackRule } from "../../../kit";

const NAT = "aws:ec2/natGateway:NatGateway";

export const costNatGateways: StackRule = {
  id: "cost-nat-gateways",
  title: "The network has no more NAT gateways than planned for",
  severity: "medium",
  rationale:
    "A NAT gateway costs 45 USD a month before the first byte, awsx makes one per zone unless told otherwise, and the data goes by VPC endpoints.",
  remedy: 'Set natGateways: { strategy: "None" } and reach AWS by VPC endpoints.',
  controls: ["single-nat-gateway", "vpc_nat_gateway_unused", "Inactive NAT Gateways"],
  inspects: { [NAT]: [] },
  options: {
    maximum: { type: "integer", minimum: 0, description: "Most NAT gateways of the stack.", default: 0 },
  },
  checkStack: (stack) => {
    const maximum = stack.option<number>("maximum");
    const gateways = stack.ofType(NAT);
    for (const gateway of gateways.slice(maximum))
      gateway.fail(`the stack has ${gateways.length} NAT gateways, ${maximum} at most are planned for`);
  },
};
