import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { CREDENTIAL_ACTIONS } from "./privilege-escalation";

export const iamNoCredentialsExposure: ResourceRule = {
  id: "iam-no-credentials-exposure",
  title: "No policy hands out credentials for everything",
  severity: "high",
  rationale: "Credentials that leave the session that asked for them cannot be traced back.",
  controls: ["CKV_AWS_107", "CKV_AWS_287"],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Name the role, database or user that the credentials are for.",
  check: (resource) => {
    for (const statement of allowedStatements(resource).filter(onEverything)) {
      for (const action of CREDENTIAL_ACTIONS.filter((candidate) => statement.covers(candidate))) {
        statement.fail(`allows ${action} on every resource`, `Action::${action}`);
      }
    }
  },
};
