import type { ResourceRule } from "../../../kit";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";

export const smMpgPolicyClosed: ResourceRule = {
  id: "sm-mpg-policy-closed",
  title: "Model package groups are shared with known accounts only",
  severity: "high",
  rationale:
    "Whoever may write a package can put a model in front of the approver; whoever may read it gets the model.",
  controls: [],
  inspects: { "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": ["resourcePolicy"] },
  remedy: "Name the accounts, or limit the statement with aws:PrincipalOrgID.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (group) => {
    const document = group.policy("resourcePolicy");
    if (document)
      requireKnownAccounts(document, group.option<string[]>("trustedAccounts"), "use the group's models");
  },
};
