import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS } from "./identity-policies";

export const iamNoServiceWildcard: ResourceRule = {
  id: "iam-no-service-wildcard",
  title: "No policy allows all actions of a service",
  severity: "high",
  rationale: "s3:* contains deleting buckets and changing their policies; new actions join unseen.",
  controls: [
    "CKV_AWS_49",
    "CKV_AWS_63",
    "IAM.21",
    "AWS-0345",
    "IAMPolicyNoStatementsWithFullAccess",
    "guard:iam_managedpolicy_no_statements_with_full_access",
    "guard:iam_policy_no_statements_with_full_access",
    "guard:iam_role_no_wildcard_actions_on_permissions",
  ],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "List the actions that the role needs.",
  check: (resource) => {
    for (const statement of allowedStatements(resource)) {
      for (const action of statement.parts.actions.filter((a) => /^(\*|[a-z0-9-]+:[*?]*\*[*?]*)$/i.test(a))) {
        statement.fail(`allows ${action}`, `Action::${action}`);
      }
    }
  },
};
