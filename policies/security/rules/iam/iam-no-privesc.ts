import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { ESCALATING_ACTIONS, ROLE_TAKING_ACTIONS } from "./privilege-escalation";

export const iamNoPrivesc: ResourceRule = {
  id: "iam-no-privesc",
  title: "No policy lets its holder gain more rights",
  severity: "high",
  rationale: "A role that may rewrite a policy, or pass any role to code of its own, is an administrator.",
  controls: ["CKV_AWS_110", "CKV_AWS_286"],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Remove the action; changes of permissions belong to the deployer's role.",
  check: (resource) => {
    const statements = allowedStatements(resource);
    for (const statement of statements) {
      for (const action of ESCALATING_ACTIONS.filter((candidate) => statement.covers(candidate))) {
        statement.fail(`allows ${action}, which gives more rights`, `Action::${action}`);
      }
    }
    const passing = statements.find((s) => s.covers("iam:PassRole") && onEverything(s));
    for (const action of ROLE_TAKING_ACTIONS) {
      const taking = statements.find((statement) => statement.covers(action));
      if (passing && taking) taking.fail(`allows ${action} beside passing every role`, `Action::${action}`);
    }
  },
};
