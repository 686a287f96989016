import type { Plan } from "../../preview/plan-environment";
import { kindOf } from "../../preview/plan-tree";
import type { RecordedResource } from "../../preview/recorded-resource";

export const STACKS = ["dev", "prod"] as const;

/** Resources of that kind (`Bucket`), at least one. */
export function ofKind({ recording }: Plan, kind: string): RecordedResource[] {
  const found = recording.resources.filter(({ type, custom }) => custom && kindOf(type) === kind);
  if (found.length === 0) throw new Error(`the plan has no ${kind}`);
  return found;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly NotPrincipal?: unknown;
  readonly NotResource?: unknown;
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of every policy document in the inputs of AWS resources, whatever the property is called. */
export function statements({ recording }: Plan): { resource: RecordedResource; statement: Statement }[] {
  return recording.resources
    .filter(({ custom }) => custom)
    .flatMap((resource) =>
      policyDocuments(resource.inputs).flatMap((document) =>
        document.Statement.map((statement) => ({ resource, statement })),
      ),
    );
}

function policyDocuments(value: unknown): { Statement: Statement[] }[] {
  if (typeof value === "string") {
    return value.startsWith("{") && value.includes('"Statement"')
      ? [JSON.parse(value) as { Statement: Statement[] }]
      : [];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(policyDocuments) : [];
}

export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
