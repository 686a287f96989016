import type { ResourceRule } from "../../../kit";
import { openGrants } from "../../open-grants";
import { KEY_POLICY_PATHS, keyPolicy } from "./key-policies";

export const kmsNoWildcardPrincipal: ResourceRule = {
  id: "kms-no-wildcard-principal",
  title: "No key policy lets everybody use the key",
  severity: "critical",
  rationale: "A wildcard principal without a condition on the account opens the key to every AWS account.",
  controls: ["CKV_AWS_33", "KMS.5", "guard:kms_no_wildcard_principal"],
  inspects: KEY_POLICY_PATHS,
  remedy: "Name the principals, or limit the statement with kms:CallerAccount.",
  check: (key) => {
    const document = keyPolicy(key);
    for (const statement of document ? openGrants(document) : [])
      statement.fail("lets everybody use the key");
  },
};
