import type * as z from "zod";
import { MAX_BODY_BYTES } from "../../contracts/api";
import type { ApiRequest, ApiResponse } from "./http";
import { type Handlers, type OperationId, OPERATIONS, type OperationSpec } from "./operations";
import { type FieldError, Problem, problemResponse } from "./problem";

type AnyHandler = (input: {
  readonly parameters: unknown;
  readonly body: unknown;
  readonly headers: ApiRequest["headers"];
  readonly requestId: string;
}) => Promise<{
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}>;

export interface Dispatcher {
  (request: ApiRequest): Promise<ApiResponse>;
}

/**
 * Finds the operation of a request, checks what came with it, and answers. Whatever goes wrong is a problem document: what
 * the caller can mend says how, everything else says nothing but its request, and goes to `onError`.
 */
export function dispatcher(
  handlers: Partial<Handlers>,
  onError: (error: unknown, requestId: string) => void,
): Dispatcher {
  return async (request) => {
    try {
      const { id, parameters } = findOperation(handlers, request);
      const spec: OperationSpec = OPERATIONS[id];
      const handle = handlers[id] as AnyHandler;
      const answer = await handle({
        parameters: spec.parameters && parse(spec.parameters, parameters, "parameter"),
        body: spec.body && parse(spec.body, readJson(request), "body"),
        headers: request.headers,
        requestId: request.requestId,
      });
      return {
        status: answer.status,
        headers: { "content-type": "application/json", "cache-control": "no-store", ...answer.headers },
        body: JSON.stringify(answer.body),
      };
    } catch (error) {
      if (error instanceof Problem) return problemResponse(error, request.requestId);
      onError(error, request.requestId);
      return problemResponse(
        new Problem("internal-error", "the log has the cause, under this request"),
        request.requestId,
      );
    }
  };
}

interface Found {
  readonly id: OperationId;
  readonly parameters: Readonly<Record<string, string>>;
}

function findOperation(handlers: Partial<Handlers>, { method, path }: ApiRequest): Found {
  const segments = path.split("/").filter(Boolean).map(decode);
  const allowed: string[] = [];
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const spec = OPERATIONS[id];
    const parameters = handlers[id] && matchPath(spec.path, segments);
    if (!parameters) continue;
    if (spec.method === method) return { id, parameters };
    allowed.push(spec.method);
  }
  if (allowed.length > 0) {
    throw new Problem("method-not-allowed", `${method} is not allowed here: ${allowed.join(", ")} is`, [], {
      allow: allowed.join(", "),
    });
  }
  throw new Problem("no-such-path", `there is no ${method} ${path}`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem("invalid-request", `the path has "${segment}", which is no percent-encoded UTF-8`);
  }
}

function matchPath(
  pattern: string,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parts = pattern.split("/").filter(Boolean);
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const value = segments[i]!;
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return parameters;
}

function readJson({ headers, body }: ApiRequest): unknown {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new Problem("not-json", `the body is "${type ?? "of no type"}"; allowed: application/json`);
  }
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw bodyTooLarge();
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    throw new Problem("invalid-json", error instanceof Error ? error.message : String(error));
  }
}

/** Also for a server that stops reading before the end. */
export function bodyTooLarge(): Problem {
  return new Problem("body-too-large", `the body has more than ${MAX_BODY_BYTES} bytes, which is the limit`);
}

/** More faults than this help nobody. */
const SHOWN_ERRORS = 10;

function parse(schema: z.ZodType, value: unknown, what: "parameter" | "body"): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const errors = issues.slice(0, SHOWN_ERRORS).map(({ path, message }): FieldError => ({
    field: what === "body" ? `/${path.map(String).join("/")}` : String(path[0]),
    message,
  }));
  const more = issues.length > errors.length ? `, and ${issues.length - errors.length} more` : "";
  throw new Problem(
    "invalid-request",
    `${errors.map(({ field, message }) => `${field}: ${message}`).join("; ")}${more}`,
    errors,
  );
}
