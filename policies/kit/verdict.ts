import type { Rule } from "./rule";

/** What a verdict is: a violation, or what is reported beside violations. */
export type Outcome = "violation" | "exempted" | "deferred" | "fault" | "note";

/** What a rule says about a resource. */
export interface Verdict {
  readonly rule: Rule;
  readonly urn: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** The message without what to do about it. */
  readonly words: string;
  readonly path: string;
}

/** A rule that failed counts as violated. */
export function isViolated({ outcome }: Verdict): boolean {
  return outcome === "violation" || outcome === "fault";
}
