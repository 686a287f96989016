import type { Rule } from "../../../kit";
import { snsClosed } from "../iam/resource-policies";
import { snsCmk, sqsCmk } from "./customer-managed-keys";
import { snsHttpsSubscriptions } from "./sns-https-subscriptions";
import { snsRedrive } from "./sns-redrive";
import { sqsClosed } from "./sqs-closed";
import { sqsDlq } from "./sqs-dlq";
import { snsTls, sqsTls } from "./tls-only";

/** The rules about topics and queues, in alphabetical order. */
export const messagingRules: readonly Rule[] = [
  snsClosed,
  snsCmk,
  snsHttpsSubscriptions,
  snsRedrive,
  snsTls,
  sqsClosed,
  sqsCmk,
  sqsDlq,
  sqsTls,
];
