import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";

export const iamLogResourcePolicy: ResourceRule = {
  id: "iam-log-resource-policy",
  title: "Log groups take entries from and show them to known accounts only",
  severity: "high",
  rationale: "A public log policy lets strangers forge entries or read them.",
  anchors: [],
  guards: {
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument"],
  },
  remedy: "Name the service with aws:SourceAccount, or the accounts.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (policy) => {
    const document = policy.policy("policyDocument");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody use the logs");
    for (const { statement, account } of foreignGrants(
      document,
      policy.option<string[]>("trustedAccounts"),
    )) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
