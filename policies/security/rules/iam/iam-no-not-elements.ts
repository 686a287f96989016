import type { ResourceRule, Statement } from "../../../kit";
import { identityPolicies, IDENTITY_POLICY_PATHS, ROLE } from "./identity-policies";

export const iamNoNotElements: ResourceRule = {
  id: "iam-no-not-elements",
  title: "No policy allows everything but a list",
  severity: "medium",
  rationale: "Allow with NotAction, NotResource or NotPrincipal includes whatever AWS adds tomorrow.",
  controls: [
    "guard:iam_role_no_allow_plus_not_action_on_trust_policy",
    "guard:iam_role_no_allow_plus_not_principal",
    "guard:iam_role_or_policy_no_allow_plus_not_action",
    "guard:iam_role_or_policy_no_allow_plus_not_resource",
  ],
  inspects: { ...IDENTITY_POLICY_PATHS, [ROLE]: ["inlinePolicies[*].policy", "assumeRolePolicy"] },
  remedy: "List what is allowed.",
  check: (resource) => {
    const trust = resource.type === ROLE ? (resource.policy("assumeRolePolicy")?.statements ?? []) : [];
    const permissions = identityPolicies(resource).flatMap((document) => document.statements);
    for (const statement of [...trust, ...permissions].filter((candidate) => candidate.allows))
      checkStatement(statement);
  },
};

function checkStatement(statement: Statement): void {
  const { notActions, notResources, notPrincipals } = statement.parts;
  if (notActions.length > 0) statement.fail("allows with NotAction", "NotAction");
  if (notResources.length > 0) statement.fail("allows with NotResource", "NotResource");
  if (notPrincipals.length > 0) statement.fail("allows with NotPrincipal", "NotPrincipal");
}
