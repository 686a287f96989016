import type { Rule } from "../../../kit";
import { lambdaCodeSigning } from "./lambda-code-signing";
import { lambdaConcurrencySet } from "./lambda-concurrency-set";
import { lambdaEnvCmk } from "./lambda-env-cmk";
import { lambdaFailureDestination } from "./lambda-failure-destination";
import { lambdaInVpc } from "./lambda-in-vpc";
import { lambdaJsonLogs } from "./lambda-json-logs";
import { lambdaNoSecrets } from "./lambda-no-secrets";
import { lambdaOwnRole } from "./lambda-own-role";
import { lambdaPermissionScoped } from "./lambda-permission-scoped";
import { lambdaRuntimeSupported } from "./lambda-runtime-supported";
import { lambdaTracing } from "./lambda-tracing";
import { lambdaUrlAuth } from "./lambda-url-auth";

/** The rules about lambda, in alphabetical order. */
export const lambdaRules: readonly Rule[] = [
  lambdaCodeSigning,
  lambdaConcurrencySet,
  lambdaEnvCmk,
  lambdaFailureDestination,
  lambdaInVpc,
  lambdaJsonLogs,
  lambdaNoSecrets,
  lambdaOwnRole,
  lambdaPermissionScoped,
  lambdaRuntimeSupported,
  lambdaTracing,
  lambdaUrlAuth,
];
