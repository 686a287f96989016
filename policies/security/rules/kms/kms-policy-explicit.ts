import type { StackRule } from "../../../kit";
import { KEY, KEY_POLICY } from "./key-policies";

export const kmsPolicyExplicit: StackRule = {
  id: "kms-policy-explicit",
  title: "Every key has a policy of its own",
  severity: "medium",
  rationale: "The default policy leaves the key to every IAM policy of the account.",
  controls: ["CKV2_AWS_64"],
  inspects: { [KEY]: ["policy"], [KEY_POLICY]: ["policy"] },
  remedy: "Set policy with the administrators and the services that may use the key.",
  checkStack: (stack) => {
    for (const key of stack.ofType(KEY)) {
      if (key.at("policy").isSet || stack.referring(key, KEY_POLICY, "keyId").length > 0) continue;
      key.fail("the key has the default policy", "policy");
    }
  },
};
