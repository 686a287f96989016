import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { API_VERSION } from "../../../contracts/api";
import { OPERATIONS, type OperationId, type OperationSpec } from "../operations";
import { type ProblemKind, PROBLEMS } from "../problem";
import { problem } from "../schemas";

/** Problems that every operation may answer. */
const ALWAYS: readonly ProblemKind[] = [
  "invalid-request",
  "not-signed",
  "too-many-requests",
  "internal-error",
  "not-available",
];
const OF_A_BODY: readonly ProblemKind[] = ["invalid-json", "not-json", "body-too-large"];

export type OpenApiVersion = "3.1.0" | "3.0.3";

/** The document of the API, from the schemas that the handlers check requests with. */
export function openApiDocument(openapi: OpenApiVersion) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [id, spec] of Object.entries(OPERATIONS) as [OperationId, OperationSpec][]) {
    (paths[spec.path] ??= {})[spec.method.toLowerCase()] = operationOf(id, spec);
  }
  return createDocument({
    openapi,
    info: {
      title: "SmartRetail API",
      version: API_VERSION,
      description:
        "Demand forecasts and order recommendations of a convenience-store chain. Requests are signed with AWS Signature Version 4 for the service execute-api. Every fault is a problem document (RFC 9457).",
    },
    servers: [{ url: `/${API_VERSION}` }],
    paths: paths as ZodOpenApiPathsObject,
    security: [{ sigv4: [] }],
    components: {
      securitySchemes: {
        sigv4: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          description: "AWS Signature Version 4",
        },
      },
    },
  });
}

function operationOf(id: string, spec: OperationSpec): ZodOpenApiOperationObject {
  return {
    operationId: id,
    summary: spec.summary,
    ...(spec.parameters ? { requestParams: { path: spec.parameters } } : {}),
    ...(spec.body
      ? { requestBody: { required: true, content: { "application/json": { schema: spec.body } } } }
      : {}),
    responses: {
      ...Object.fromEntries(
        spec.statuses.map((status) => [
          String(status),
          {
            description: status === 201 ? "Created" : "OK",
            content: { "application/json": { schema: spec.answer } },
          },
        ]),
      ),
      ...problemResponses([...ALWAYS, ...(spec.body ? OF_A_BODY : []), ...spec.problems]),
    },
  };
}

/** One response a status: kinds that share one are listed in its description. */
function problemResponses(kinds: readonly ProblemKind[]) {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of kinds) {
    const { status } = PROBLEMS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      String(status),
      {
        description: those.map((kind) => `${kind}: ${PROBLEMS[kind].title}`).join("; "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
}
