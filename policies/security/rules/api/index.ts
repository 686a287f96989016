import type { Rule } from "../../../kit";
import { apiAccessLogs } from "./api-access-logs";
import { apiAuth } from "./api-auth";
import { apiCacheEncrypted } from "./api-cache-encrypted";
import { apiClientCert } from "./api-client-cert";
import { apiEndpointType } from "./api-endpoint-type";
import { apiExecutionLogs } from "./api-execution-logs";
import { apiIntegrationHttps } from "./api-integration-https";
import { apiRequestValidation } from "./api-request-validation";
import { apiStageNoSecrets } from "./api-stage-no-secrets";
import { apiThrottled } from "./api-throttled";
import { apiTls } from "./api-tls";
import { apiWaf } from "./api-waf";
import { apiXray } from "./api-xray";

/** The rules about api, in alphabetical order. */
export const apiRules: readonly Rule[] = [
  apiAccessLogs,
  apiAuth,
  apiCacheEncrypted,
  apiClientCert,
  apiEndpointType,
  apiExecutionLogs,
  apiIntegrationHttps,
  apiRequestValidation,
  apiStageNoSecrets,
  apiThrottled,
  apiTls,
  apiWaf,
  apiXray,
];
