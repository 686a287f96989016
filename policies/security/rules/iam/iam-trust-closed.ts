import type { ResourceRule, Statement } from "../../../kit";
import { isBinding } from "../../conditions";
import { limitsCallers, openGrants } from "../../open-grants";
import { ROLE } from "./identity-policies";

export const iamTrustClosed: ResourceRule = {
  id: "iam-trust-closed",
  title: "Roles can be assumed by named principals only",
  severity: "high",
  rationale: "A trust in everybody, or in a whole account without a condition, hands the role to strangers.",
  controls: ["CKV_AWS_60", "CKV_AWS_61", "guard:iam_role_no_full_access_on_trust_policy"],
  inspects: { [ROLE]: ["assumeRolePolicy"] },
  remedy: "Name the service or role, or add a condition such as aws:PrincipalOrgID or sts:ExternalId.",
  check: (role) => {
    const document = role.policy("assumeRolePolicy");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody assume the role");
    for (const statement of document.statements.filter((candidate) => candidate.allows)) {
      const account = accountRoot(statement);
      if (account) statement.fail(`lets the whole account ${account} assume the role`, account);
    }
  },
};

function accountRoot(statement: Statement): string | undefined {
  const roots = statement.parts.principals.filter((principal) =>
    /^AWS:(arn:[^:]+:iam::\d{12}:root|\d{12})$/.test(principal),
  );
  const limited = statement.parts.conditions.some(
    (c) => limitsCallers(c) || (c.key === "sts:externalid" && isBinding(c)),
  );
  return limited ? undefined : /\d{12}/.exec(roots[0] ?? "")?.[0];
}
