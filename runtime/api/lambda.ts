import { API_VERSION } from "../../contracts/api";
import type { Dispatcher } from "./dispatch";

/** What this program reads of API Gateway's REST proxy event, payload version 1.0. */
export interface ProxyEvent {
  readonly httpMethod: string;
  /** As it was sent, with the stage before it where a domain of the caller's own maps it so. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly requestId: string };
}

export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A Lambda handler behind API Gateway. */
export function lambdaHandler(dispatch: Dispatcher) {
  return async (event: ProxyEvent): Promise<ProxyResult> => {
    const { status, headers, body } = await dispatch({
      method: event.httpMethod,
      path: withoutVersion(event.path),
      headers: lowerCased(event.headers ?? {}),
      body: event.isBase64Encoded
        ? Buffer.from(event.body ?? "", "base64").toString("utf8")
        : (event.body ?? ""),
      requestId: event.requestContext.requestId,
    });
    return { statusCode: status, headers, body };
  };
}

/** `/v1/health` and `/health` are the same. */
export function withoutVersion(path: string): string {
  return path.startsWith(`/${API_VERSION}/`) ? path.slice(API_VERSION.length + 1) : path;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
