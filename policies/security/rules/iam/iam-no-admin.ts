import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";

export const iamNoAdmin: ResourceRule = {
  id: "iam-no-admin",
  title: "No policy allows everything",
  severity: "critical",
  rationale: "One job with all rights is one mistake away from the whole account.",
  controls: [
    "CKV_AWS_1",
    "CKV_AWS_62",
    "CKV2_AWS_40",
    "IAM.1",
    "AWS-0057",
    "IAMPolicyNoStatementsWithAdminAccess",
    "guard:iam_policy_no_statements_with_admin_access",
  ],
  inspects: IDENTITY_POLICY_PATHS,
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
