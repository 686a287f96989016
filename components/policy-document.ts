import { sortedJson } from "./sorted-json";

type Values = string | readonly string[];

/** Operator -> condition key -> values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/** One statement of an IAM, bucket, key or endpoint policy. */
export interface Statement {
  /** Letters and digits, unique in its document: findings and logs name it. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Only in policies of resources. */
  readonly Principal?: "*" | Readonly<Record<string, Values>>;
  readonly Action: Values;
  readonly Resource: Values;
  readonly Condition?: Conditions;
}

/**
 * A policy document as text: keys and lists sorted, so that the same rights always read the same.
 *
 * @throws Error for a Sid that is repeated or that AWS rejects, and for a statement without actions or resources.
 */
export function policyDocument(statements: readonly Statement[]): string {
  const sids = new Set<string>();
  for (const { Sid, Action, Resource } of statements) {
    if (!/^[A-Za-z0-9]+$/.test(Sid)) throw new Error(`statement "${Sid}": allowed are letters and digits`);
    if (sids.has(Sid)) throw new Error(`statement "${Sid}" stands twice in one document`);
    if (Action.length === 0) throw new Error(`statement "${Sid}" has no actions`);
    if (Resource.length === 0) throw new Error(`statement "${Sid}" has no resources`);
    sids.add(Sid);
  }
  return sortedJson({ Version: "2012-10-17", Statement: statements.map(sortValues) });
}

function sortValues(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as string[])].sort();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sortValues(item)]));
}
