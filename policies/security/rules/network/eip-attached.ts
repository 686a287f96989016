import type { ResourceCheck, StackCheck, StackRule } from "../../../kit";

const EIP = "aws:ec2/eip:Eip";
const USERS = [
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:lb/loadBalancer:LoadBalancer",
];

export const eipAttached: StackRule = {
  id: "eip-attached",
  title: "Every elastic address is in use",
  severity: "low",
  rationale: "An unused address costs by the hour and is remembered in somebody's allow-list.",
  controls: ["CKV2_AWS_19", "EC2.12"],
  inspects: { [EIP]: ["instance", "networkInterface"] },
  remedy: "Release the address.",
  checkStack: (stack) => {
    for (const address of stack.ofType(EIP))
      if (!isUsed(stack, address)) address.fail("nothing uses the address", "instance");
  },
};

function isUsed(stack: StackCheck, address: ResourceCheck): boolean {
  if (address.at("instance").isSet || address.at("networkInterface").isSet) return true;
  return stack.ofType(...USERS).some((user) =>
    Object.values(user.raw.propertyDependencies ?? {})
      .flat()
      .includes(address.urn),
  );
}
