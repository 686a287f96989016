import type { ResourceRule } from "../../../kit";
import { foreignGrants, openGrants } from "../../open-grants";
import { TOPIC, TOPIC_POLICY } from "./topics";

export const snsClosed: ResourceRule = {
  id: "sns-closed",
  title: "Topics are open to known accounts only",
  severity: "high",
  rationale: "A forged message raises false alarms; a stranger's subscription reads the real ones.",
  anchors: [
    "CKV_AWS_169",
    "SNS.4",
    "guard:sns_topicpolicy_no_allow_plus_not_action",
    "guard:sns_topicpolicy_no_allow_plus_notprincipal",
    "guard:sns_topicpolicy_no_wildcard_principal",
  ],
  guards: { [TOPIC]: ["policy"], [TOPIC_POLICY]: ["policy"] },
  remedy: "Name the principals, or limit the statement with aws:SourceAccount or aws:SourceOwner.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (topic) => {
    const document = topic.policy("policy");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody use the topic");
    for (const { statement, account } of foreignGrants(document, topic.option<string[]>("trustedAccounts"))) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
