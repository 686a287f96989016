import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { API_FUNCTIONS } from "../../../contracts/api";
import { OPERATIONS } from "../../../runtime/api/operations";
import { CLIENT_TYPES, clientTypes, OPENAPI_FOLDER, openApiFiles } from "../../../scripts/update-openapi";

interface Operation {
  readonly operationId: string;
  readonly "x-smartretail-function"?: string;
  readonly security?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  readonly "x-amazon-apigateway-gateway-responses": Readonly<
    Record<
      string,
      { readonly statusCode?: string; readonly responseTemplates: Readonly<Record<string, string>> }
    >
  >;
}

const read = (name: string) => readFileSync(join(OPENAPI_FOLDER, name), "utf8");
const documentOf = (name: string) => JSON.parse(read(name)) as Document;
const operationsOf = ({ paths }: Document) =>
  Object.values(paths).flatMap((methods) => Object.values(methods));

/** Every keyword of a schema and of those inside it. */
function keywords(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === "properties") return [key, ...Object.values(value as object).flatMap(keywords)];
    return [key, ...(key === "items" || key === "schema" ? keywords(value) : [])];
  });
}

describe("the OpenAPI documents", () => {
  it("are what the schemas of the handlers say: npm run openapi writes them", () => {
    for (const [name, text] of Object.entries(openApiFiles())) assert.equal(read(name), text, name);
  });

  it("are what the client's types are made from", async () => {
    assert.equal(readFileSync(CLIENT_TYPES, "utf8"), await clientTypes());
  });

  it("have every operation at its path and method, with the statuses that it answers", () => {
    const { openapi, paths } = documentOf("api.json");

    assert.equal(openapi, "3.1.0");
    for (const [id, { path, method, statuses }] of Object.entries(OPERATIONS)) {
      const operation = paths[path]?.[method.toLowerCase()];
      assert.equal(operation?.operationId, id);
      for (const status of [...statuses, 400, 403, 429, 500, 503]) {
        assert.ok(operation.responses[String(status)], `${id} ${status}`);
      }
    }
  });

  it("give API Gateway no keyword that its draft-4 validator refuses or ignores", () => {
    const gateway = documentOf("gateway.json");
    const used = new Set(Object.values(gateway.components.schemas).flatMap(keywords));

    assert.equal(gateway.openapi, "3.0.3");
    for (const keyword of [
      "maxItems",
      "minItems",
      "uniqueItems",
      "oneOf",
      "anyOf",
      "const",
      "format",
      "pattern",
    ]) {
      assert.ok(!used.has(keyword), keyword);
    }
    for (const keyword of ["exclusiveMinimum", "exclusiveMaximum", "default", "examples", "$schema", "id"]) {
      assert.ok(!used.has(keyword), keyword);
    }
    assert.ok(used.has("maxLength") && used.has("maximum") && used.has("required"));
  });

  it("name for API Gateway the function of each operation, and ask every caller for a signature", () => {
    for (const operation of operationsOf(documentOf("gateway.json"))) {
      assert.ok(String(operation["x-smartretail-function"]) in API_FUNCTIONS, operation.operationId);
      assert.deepEqual(operation.security, [{ sigv4: [] }]);
    }
  });

  it("make API Gateway's own faults problem documents, with the status that they have", () => {
    const responses = documentOf("gateway.json")["x-amazon-apigateway-gateway-responses"];

    for (const [type, { statusCode, responseTemplates }] of Object.entries(responses)) {
      const problem = JSON.parse(responseTemplates["application/json"]!) as Record<string, unknown>;
      assert.match(String(problem.type), /^urn:smartretail:problem:[a-z-]+$/, type);
      assert.equal(problem.status === undefined ? undefined : String(problem.status), statusCode, type);
    }
    for (const type of [
      "ACCESS_DENIED",
      "BAD_REQUEST_BODY",
      "REQUEST_TOO_LARGE",
      "THROTTLED",
      "DEFAULT_5XX",
    ]) {
      assert.ok(responses[type], type);
    }
  });
});
