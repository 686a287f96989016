import type { ResourceRule } from "../../../kit";
import { STAGE } from "./rest-apis";

export const apiClientCert: ResourceRule = {
  id: "api-client-cert",
  title: "REST API stages show a certificate to their HTTP back ends",
  severity: "low",
  rationale:
    "A back end on the internet must know that the gateway calls. Functions and services need none, so it is off by default.",
  controls: ["CKV2_AWS_51", "APIGateway.2", "APIGWSSLEnabled"],
  inspects: { [STAGE]: ["clientCertificateId"] },
  remedy: "Set clientCertificateId.",
  optIn: true,
  check: (stage) => stage.present("clientCertificateId", "back ends cannot tell the gateway from others"),
};
