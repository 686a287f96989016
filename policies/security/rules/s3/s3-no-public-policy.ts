import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";
import { BUCKET_POLICY } from "./buckets";

export const s3NoPublicPolicy: ResourceRule = {
  id: "s3-no-public-policy",
  title: "No bucket policy lets everybody in",
  severity: "critical",
  rationale:
    "Only conditions on the caller's account, organisation, network or VPC endpoint keep strangers out; a user agent or TLS does not.",
  anchors: [
    "CKV_AWS_70",
    "S3_BUCKET_POLICY_GRANTEE_CHECK",
    "S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL",
    "S3_BUCKET_POLICY_NO_WILDCARD_ACTION",
    "S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION",
    "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    "S3.6",
    "s3-bucket-blacklisted-actions-prohibited",
    "s3_bucket_policy_public_write_access",
    "s3_bucket_cross_account_access",
    "KICS: S3 Bucket Access to Any Principal",
    "KICS: S3 Bucket Allows Get Action From All Principals",
    "KICS: S3 Bucket Allows Put Action From All Principals",
    "KICS: S3 Bucket Allows Delete Action From All Principals",
    "KICS: S3 Bucket Allows List Action From All Principals",
    "KICS: S3 Bucket With All Permissions",
  ],
  guards: { [BUCKET_POLICY]: ["policy"] },
  remedy:
    "Name the principals, or limit the statement with aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (policy) => {
    const document = policy.policy("policy");
    if (!document) return;
    for (const statement of openGrants(document))
      statement.fail("lets everybody in: no condition limits the callers", statement.label);
    for (const statement of document.statements.filter((candidate) => candidate.allows)) {
      if (statement.parts.actions.some((action) => /^(\*|s3:\*)$/i.test(action)))
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
