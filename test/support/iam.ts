/**
 * How IAM decides, as far as the platform's documents need it: explicit Deny before Allow, conditions with set operators,
 * IfExists and absent keys. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { Statement } from "../../components/policy-document";
import { matchesGlob } from "./glob";

export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; a list for a multivalued key. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Service principal of the caller, where a service calls for itself. */
  readonly service?: string;
}

export type Decision = "allowed" | "denied" | "not allowed";

export function decide(statements: readonly Statement[], request: IamRequest): Decision {
  const matching = statements.filter((statement) => applies(statement, request));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
  return matching.length > 0 ? "allowed" : "not allowed";
}

/**
 * What IAM decides where the resource's own policy must allow as well: keys of KMS whose policy leaves it to the account's
 * IAM policies. A bucket's policy adds to the caller's: for those, `decide` takes both lists as one.
 */
export function decideWithResource(
  identity: readonly Statement[],
  resource: readonly Statement[],
  request: IamRequest,
): Decision {
  const decisions = [decide(identity, request), decide(resource, request)];
  if (decisions.includes("denied")) return "denied";
  return decisions.every((decision) => decision === "allowed") ? "allowed" : "not allowed";
}

function applies({ Action, Resource, Principal, Condition = {} }: Statement, request: IamRequest): boolean {
  return (
    list(Action).some((pattern) => matchesGlob(pattern.toLowerCase(), request.action.toLowerCase())) &&
    list(Resource).some((pattern) => matchesWithVariables(pattern, request.resource, request.context)) &&
    (Principal === undefined || isPrincipal(Principal, request)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, filledIn(list(values), request.context), valueOf(request.context, key)),
      ),
    )
  );
}

/** Names of condition keys are the same in any case. */
function valueOf(context: IamRequest["context"] = {}, key: string): string | readonly string[] | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

const VARIABLE = /\$\{([^}]+)\}/g;

/** A pattern whose variables have no single value in the request matches nothing. */
function matchesWithVariables(pattern: string, text: string, context: IamRequest["context"]): boolean {
  return filledIn([pattern], context).some((filled) => matchesGlob(filled, text));
}

/** Patterns with the request's values for their variables; without those that have none. */
function filledIn(patterns: readonly string[], context: IamRequest["context"]): string[] {
  return patterns.flatMap((pattern) => {
    const names = [...pattern.matchAll(VARIABLE)].map(([, name = ""]) => name);
    if (names.some((name) => typeof valueOf(context, name) !== "string")) return [];
    return [pattern.replace(VARIABLE, (_, name: string) => String(valueOf(context, name)))];
  });
}

/** The account's root as principal stands for everybody in the account. */
function isPrincipal(
  principal: NonNullable<Statement["Principal"]>,
  { service, context }: IamRequest,
): boolean {
  if (principal === "*") return true;
  if (service !== undefined) return list(principal.Service ?? []).includes(service);
  const account = String(context?.["aws:PrincipalArn"]).split(":")[4];
  return list(principal.AWS ?? []).some((arn) => arn === `arn:aws:iam::${account}:root`);
}

function holds(
  operator: string,
  expected: readonly string[],
  given: string | readonly string[] | undefined,
): boolean {
  const [, set, base = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (base === "Null") return expected.includes(String(given === undefined));
  const negated = base.includes("Not");
  if (given === undefined)
    return set === undefined ? ifExists !== undefined || negated : set === "ForAllValues";
  const meets = (value: string) => expected.some((allowed) => compare(base, allowed, value)) !== negated;
  return set === "ForAnyValue" ? list(given).some(meets) : list(given).every(meets);
}

function compare(operator: string, expected: string, value: string): boolean {
  switch (operator.replace("Not", "")) {
    case "StringEquals":
    case "Bool":
      return expected === value;
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return matchesGlob(expected, value);
    case "NumericLessThan":
      return Number(value) < Number(expected);
    case "NumericLessThanEquals":
      return Number(value) <= Number(expected);
    default:
      throw new Error(`no condition operator ${operator} here`);
  }
}

function list(values: string | readonly string[]): readonly string[] {
  return typeof values === "string" ? [values] : values;
}
