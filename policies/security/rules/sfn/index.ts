import type { Rule } from "../../../kit";
import { sfnCmk } from "./sfn-cmk";
import { sfnLogging } from "./sfn-logging";
import { sfnNoPayloadLogging } from "./sfn-no-payload-logging";
import { sfnNoSecrets } from "./sfn-no-secrets";
import { sfnTasksBounded } from "./sfn-tasks-bounded";
import { sfnTracing } from "./sfn-tracing";

/** The rules about sfn, in alphabetical order. */
export const sfnRules: readonly Rule[] = [
  sfnCmk,
  sfnLogging,
  sfnNoPayloadLogging,
  sfnNoSecrets,
  sfnTasksBounded,
  sfnTracing,
];
