import type { Rule } from "../../../policies/kit";
import type { AnalyzedResource } from "../../../preview/policies/analyzed-resource";
import type { RuleCase } from "../support/breakage";
import { analyzed } from "../support/fixture";
import type { ViolatingCase } from "../support/violating-case";
import { ruleCases } from "./breakages/all";
import { platform } from "./platform/platform";

/** The part of the compliant platform that a rule looks at. */
export function compliantResources(
  rule: Rule,
  { with: others = [], without = [] }: RuleCase,
): AnalyzedResource[] {
  const types = [...Object.keys(rule.inspects), ...others, "pulumi:pulumi:Stack"].filter(
    (type) => !without.includes(type),
  );
  return analyzed(platform).filter(({ type }) => types.includes(type));
}

/** The compliant platform with each of the rule's mistakes. */
export function violatingSecurityCases(rule: Rule): ViolatingCase[] {
  const ruleCase = ruleCases[rule.id] ?? { breakages: [] };
  const compliant = compliantResources(rule, ruleCase);
  return ruleCase.breakages.map(({ what, apply }, i) => {
    const broken = apply(compliant);
    if (!broken) throw new Error(`${rule.id}: the platform has nothing to break for "${what}"`);
    return { key: `${i + 1}: ${what}`, options: ruleCase.options ?? {}, resources: broken.resources };
  });
}
