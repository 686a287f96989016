import { joinPath, type Reporter } from "../value";
import type { JsonDocument } from "./json";

/** One condition: operator, key in lower case (IAM ignores its case), values as text. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

interface StatementParts {
  readonly sid: string | undefined;
  readonly effect: string;
  /** Principals as `type:value`, for example `AWS:arn:…`, `Service:s3.amazonaws.com`; `*` for everybody. */
  readonly principals: readonly string[];
  readonly notPrincipals: readonly string[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
  readonly index: number;
}

/** One statement of a policy document, normalised: every element is a list. */
export class Statement {
  public constructor(
    public readonly parts: StatementParts,
    private readonly path: string,
    private readonly reporter: Reporter,
  ) {}

  public get allows(): boolean {
    return this.parts.effect === "Allow";
  }

  public get denies(): boolean {
    return this.parts.effect === "Deny";
  }

  /** Everybody: `*` or `{"AWS": "*"}`. */
  public get isPublic(): boolean {
    return this.parts.principals.some((principal) => principal === "*" || principal === "AWS:*");
  }

  public get services(): string[] {
    return this.parts.principals.filter((p) => p.startsWith("Service:")).map((p) => p.slice(8));
  }

  /** The conditions on any of `keys`, ignoring case; a key may end in `*`. */
  public conditionsOn(...keys: string[]): Condition[] {
    return this.parts.conditions.filter((condition) =>
      keys.some((key) => {
        const pattern = key.toLowerCase();
        return pattern.endsWith("*")
          ? condition.key.startsWith(pattern.slice(0, -1))
          : condition.key === pattern;
      }),
    );
  }

  /** Whether an Action pattern of the statement covers `action`. */
  public covers(action: string): boolean {
    return this.parts.actions.some((pattern) => matchesPattern(pattern, action));
  }

  public get label(): string {
    return this.parts.sid ? `statement ${this.parts.sid}` : `statement ${this.parts.index}`;
  }

  public fail(message: string, finding?: string): void {
    this.reporter.fail(
      `${this.label} ${message}`,
      joinPath(this.path, `Statement[${this.parts.index}]`),
      finding,
    );
  }
}

/** A policy document of IAM, KMS, S3, SNS, SQS, ECR or EventBridge. */
export interface PolicyDocument {
  readonly path: string;
  readonly statements: readonly Statement[];
  readonly version: string | undefined;
}

export function parsePolicy(json: JsonDocument, path: string, reporter: Reporter): PolicyDocument {
  const parts = (json.derived ??= readParts(json.root ?? {})) as StatementParts[];
  return {
    path,
    version: json.root?.Version as string | undefined,
    statements: parts.map((part) => new Statement(part, path, reporter)),
  };
}

function readParts(root: Record<string, unknown>): StatementParts[] {
  return listOf(root.Statement)
    .filter((item): item is Record<string, unknown> => item !== null && typeof item === "object")
    .map((statement, index) => ({
      sid: statement.Sid as string | undefined,
      effect: String(statement.Effect ?? ""),
      principals: readPrincipals(statement.Principal),
      notPrincipals: readPrincipals(statement.NotPrincipal),
      actions: textsOf(statement.Action),
      notActions: textsOf(statement.NotAction),
      resources: textsOf(statement.Resource),
      notResources: textsOf(statement.NotResource),
      conditions: readConditions(statement.Condition),
      index,
    }));
}

function readPrincipals(principal: unknown): string[] {
  if (principal === undefined || principal === null) return [];
  if (typeof principal === "string") return [principal];
  return Object.entries(principal as Record<string, unknown>).flatMap(([type, values]) =>
    textsOf(values).map((value) => `${type}:${value}`),
  );
}

function readConditions(condition: unknown): Condition[] {
  if (condition === null || typeof condition !== "object") return [];
  return Object.entries(condition as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
    Object.entries(keys ?? {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function textsOf(value: unknown): string[] {
  return listOf(value).map(String);
}

/** IAM's wildcards: `*` any run of characters, `?` one character; actions ignore case. */
export function matchesPattern(pattern: string, text: string): boolean {
  if (pattern === "*" || pattern === text) return true;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i").test(text);
}
