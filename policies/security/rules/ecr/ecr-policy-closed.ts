import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";

export const ecrPolicyClosed: ResourceRule = {
  id: "ecr-policy-closed",
  title: "Image repositories are shared with known accounts only",
  severity: "high",
  rationale: "Whoever may push decides what runs; whoever may pull gets the code.",
  anchors: ["CKV_AWS_32", "AWS-0032", "ECROpenAccess"],
  guards: { "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy"] },
  remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (repository) => {
    const document = repository.policy("policy");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody use the repository");
    for (const { statement, account } of foreignGrants(
      document,
      repository.option<string[]>("trustedAccounts"),
    )) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
