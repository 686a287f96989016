import type { ResourceRule, Statement } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { KEY_POLICY_PATHS, keyPolicy } from "./key-policies";

const SCOPES = [
  "kms:ViaService",
  "kms:CallerAccount",
  "kms:EncryptionContext:*",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
];

export const kmsServiceScoped: ResourceRule = {
  id: "kms-service-scoped",
  title: "Services use keys only for this account, and grants only for AWS resources",
  severity: "medium",
  rationale: "A service acts for every customer: without a source another account can have it use our key.",
  controls: [],
  inspects: KEY_POLICY_PATHS,
  remedy:
    "Add aws:SourceAccount (or kms:ViaService, kms:EncryptionContext) to service statements and kms:GrantIsForAWSResource to CreateGrant.",
  check: (key) => {
    for (const statement of keyPolicy(key)?.statements ?? []) {
      if (!statement.allows) continue;
      if (statement.services.length > 0 && !isBoundBy(statement, ...SCOPES)) {
        statement.fail(`lets ${statement.services.join(", ")} use the key for any account`);
      }
      if (grantsFreely(statement))
        statement.fail("allows kms:CreateGrant for other than AWS resources", "kms:CreateGrant");
    }
  },
};

/** Administrators (root, or a statement over all of kms) hold CreateGrant with everything else. */
function grantsFreely(statement: Statement): boolean {
  const named = statement.parts.actions.some((action) => /^kms:CreateGrant$|^kms:\*Grant/i.test(action));
  const conditioned = statement
    .conditionsOn("kms:GrantIsForAWSResource")
    .some(({ operator, values }) => /^bool$/i.test(operator) && values.includes("true"));
  return (
    named &&
    !conditioned &&
    !statement.parts.actions.some((action) => /^kms:(\*|Put\*|Create\*)$/i.test(action))
  );
}
