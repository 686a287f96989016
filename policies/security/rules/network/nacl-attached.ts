import type { StackRule } from "../../../kit";

const NACL = "aws:ec2/networkAcl:NetworkAcl";
const ASSOCIATION = "aws:ec2/networkAclAssociation:NetworkAclAssociation";

export const naclAttached: StackRule = {
  id: "nacl-attached",
  title: "Every network ACL belongs to a subnet",
  severity: "low",
  rationale: "An ACL without a subnet protects nothing and looks as if it did.",
  controls: ["CKV2_AWS_1", "EC2.16"],
  inspects: { [NACL]: ["subnetIds"], [ASSOCIATION]: ["networkAclId"] },
  remedy: "Set subnetIds, or remove the ACL.",
  checkStack: (stack) => {
    for (const acl of stack.ofType(NACL)) {
      if (acl.at("subnetIds").isSet || stack.referring(acl, ASSOCIATION, "networkAclId").length > 0) continue;
      acl.fail("the ACL belongs to no subnet", "subnetIds");
    }
  },
};
