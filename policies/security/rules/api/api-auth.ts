import type { ResourceRule } from "../../../kit";
import { HTTP_ROUTE, METHOD } from "./rest-apis";

export const apiAuth: ResourceRule = {
  id: "api-auth",
  title: "Every API method knows its caller",
  severity: "high",
  rationale: "A method without authorisation answers everybody who finds its address.",
  controls: [
    "CKV_AWS_59",
    "CKV_AWS_309",
    "CKV2_AWS_70",
    "APIGateway.8",
    "AWS-0004",
    "APIGWAuthorization",
    "guard:api_gw_method_authorization_type_rule",
  ],
  inspects: {
    [METHOD]: ["authorization", "httpMethod", "apiKeyRequired"],
    [HTTP_ROUTE]: ["authorizationType"],
  },
  remedy: 'Set authorization to "AWS_IAM" or an authorizer.',
  check: (method) => {
    if (method.type === HTTP_ROUTE) {
      method.require<string>("authorizationType", (v) => v !== "NONE", "the route answers everybody");
    } else if (method.at("httpMethod").read<string>() !== "OPTIONS") {
      method.require<string>("authorization", (v) => v !== "NONE", "the method answers everybody");
    }
  },
};
