import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_GUARDS, onEverything } from "./identity-policies";

export const iamNoAdmin: ResourceRule = {
  id: "iam-no-admin",
  title: "No policy allows everything",
  severity: "critical",
  rationale: "One job with all rights is one mistake away from the whole account.",
  anchors: [
    "CKV_AWS_1",
    "CKV_AWS_62",
    "CKV2_AWS_40",
    "IAMPolicyNoStatementsWithAdminAccess",
    "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
    "AWS-0057",
    "IAM.1",
    "iam-policy-no-statements-with-admin-access",
    "iam_customer_attached_policy_no_administrative_privileges",
    "iam_customer_unattached_policy_no_administrative_privileges",
    "iam_inline_policy_no_administrative_privileges",
    "KICS: IAM Policies With Full Privileges",
  ],
  guards: IDENTITY_POLICY_GUARDS,
  remedy: "List the actions and resources that the role needs.",
  exemptible: false,
  check: (resource) => {
    for (const statement of allowedStatements(resource)) {
      const all = statement.parts.actions.some((action) => /^\*(:\*)?$/.test(action));
      if (all && onEverything(statement))
        statement.fail("allows every action on every resource", "Action::*");
    }
  },
};
