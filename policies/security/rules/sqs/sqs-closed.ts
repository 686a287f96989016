import type { ResourceRule } from "../../../kit";
import { isBoundBy } from "../../conditions";
import { foreignGrants, openGrants } from "../../open-grants";
import { QUEUE, QUEUE_POLICY } from "./queues";

export const sqsClosed: ResourceRule = {
  id: "sqs-closed",
  title: "Queues are open to known senders only",
  severity: "high",
  rationale: "Strangers could fill the queue, or read what failed.",
  anchors: [
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
  guards: { [QUEUE]: ["policy"], [QUEUE_POLICY]: ["policy"] },
  remedy: "Name the service with aws:SourceArn or aws:SourceAccount, and the actions.",
  options: {
    trustedAccounts: {
      type: "array",
      items: { type: "string" },
      description:
        "Account ids that may be named. Empty: every named account is accepted, only wildcards are refused.",
      default: [],
    },
  },
  check: (queue) => {
    const document = queue.policy("policy");
    if (!document) return;
    for (const statement of openGrants(document)) statement.fail("lets everybody use the queue");
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
    for (const { statement, account } of foreignGrants(document, queue.option<string[]>("trustedAccounts"))) {
      statement.fail(`names account ${account}, which is not trusted`, account);
    }
  },
};
