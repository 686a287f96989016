import { API_VERSION } from "../../../contracts/api";
import { OPERATIONS, type OperationId } from "../operations";
import { type ProblemKind, problemType, PROBLEMS } from "../problem";
import { openApiDocument } from "./openapi";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/**
 * Keywords of JSON schema draft 4 that API Gateway's validator takes. It refuses or ignores the rest (maxItems, oneOf,
 * exclusiveMinimum, ...), so the handler checks everything again:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const GATEWAY_KEYWORDS = new Set([
  ...["$ref", "type", "properties", "required", "items", "enum", "additionalProperties"],
  ...["minLength", "maxLength", "minimum", "maximum", "description"],
]);

/**
 * The document that API Gateway imports: OpenAPI 3.0 with request schemas only, IAM on every operation, validation on, and
 * its own faults as problem documents. Which function an operation belongs to is said by `x-smartretail-function`; whoever
 * deploys it puts the integration there.
 */
export function gatewayDocument(): JsonObject {
  const document = throughJson(openApiDocument("3.0.3"));
  const paths = document.paths as Record<string, Record<string, JsonObject>>;
  return {
    openapi: "3.0.3",
    info: { title: "SmartRetail API", version: API_VERSION },
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-request-validator": "all",
    "x-amazon-apigateway-gateway-responses": gatewayResponses(),
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, operation]) => [method, reducedOperation(operation)]),
        ),
      ]),
    ),
    components: {
      schemas: requestSchemas(document),
      securitySchemes: {
        sigv4: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
  };
}

function reducedOperation(operation: JsonObject): JsonObject {
  const id = operation.operationId as OperationId;
  const parameters = (operation.parameters ?? []) as readonly JsonObject[];
  return {
    operationId: id,
    "x-smartretail-function": OPERATIONS[id].function,
    security: [{ sigv4: [] }],
    ...(parameters.length > 0
      ? {
          parameters: parameters.map(({ name, in: place }) => ({
            name: name!,
            in: place!,
            required: true,
            schema: { type: "string" },
          })),
        }
      : {}),
    ...(operation.requestBody ? { requestBody: reduced(operation.requestBody) } : {}),
    responses: Object.fromEntries(
      Object.entries(operation.responses as JsonObject)
        .filter(([status]) => status.startsWith("2"))
        .map(([status, response]) => [status, { description: (response as JsonObject).description! }]),
    ),
  };
}

/** Schemas that requests reach, and no others. */
function requestSchemas(document: JsonObject): JsonObject {
  const all = (document.components as JsonObject).schemas as JsonObject;
  const wanted = new Set<string>();
  const visit = (value: Json | undefined): void => {
    for (const [, name] of JSON.stringify(value ?? null).matchAll(
      /#\/components\/schemas\/([A-Za-z0-9]+)/g,
    )) {
      if (wanted.has(name!)) continue;
      wanted.add(name!);
      visit(all[name!]);
    }
  };
  for (const methods of Object.values(document.paths as Record<string, Record<string, JsonObject>>)) {
    for (const { requestBody } of Object.values(methods)) visit(requestBody);
  }
  return Object.fromEntries([...wanted].sort().map((name) => [name, reducedSchema(all[name] as JsonObject)]));
}

/** Drops what the validator does not take, wherever a schema stands in `value`. */
function reduced(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reduced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "schema" ? reducedSchema(inner as JsonObject) : reduced(inner as Json),
    ]),
  );
}

function reducedSchema(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => GATEWAY_KEYWORDS.has(keyword))
      .map(([keyword, value]) => {
        if (keyword === "items") return [keyword, reducedSchema(value as JsonObject)];
        if (keyword !== "properties") return [keyword, value];
        const properties = Object.entries(value as JsonObject);
        return [
          keyword,
          Object.fromEntries(properties.map(([name, inner]) => [name, reducedSchema(inner as JsonObject)])),
        ];
      }),
  );
}

/**
 * What API Gateway answers by itself: the same form as the handlers' faults. Its templates replace variables and do nothing
 * else: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
const GATEWAY_FAULTS: Readonly<Record<string, readonly [ProblemKind, string]>> = {
  ACCESS_DENIED: ["not-signed", "whoever signed it may not do this"],
  MISSING_AUTHENTICATION_TOKEN: ["not-signed", "there is no signature, or no such path"],
  INVALID_SIGNATURE: ["not-signed", "the signature is wrong"],
  EXPIRED_TOKEN: ["not-signed", "the credentials have expired"],
  INVALID_API_KEY: ["not-signed", "the API key is wrong"],
  WAF_FILTERED: ["not-signed", "the firewall refused it"],
  BAD_REQUEST_BODY: ["invalid-request", "$context.error.validationErrorString"],
  BAD_REQUEST_PARAMETERS: ["invalid-request", "$context.error.validationErrorString"],
  REQUEST_TOO_LARGE: ["body-too-large", "the body has more than 10 MB"],
  UNSUPPORTED_MEDIA_TYPE: ["not-json", "allowed: application/json"],
  RESOURCE_NOT_FOUND: ["no-such-path", "there is no such path"],
  THROTTLED: ["too-many-requests", "try again in a second"],
  QUOTA_EXCEEDED: ["too-many-requests", "the quota of the usage plan is used up"],
  INTEGRATION_FAILURE: ["not-available", "the function did not answer"],
  INTEGRATION_TIMEOUT: ["not-available", "the function did not answer in time"],
  DEFAULT_4XX: ["invalid-request", "$context.error.message"],
  DEFAULT_5XX: ["internal-error", "$context.error.message"],
};

function gatewayResponses(): JsonObject {
  return Object.fromEntries(
    Object.entries(GATEWAY_FAULTS).map(([type, [kind, detail]]) => {
      const { status, title } = PROBLEMS[kind];
      // The defaults keep the status of what went wrong.
      const isDefault = type.startsWith("DEFAULT_");
      const document = {
        type: problemType(kind),
        title,
        ...(isDefault ? {} : { status }),
        detail,
        instance: "urn:smartretail:request:$context.requestId",
      };
      return [
        type,
        {
          ...(isDefault ? {} : { statusCode: String(status) }),
          responseParameters: { "gatewayresponse.header.Content-Type": "'application/problem+json'" },
          responseTemplates: { "application/json": JSON.stringify(document) },
        },
      ];
    }),
  );
}

function throughJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
