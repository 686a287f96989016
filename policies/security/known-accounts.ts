import type { OptionSchema, PolicyDocument, ResourceRule, RuleFacts } from "../kit";
import { foreignGrants, openGrants } from "./open-grants";

/** The option of every rule that asks whether a resource policy lets in known accounts only. */
export const TRUSTED_ACCOUNTS: OptionSchema = {
  type: "array",
  items: { type: "string" },
  description:
    "Account ids that may be named. Empty: every named account is accepted, only wildcards are rejected.",
  default: [],
};

/** A rule that a resource policy lets in known accounts only. `what` completes the sentence "lets everybody ...". */
export function openToKnownAccounts(
  facts: Omit<RuleFacts, "severity" | "inspects" | "options">,
  types: readonly string[],
  path: string,
  what: string,
): ResourceRule {
  return {
    ...facts,
    severity: "high",
    inspects: Object.fromEntries(types.map((type) => [type, [path]])),
    options: { trustedAccounts: TRUSTED_ACCOUNTS },
    check: (resource) => {
      const document = resource.policy(path);
      if (document) requireKnownAccounts(document, resource.option<string[]>("trustedAccounts"), what);
    },
  };
}

/** Fails the statements that let in everybody (`what` they may do) or an account that is not in `trusted`. */
export function requireKnownAccounts(
  document: PolicyDocument,
  trusted: readonly string[],
  what: string,
): void {
  for (const statement of openGrants(document)) statement.fail(`lets everybody ${what}`);
  for (const { statement, account } of foreignGrants(document, trusted)) {
    statement.fail(`names account ${account}, which is not trusted`, account);
  }
}
