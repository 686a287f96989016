import type { ResourceCheck } from "./resource-check";
import type { Properties } from "./resource";
import type { StackCheck } from "./stack-check";

export type Severity = "low" | "medium" | "high" | "critical";
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** One setting of a rule: a JSON-schema fragment with its documented default. */
export interface OptionSchema {
  readonly type: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly description: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: { readonly type: "string" | "number" | "integer" | "object" };
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What all rules say about themselves; the README's table, the policies and the tests are made from it. */
export interface RuleFacts {
  /** Name of the policy, and of its fixtures. */
  readonly id: string;
  /** One sentence in the present tense: what holds when the rule is kept. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters: what goes wrong without it. */
  readonly rationale: string;
  /** Ids of the rules of other collections that this one covers. */
  readonly controls: readonly string[];
  /** The resource types it is about ("*" = all), each with the property paths that decide it (`[*]` = each element). */
  readonly inspects: Readonly<Record<string, readonly string[]>>;
  /** What to do about a violation, as one imperative sentence. */
  readonly remedy: string;
  /** Level without configuration. @default mandatory; advisory for low severity; disabled when optIn */
  readonly level?: Level;
  /** Off unless configured: many platforms have good reasons not to want it. */
  readonly optIn?: boolean;
  /** False for rules that no exemption can waive. @default true */
  readonly exemptible?: boolean;
  readonly options?: Readonly<Record<string, OptionSchema>>;
}

/** A rule that one resource alone decides. */
export interface ResourceRule extends RuleFacts {
  readonly check: (resource: ResourceCheck) => void;
  /** Sets the safe value in place. Only for properties whose change never replaces a resource. */
  readonly remediate?: (properties: Properties, resource: { readonly type: string }) => void;
}

/** A rule that needs several resources. */
export interface StackRule extends RuleFacts {
  readonly checkStack: (stack: StackCheck) => void;
}

export type Rule = ResourceRule | StackRule;

export function isStackRule(rule: Rule): rule is StackRule {
  return "checkStack" in rule;
}

export function defaultLevel(rule: RuleFacts): Level {
  if (rule.optIn) return "disabled";
  return rule.level ?? (rule.severity === "low" ? "advisory" : "mandatory");
}

/** Whether the rule is about resources of `type`. */
export function appliesTo(rule: RuleFacts, type: string): boolean {
  return type in rule.inspects || "*" in rule.inspects;
}
