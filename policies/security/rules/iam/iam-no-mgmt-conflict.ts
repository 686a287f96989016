import type { StackRule } from "../../../kit";
import { ROLE } from "./identity-policies";

const CONFLICTS = [
  { inline: "inlinePolicies", resource: "aws:iam/rolePolicy:RolePolicy" },
  { inline: "managedPolicyArns", resource: "aws:iam/rolePolicyAttachment:RolePolicyAttachment" },
];

export const iamNoMgmtConflict: StackRule = {
  id: "iam-no-mgmt-conflict",
  title: "A role's policies are managed in one way",
  severity: "medium",
  rationale: "A list on the role removes what the attachments add, on every second update.",
  controls: [],
  inspects: {
    [ROLE]: CONFLICTS.map(({ inline }) => inline),
    ...Object.fromEntries(CONFLICTS.map(({ resource }) => [resource, ["role"]])),
  },
  remedy: "Use either the role's own lists or resources of their own, not both.",
  checkStack: (stack) => {
    for (const role of stack.ofType(ROLE)) {
      for (const { inline, resource } of CONFLICTS) {
        if (role.input(inline).isSet && stack.referring(role, resource, "role").length > 0) {
          role.fail(`${inline} is set and resources of their own attach policies too`, inline);
        }
      }
    }
  },
};
