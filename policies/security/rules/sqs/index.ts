import type { Rule } from "../../../kit";
import { sqsClosed } from "./sqs-closed";
import { sqsCmk } from "./sqs-cmk";
import { sqsDlq } from "./sqs-dlq";
import { sqsTls } from "./sqs-tls";

/** The rules about sqs, in alphabetical order. */
export const sqsRules: readonly Rule[] = [sqsClosed, sqsCmk, sqsDlq, sqsTls];
