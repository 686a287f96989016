import type { ResourceRule } from "../../../kit";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";
import { TOPIC, TOPIC_POLICY } from "./topics";

export const snsClosed: ResourceRule = {
  id: "sns-closed",
  title: "Topics are open to known accounts only",
  severity: "high",
  rationale: "A forged message raises false alarms; a stranger's subscription reads the real ones.",
  controls: [
    "CKV_AWS_169",
    "SNS.4",
    "guard:sns_topicpolicy_no_allow_plus_not_action",
    "guard:sns_topicpolicy_no_allow_plus_notprincipal",
    "guard:sns_topicpolicy_no_wildcard_principal",
  ],
  inspects: { [TOPIC]: ["policy"], [TOPIC_POLICY]: ["policy"] },
  remedy: "Name the principals, or limit the statement with aws:SourceAccount or aws:SourceOwner.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (topic) => {
    const document = topic.policy("policy");
    if (document) requireKnownAccounts(document, topic.option<string[]>("trustedAccounts"), "use the topic");
  },
};
