import type { Condition, PolicyDocument, ResourceCheck, Statement } from "../kit";
import { isBinding } from "./conditions";

/** Condition keys that pin down who calls or from where. Keys such as aws:UserAgent or aws:SecureTransport do not. */
const LIMITING_KEYS: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpcesourceaccount",
  "aws:vpcesourceorgid",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "sns:endpoint",
]);

/** Networks wider than this are the internet: the same bound that S3 uses for "public". */
const MIN_PREFIX_LENGTH = 8;

/** Whether one condition narrows the callers of an Allow: a positive operator on a limiting key with a real value. */
export function limitsCallers(condition: Condition): boolean {
  const { operator, key, values } = condition;
  if (!isBinding(condition)) return false;
  const isNetwork = /ipaddress$/i.test(operator);
  if (key === "aws:sourceip" || key === "aws:vpcsourceip") {
    return isNetwork && values.every((cidr) => prefixLength(cidr) >= MIN_PREFIX_LENGTH);
  }
  return LIMITING_KEYS.has(key) && !isNetwork && !/bool$/i.test(operator);
}

function prefixLength(cidr: string): number {
  const length = /\/(\d+)$/.exec(cidr)?.[1];
  return length === undefined ? 32 : Number(length);
}

/** The Allow statements that everybody can use: a wildcard principal and no condition that narrows it. */
export function openGrants(document: PolicyDocument): Statement[] {
  return document.statements.filter(
    (statement) =>
      statement.allows &&
      (statement.isPublic || statement.parts.notPrincipals.length > 0) &&
      !statement.parts.conditions.some(limitsCallers),
  );
}

/** The Allow statements for AWS accounts that are not in `trusted`, with the account. */
export function foreignGrants(
  document: PolicyDocument,
  trusted: readonly string[],
): { statement: Statement; account: string }[] {
  if (trusted.length === 0) return [];
  return document.statements
    .filter((statement) => statement.allows)
    .flatMap((statement) =>
      statement.parts.principals
        .map((principal) => /^AWS:(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})/.exec(principal)?.[1])
        .filter((account): account is string => account !== undefined && !trusted.includes(account))
        .map((account) => ({ statement, account })),
    );
}

/** Whether the document denies every request without TLS, to everybody; a second condition would let others pass. */
export function deniesPlainHttp(document: PolicyDocument, action: string): boolean {
  return document.statements.some(
    (statement) =>
      statement.denies &&
      statement.isPublic &&
      statement.covers(action) &&
      statement.parts.conditions.length === 1 &&
      statement
        .conditionsOn("aws:SecureTransport")
        .some(
          ({ operator, values }) => /^bool$/i.test(operator) && values.every((value) => value === "false"),
        ),
  );
}

/** Fails a `noun` without a policy, and each of `policies` that does not deny `action` without TLS. */
export function requireTls(
  resource: ResourceCheck,
  policies: readonly ResourceCheck[],
  noun: string,
  action: string,
): void {
  if (policies.length === 0) resource.fail(`the ${noun} has no policy, so plain HTTP is answered`);
  for (const policy of policies) {
    const document = policy.policy("policy");
    if (document && !deniesPlainHttp(document, action))
      policy.fail("the policy lets plain HTTP in", "policy");
  }
}
