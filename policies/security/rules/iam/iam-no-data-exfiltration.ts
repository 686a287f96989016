import type { ResourceRule } from "../../../kit";
import { allowedStatements, IDENTITY_POLICY_PATHS, onEverything } from "./identity-policies";
import { EXFILTRATING_ACTIONS } from "./privilege-escalation";

export const iamNoDataExfiltration: ResourceRule = {
  id: "iam-no-data-exfiltration",
  title: "No policy reads data of everything",
  severity: "high",
  rationale: "A role that reads every bucket, table or secret of the account leaks them all when it leaks.",
  controls: ["CKV_AWS_108", "CKV_AWS_288"],
  inspects: IDENTITY_POLICY_PATHS,
  remedy: "Name the buckets, tables, parameters and secrets.",
  check: (resource) => {
    for (const statement of allowedStatements(resource).filter(onEverything)) {
      for (const action of EXFILTRATING_ACTIONS.filter((candidate) => statement.covers(candidate))) {
        statement.fail(`allows ${action} on every resource`, `Action::${action}`);
      }
    }
  },
};
