import type { ApiResponse } from "./http";

/** Kinds of problems, their status and what they say in general; `detail` says what was wrong this time. */
export const PROBLEMS = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "invalid-json": { status: 400, title: "The body is not JSON" },
  "not-signed": { status: 403, title: "The request is not signed by anybody who may send it" },
  "no-such-path": { status: 404, title: "There is no such path" },
  "unknown-store": { status: 404, title: "There is no such store" },
  "unknown-skus": { status: 404, title: "None of the SKUs is known" },
  "no-recommendation": { status: 404, title: "There is no order recommendation for that day" },
  "method-not-allowed": { status: 405, title: "The path does not take this method" },
  "already-confirmed": { status: 409, title: "The order was confirmed with other lines before" },
  "precondition-failed": { status: 412, title: "The order has changed since it was read" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "not-json": { status: 415, title: "The body must be application/json" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "internal-error": { status: 500, title: "Something went wrong that the caller cannot mend" },
  "not-available": { status: 503, title: "What the answer is made of cannot be read at the moment" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemKind = keyof typeof PROBLEMS;

export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  readonly field: string;
  readonly message: string;
}

/** Ends a request with a problem document (RFC 9457). */
export class Problem extends Error {
  public constructor(
    public readonly kind: ProblemKind,
    detail: string,
    public readonly errors: readonly FieldError[] = [],
    public readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** Names a kind of problem; nothing is behind the address. */
export const problemType = (kind: ProblemKind) => `urn:smartretail:problem:${kind}`;

export function problemResponse(problem: Problem, requestId: string): ApiResponse {
  const { kind, message, errors, headers } = problem;
  const { status, title } = PROBLEMS[kind];
  const document = {
    type: problemType(kind),
    title,
    status,
    detail: message,
    instance: `urn:smartretail:request:${requestId}`,
    ...(errors.length > 0 ? { errors } : {}),
  };
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(document),
  };
}
