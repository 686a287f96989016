import type { ResourceRule, RuleFacts } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { CREDENTIAL_ACTIONS, EXFILTRATING_ACTIONS, PERMISSION_ACTIONS } from "./privilege-escalation";

/** A rule that forbids each of `actions` on every resource; on named resources they are fine. */
function forbidOnEverything(
  facts: Omit<RuleFacts, "severity" | "inspects">,
  actions: readonly string[],
): ResourceRule {
  return {
    ...facts,
    severity: "high",
    inspects: IDENTITY_POLICY_PATHS,
    check: (resource) => {
      for (const statement of allowedStatements(resource).filter(onEverything)) {
        for (const action of actions.filter((candidate) => statement.covers(candidate))) {
          statement.fail(`allows ${action} on every resource`, `Action::${action}`);
        }
      }
    },
  };
}

export const iamNoCredentialsExposure = forbidOnEverything(
  {
    id: "iam-no-credentials-exposure",
    title: "No policy hands out credentials for everything",
    rationale: "Credentials that leave the session that asked for them cannot be traced back.",
    controls: ["CKV_AWS_107", "CKV_AWS_287"],
    remedy: "Name the role, database or user that the credentials are for.",
  },
  CREDENTIAL_ACTIONS,
);

export const iamNoDataExfiltration = forbidOnEverything(
  {
    id: "iam-no-data-exfiltration",
    title: "No policy reads data of everything",
    rationale: "A role that reads every bucket, table or secret of the account leaks them all when it leaks.",
    controls: ["CKV_AWS_108", "CKV_AWS_288"],
    remedy: "Name the buckets, tables, parameters and secrets.",
  },
  EXFILTRATING_ACTIONS,
);

export const iamNoPermissionsManagement = forbidOnEverything(
  {
    id: "iam-no-permissions-management",
    title: "No policy changes the permissions of everything",
    rationale: "Whoever may write a bucket's or a key's policy can open it to the world.",
    controls: ["CKV_AWS_109", "CKV_AWS_289"],
    remedy: "Remove the action; changes of permissions belong to the deployer's role.",
  },
  PERMISSION_ACTIONS,
);
