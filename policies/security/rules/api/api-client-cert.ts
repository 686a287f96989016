import type { ResourceRule } from "../../../kit";
import { STAGE } from "./rest-apis";

export const apiClientCert: ResourceRule = {
  id: "api-client-cert",
  title: "REST API stages show a certificate to their HTTP back ends",
  severity: "low",
  rationale:
    "A back end on the internet must know that the gateway calls. Functions and services need none, so it is off by default.",
  anchors: [
    "CKV2_AWS_51",
    "APIGWSSLEnabled",
    "API_GW_SSL_ENABLED",
    "APIGateway.2",
    "api-gw-ssl-enabled",
    "apigateway_restapi_client_certificate_enabled",
    "KICS: API Gateway Without SSL Certificate",
  ],
  guards: { [STAGE]: ["clientCertificateId"] },
  remedy: "Set clientCertificateId.",
  optIn: true,
  check: (stage) => stage.present("clientCertificateId", "back ends cannot tell the gateway from others"),
};
