import { matchesPattern, type PolicyDocument, type ResourceRule, type Statement } from "../../../kit";
import { KEY, KEY_POLICY_PATHS, keyPolicy } from "./key-policies";

const CHANGE_POLICY = "kms:PutKeyPolicy";

export const kmsNoLockout: ResourceRule = {
  id: "kms-no-lockout",
  title: "Somebody can always change a key's policy",
  severity: "critical",
  rationale:
    "A key whose policy nobody may change is lost with all the data that it encrypts; only AWS support can help.",
  controls: [],
  inspects: { ...KEY_POLICY_PATHS, [KEY]: ["policy", "bypassPolicyLockoutSafetyCheck"] },
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
      (statement) =>
        statement.allows && touchesPolicy(statement) && statement.parts.principals.some(isIdentity),
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
      (statement.isPublic || statement.parts.principals.some(isAccount)) &&
      touchesPolicy(statement) &&
      statement.parts.conditions.every(
        ({ operator, values }) => /^(string|arn)like$/i.test(operator) && values.includes("*"),
      ),
  );
}

/** Whether the statement is about changing the key's policy, by what it lists or by what it leaves out. */
function touchesPolicy(statement: Statement): boolean {
  const { notActions } = statement.parts;
  const leftOut = notActions.some((pattern) => matchesPattern(pattern, CHANGE_POLICY));
  return statement.covers(CHANGE_POLICY) || (notActions.length > 0 && !leftOut);
}

/** Services change no policies. */
function isIdentity(principal: string): boolean {
  return principal === "*" || principal.startsWith("AWS:");
}

/** A denial to an account's root is one to everybody in the account. */
function isAccount(principal: string): boolean {
  return /^AWS:(\d{12}|arn:[^:]+:iam::\d{12}:root)$/.test(principal);
}
