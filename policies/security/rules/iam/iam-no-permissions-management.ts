import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { PERMISSION_ACTIONS } from "./privilege-escalation";

export const iamNoPermissionsManagement: ResourceRule = {
  id: "iam-no-permissions-management",
  title: "No policy changes the permissions of everything",
  severity: "high",
  rationale: "Whoever may write a bucket's or a key's policy can open it to the world.",
  controls: ["CKV_AWS_109", "CKV_AWS_289"],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Remove the action; changes of permissions belong to the deployer's role.",
  check: (resource) => {
    for (const statement of allowedStatements(resource).filter(onEverything)) {
      for (const action of PERMISSION_ACTIONS.filter((candidate) => statement.covers(candidate))) {
        statement.fail(`allows ${action} on every resource`, `Action::${action}`);
      }
    }
  },
};
