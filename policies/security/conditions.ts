import type { Condition, Statement } from "../kit";

/** Operators that ask for one of the values; all others exclude values, or pass without the key. */
const DEMANDING =
  /^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress|bool)$/i;

/**
 * Whether a request must carry the key with one of a few values. …IfExists and ForAllValues let a request pass that
 * leaves the key out, and a pattern such as `vpce-*` or `arn:aws:iam::*:role/x` lets everybody's pass.
 */
export function isBinding({ operator, values }: Condition): boolean {
  return DEMANDING.test(operator) && values.length > 0 && !values.some(isWide);
}

/** Whether the statement is for requests with a known value of one of `keys` only. */
export function isBoundBy(statement: Statement, ...keys: string[]): boolean {
  return statement.conditionsOn(...keys).some(isBinding);
}

/** A pattern that others than us can match: a wildcard for the whole id, or for the account in an ARN. */
function isWide(value: string): boolean {
  if (!value.startsWith("arn:")) return /^(o-|ou-|r-|vpc-|vpce-|ml\.)?[*?]/.test(value);
  const [, , service = "", , account = "", ...resource] = value.split(":");
  if (/^\d{12}$/.test(account)) return false;
  // Names of buckets and APIs are unique in the world; their ARNs have no account.
  const named = /^[^*?]{3}/.test(resource.join(":").replace(/^\/+/, ""));
  return account !== "" || !["s3", "apigateway"].includes(service) || !named;
}
