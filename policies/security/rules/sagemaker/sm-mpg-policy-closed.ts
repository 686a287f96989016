import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";

export const smMpgPolicyClosed: ResourceRule = {
  id: "sm-mpg-policy-closed",
  title: "Model package groups are shared with known accounts only",
  severity: "high",
  rationale:
    "Whoever may write a package can put a model in front of the approver; whoever may read it gets the model.",
  anchors: [],
  guards: { "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": ["resourcePolicy"] },
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
  check: (group) => {
    const document = group.policy("resourcePolicy");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody use the group's models");
    for (const { statement, account } of foreignGrants(document, group.option<string[]>("trustedAccounts"))) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
