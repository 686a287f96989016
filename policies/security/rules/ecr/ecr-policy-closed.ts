import type { ResourceRule } from "../../../kit";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";

export const ecrPolicyClosed: ResourceRule = {
  id: "ecr-policy-closed",
  title: "Image repositories are shared with known accounts only",
  severity: "high",
  rationale: "Whoever may push decides what runs; whoever may pull gets the code.",
  controls: ["CKV_AWS_32", "AWS-0032", "ECROpenAccess"],
  inspects: { "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy"] },
  remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (repository) => {
    const document = repository.policy("policy");
    if (document)
      requireKnownAccounts(document, repository.option<string[]>("trustedAccounts"), "use the repository");
  },
};
