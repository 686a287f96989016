import type { Rule } from "../../../policies/kit";
import type { ViolatingCase } from "../support/violating-case";
import { ALL_FIXTURES } from "./fixtures/all-fixtures";
import { toAnalyzed } from "./fixtures/to-analyzed";

/** The violating fixtures of a rule, numbered; the words that they are about follow the number. */
export function violatingCostCases(rule: Rule): ViolatingCase[] {
  return (ALL_FIXTURES[rule.id]?.violating ?? []).map(({ says, options = {}, resources }, i) => ({
    key: `${i + 1}: ${says.source}`,
    options,
    resources: resources.map(toAnalyzed),
  }));
}
