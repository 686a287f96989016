import type { StackRule } from "../../../kit";

const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

export const vpcDefaultSgClosed: StackRule = {
  id: "vpc-default-sg-closed",
  title: "The default security group of every VPC is empty",
  severity: "high",
  rationale:
    "Whatever is started without a group lands in the default one, which lets all members talk and reach out.",
  controls: [
    "CKV2_AWS_12",
    "EC2.2",
    "AWS-0173",
    "VPCDefaultSecurityGroupClosed",
    "guard:vpc_default_security_group_closed",
  ],
  inspects: { [VPC]: [], [DEFAULT_GROUP]: ["ingress", "egress", "vpcId"] },
  remedy: "Add a DefaultSecurityGroup for the VPC without ingress and egress.",
  checkStack: (stack) => {
    for (const vpc of stack.ofType(VPC)) {
      const groups = stack.referring(vpc, DEFAULT_GROUP, "vpcId");
      if (groups.length === 0) vpc.fail("the default security group keeps its open rules");
      for (const group of groups) {
        for (const direction of ["ingress", "egress"]) {
          const rules = group.input(direction);
          if (rules.isSet) rules.fail("the default security group has rules");
        }
      }
    }
  },
};
