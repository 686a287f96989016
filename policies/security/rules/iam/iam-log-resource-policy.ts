import type { ResourceRule } from "../../../kit";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";

export const iamLogResourcePolicy: ResourceRule = {
  id: "iam-log-resource-policy",
  title: "Log groups take entries from and show them to known accounts only",
  severity: "high",
  rationale: "A public log policy lets strangers forge entries or read them.",
  controls: [],
  inspects: {
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument"],
  },
  remedy: "Name the service with aws:SourceAccount, or the accounts.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (policy) => {
    const document = policy.policy("policyDocument");
    if (document) requireKnownAccounts(document, policy.option<string[]>("trustedAccounts"), "use the logs");
  },
};
