import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../../policies/kit";
import { describeViolation, ruleVerdicts } from "./rule-verdicts";
import type { ViolatingCase } from "./violating-case";

/** Per rule and violating case what the rule reports: the resource, the path and the words, a line each. */
export type AgreedFindings = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function agreedFindingsFile(pack: "security" | "cost"): string {
  return join(__dirname, "..", pack, "agreed-findings.json");
}

export function readAgreedFindings(pack: "security" | "cost"): AgreedFindings {
  return JSON.parse(readFileSync(agreedFindingsFile(pack), "utf8")) as AgreedFindings;
}

/** What the rules report now. */
export function currentFindings(
  rules: readonly Rule[],
  casesOf: (rule: Rule) => readonly ViolatingCase[],
): AgreedFindings {
  return Object.fromEntries(
    rules.map((rule) => [
      rule.id,
      Object.fromEntries(
        casesOf(rule).map(({ key, options, resources }) => [
          key,
          ruleVerdicts(rule, options, resources)
            .filter(({ outcome }) => outcome === "violation")
            .map(describeViolation)
            .sort(),
        ]),
      ),
    ]),
  );
}
