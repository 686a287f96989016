import type { ResourceRule } from "../../../kit";
import { operationsOf, type OpenApiOperation } from "./openapi-operations";
import { HTTP_ROUTE, METHOD, REST_API } from "./rest-apis";

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
    [REST_API]: ["body"],
  },
  remedy: 'Set authorization to "AWS_IAM" or an authorizer; in a document, security with a scheme of either.',
  check: (method) => {
    if (method.type === REST_API) {
      for (const one of operationsOf(method).filter((operation) => !isSecured(operation)))
        method.fail(`${one.where} answers everybody`, "body");
    } else if (method.type === HTTP_ROUTE) {
      method.require<string>("authorizationType", (v) => v !== "NONE", "the route answers everybody");
    } else if (method.at("httpMethod").read<string>() !== "OPTIONS") {
      method.require<string>("authorization", (v) => v !== "NONE", "the method answers everybody");
    }
  },
};

type Schemes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Whether a scheme of the operation, or of the whole document, is one that API Gateway checks: IAM or an authorizer. */
function isSecured({ operation, document }: OpenApiOperation): boolean {
  const { components = {}, securityDefinitions = {} } = document as {
    readonly components?: { readonly securitySchemes?: Schemes };
    readonly securityDefinitions?: Schemes;
  };
  const schemes = { ...securityDefinitions, ...components.securitySchemes };
  const demanded = (operation.security ?? document.security ?? []) as readonly Record<string, unknown>[];
  const checks = (name: string) =>
    schemes[name]?.["x-amazon-apigateway-authtype"] !== undefined ||
    schemes[name]?.["x-amazon-apigateway-authorizer"] !== undefined;
  // One of several is enough for a caller, so every one must be checked.
  return demanded.length > 0 && demanded.every((alternative) => Object.keys(alternative).some(checks));
}
