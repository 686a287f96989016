import type { PolicyDocument, ResourceRule, Statement } from "../../../kit";
import { KEY, KEY_POLICY_GUARDS, keyPolicy } from "./key-policies";

const CHANGE_POLICY = "kms:PutKeyPolicy";

export const kmsNoLockout: ResourceRule = {
  id: "kms-no-lockout",
  title: "Somebody can always change a key's policy",
  severity: "critical",
  rationale:
    "A key whose policy nobody may change is lost with all the data that it encrypts; only AWS support can help.",
  anchors: [],
  guards: { ...KEY_POLICY_GUARDS, [KEY]: ["policy", "bypassPolicyLockoutSafetyCheck"] },
  remedy:
    "Allow kms:* (or kms:PutKeyPolicy) to the account's root or the deployer, and deny it to nobody without a condition.",
  check: (key) => {
    key.forbid<boolean>(
      "bypassPolicyLockoutSafetyCheck",
      (v) => v,
      "the check against lock-out is switched off",
    );
    const document = keyPolicy(key);
    if (!document || document.statements.length === 0) return;
    const administrators = document.statements.filter(
      (statement) => statement.allows && statement.covers(CHANGE_POLICY),
    );
    if (administrators.length === 0)
      key.fail("nobody may change the key's policy", document.path, CHANGE_POLICY);
    for (const statement of lockingDenials(document)) statement.fail(`denies ${CHANGE_POLICY} to everybody`);
  },
};

function lockingDenials(document: PolicyDocument): Statement[] {
  return document.statements.filter(
    (statement) =>
      statement.denies &&
      statement.isPublic &&
      statement.covers(CHANGE_POLICY) &&
      statement.parts.conditions.every(
        ({ operator, values }) => /^(string|arn)like$/i.test(operator) && values.includes("*"),
      ),
  );
}
