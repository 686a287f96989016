import { join } from "node:path";
import { isStackRule, Session, type Rule, type Verdict } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import { toResource } from "./to-resource";

const ROOT = join(__dirname, "..", "..", "..");

/** What one rule says about resources, in process: its verdicts with their paths, which the protocol does not carry. */
export function ruleVerdicts(
  rule: Rule,
  options: Readonly<Record<string, unknown>>,
  resources: readonly AnalyzedResource[],
): Verdict[] {
  const settings = { [rule.id]: { level: "mandatory" as const, options } };
  const session = new Session({ rules: [rule], settings, exemptions: [], today: "2026-11-23" });
  const single = isStackRule(rule)
    ? []
    : resources.flatMap((resource) => session.checkResource(toResource(resource, resource.inputs)));
  return [...single, ...session.checkStack(resources.map((one) => toResource(one, one.outputs)))];
}

/** A violation as one line: the resource, the path and the rule's own words, without the remedy that follows them. */
export function describeViolation({ urn, path, words }: Verdict): string {
  const [type = "", name = ""] = urn.split("::").slice(2);
  return `${type.split(":").at(-1)} ${name}${path && ` ${path}`}: ${words.replaceAll(ROOT, "<repository>")}`;
}

/** Whether a rule inspects what a verdict is about: the path, a part of it, or the resource as a whole. */
export function inspectsPathOf({ rule, urn, path }: Verdict): boolean {
  const type = urn.split("::").at(2) ?? "";
  const paths = rule.inspects[type] ?? rule.inspects["*"];
  if (path === "") return true;
  const generic = path.replace(/\[\d+\]/g, "[*]");
  return paths !== undefined && paths.some((one) => one.startsWith(generic) || generic.startsWith(one));
}

/** What stops an update: everything else is said beside violations. */
export function isViolation({ outcome }: { readonly outcome: string }): boolean {
  return outcome === "violation" || outcome === "fault";
}

/** Resource and path of every violation, sorted. */
export function placesOf(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(isViolation)
    .map(({ urn, path }) => `${urn} ${path}`)
    .sort();
}

/** Resource and message of every violation, sorted: what the protocol carries, too. */
export function reported(
  findings: readonly { readonly outcome: string; readonly urn: string; readonly message: string }[],
): string[] {
  return findings
    .filter(isViolation)
    .map(({ urn, message }) => `${urn} ${message}`)
    .sort();
}
