import type { ResourceRule } from "../../../kit";
import { ROLE } from "./identity-policies";

export const iamNoInline: ResourceRule = {
  id: "iam-no-inline",
  title: "Permissions are managed policies",
  severity: "low",
  rationale:
    "Managed policies have versions and can be shared; a role with one reviewed inline policy of its own is as good, so this is off by default.",
  controls: ["IAMNoInlinePolicy", "guard:iam_no_inline_policy_check"],
  inspects: { "aws:iam/rolePolicy:RolePolicy": [], [ROLE]: ["inlinePolicies"] },
  remedy: "Move the statements to an aws.iam.Policy and attach it.",
  optIn: true,
  check: (resource) => {
    if (resource.type !== ROLE) resource.fail("the policy is inline");
    else if (resource.at("inlinePolicies").isSet) resource.at("inlinePolicies").fail("the policy is inline");
  },
};
