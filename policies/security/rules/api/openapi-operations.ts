import type { ResourceCheck } from "../../../kit";

/** An operation of an OpenAPI document that a REST API is imported from. */
export interface OpenApiOperation {
  /** `GET /stores/{store}/order` */
  readonly where: string;
  readonly operation: Readonly<Record<string, unknown>>;
  readonly document: Readonly<Record<string, unknown>>;
}

const METHODS = new Set(["get", "put", "post", "delete", "patch", "head", "x-amazon-apigateway-any-method"]);

/**
 * Operations of the document in `body`, preflight requests aside; none where there is no body or it is not known yet. A body
 * that is no JSON is a finding: nobody has looked at it.
 */
export function operationsOf(api: ResourceCheck): OpenApiOperation[] {
  const body = api.at("body").read<string>();
  if (body === undefined) return [];
  const document = parse(body);
  if (document === undefined) {
    api.fail("the document is no JSON, and what is in it cannot be checked", "body");
    return [];
  }
  return Object.entries((document.paths ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => METHODS.has(method))
        .map(([method, operation]) => ({
          where: `${method.toUpperCase()} ${path}`,
          operation: operation as Readonly<Record<string, unknown>>,
          document,
        })),
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
