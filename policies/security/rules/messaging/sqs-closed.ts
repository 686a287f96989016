import type { ResourceRule } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { requireKnownAccounts, TRUSTED_ACCOUNTS } from "../../known-accounts";
import { QUEUE, QUEUE_POLICY } from "./queues";

export const sqsClosed: ResourceRule = {
  id: "sqs-closed",
  title: "Queues are open to known senders only",
  severity: "high",
  rationale: "Strangers could fill the queue, or read what failed.",
  controls: [
    "CKV_AWS_72",
    "CKV_AWS_168",
    "CKV_AWS_387",
    "SQS.3",
    "AWS-0097",
    "guard:sqs_queuepolicy_no_allow_plus_not_action",
    "guard:sqs_queuepolicy_no_allow_plus_notprincipal",
    "guard:sqs_queuepolicy_no_wildcard_action",
    "guard:sqs_queuepolicy_no_wildcard_principal",
  ],
  inspects: { [QUEUE]: ["policy"], [QUEUE_POLICY]: ["policy"] },
  remedy: "Name the service with aws:SourceArn or aws:SourceAccount, and the actions.",
  options: { trustedAccounts: TRUSTED_ACCOUNTS },
  check: (queue) => {
    const document = queue.policy("policy");
    if (!document) return;
    requireKnownAccounts(document, queue.option<string[]>("trustedAccounts"), "use the queue");
    for (const statement of document.statements.filter((s) => s.allows)) {
      if (statement.parts.actions.some((action) => /^(\*|sqs:\*)$/i.test(action)))
        statement.fail("allows every action", "Action::sqs:*");
      if (
        statement.services.length > 0 &&
        !isBoundBy(statement, "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID")
      ) {
        statement.fail(`lets ${statement.services.join(", ")} send for any account`);
      }
    }
  },
};
