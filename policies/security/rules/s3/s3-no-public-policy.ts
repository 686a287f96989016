import type { ResourceRule } from "../../../kit";
import { TRUSTED_ACCOUNTS } from "../../known-accounts";
import { foreignGrants, openGrants } from "../../open-grants";
import { BUCKET, BUCKET_POLICY } from "./buckets";

export const s3NoPublicPolicy: ResourceRule = {
  id: "s3-no-public-policy",
  title: "No bucket policy lets everybody in",
  severity: "critical",
  rationale:
    "Only conditions on the caller's account, organisation, network or VPC endpoint keep strangers out; a user agent or TLS does not.",
  controls: [
    "CKV_AWS_70",
    "S3.6",
    "guard:s3_bucket_policy_grantee_check",
    "guard:s3_bucket_policy_no_allow_plus_not_action",
    "guard:s3_bucket_policy_no_wildcard_action",
    "guard:s3_bucket_policy_no_wildcard_principal",
    "guard:s3_bucketpolicy_no_allow_plus_notprincipal",
  ],
  inspects: { [BUCKET_POLICY]: ["policy"], [BUCKET]: ["policy"] },
  remedy:
    "Name the principals, or limit the statement with aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (policy) => {
    const document = policy.policy("policy");
    if (!document) return;
    for (const statement of openGrants(document))
      statement.fail("lets everybody in: no condition limits the callers", statement.label);
    for (const statement of document.statements.filter((candidate) => candidate.allows)) {
      if (statement.parts.actions.some((action) => /^(\*|s3:[*?]*\*[*?]*)$/i.test(action)))
        statement.fail("allows every action", "Action::s3:*");
      if (statement.parts.notActions.length > 0) statement.fail("allows all actions but some (NotAction)");
    }
    for (const { statement, account } of foreignGrants(
      document,
      policy.option<string[]>("trustedAccounts"),
    )) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
