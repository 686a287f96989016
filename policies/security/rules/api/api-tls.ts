import type { ResourceRule } from "../../../kit";
import { DOMAIN_NAME, HTTP_DOMAIN_NAME } from "./rest-apis";

const PATHS = {
  [DOMAIN_NAME]: "securityPolicy",
  [HTTP_DOMAIN_NAME]: "domainNameConfiguration.securityPolicy",
};

export const apiTls: ResourceRule = {
  id: "api-tls",
  title: "API domain names speak TLS 1.2 or newer",
  severity: "high",
  rationale: "Older versions can be read with tools that everybody has.",
  controls: ["CKV_AWS_206", "APIGateway.11", "AWS-0005", "guard:api_gw_domain_deny_non_tls_traffic"],
  inspects: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path]])),
  remedy: 'Set securityPolicy to "TLS_1_2" or a SecurityPolicy_TLS13 policy.',
  check: (domain) =>
    domain.require<string>(
      PATHS[domain.type as keyof typeof PATHS],
      (v) => v === "TLS_1_2" || v.startsWith("SecurityPolicy_TLS13"),
      "old versions of TLS are accepted",
    ),
};
