import type { ResourceRule } from "../../../kit";

const REST_INTEGRATION = "aws:apigateway/integration:Integration";
const HTTP_INTEGRATION = "aws:apigatewayv2/integration:Integration";
const PATHS = { [REST_INTEGRATION]: "uri", [HTTP_INTEGRATION]: "integrationUri" };

export const apiIntegrationHttps: ResourceRule = {
  id: "api-integration-https",
  title: "APIs call their back ends over TLS",
  severity: "medium",
  rationale: "A request that came in encrypted must not go on in the clear.",
  controls: ["APIGateway.10"],
  inspects: Object.fromEntries(Object.entries(PATHS).map(([type, path]) => [type, [path]])),
  remedy: "Use https:// in the address of the integration.",
  check: (integration) =>
    integration.forbid<string>(
      PATHS[integration.type as keyof typeof PATHS],
      (v) => /^http:\/\//i.test(v),
      "the back end is called in the clear",
    ),
};
