import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { MAX_BODY_BYTES } from "../../contracts/api";
import { bodyTooLarge, type Dispatcher } from "./dispatch";
import type { ApiResponse } from "./http";
import { withoutVersion } from "./lambda";
import { Problem, problemResponse } from "./problem";

/** What a server does with a request before the API sees it. */
export interface ServerOptions {
  /** Throws a Problem for a request that its caller may not send. */
  readonly authorize?: (request: IncomingMessage, body: string) => Promise<void>;
  /** Answers what is no request of the API: a page. Undefined: not its business. */
  readonly serveFile?: (path: string) => ApiResponse | undefined;
}

/** The same operations on node:http. */
export function nodeServer(dispatch: Dispatcher, options: ServerOptions = {}): Server {
  return createServer((request, response) => {
    answer(dispatch, options, request).then(
      (result) => send(response, result),
      () => response.destroy(),
    );
  });
}

async function answer(
  dispatch: Dispatcher,
  { authorize, serveFile }: ServerOptions,
  request: IncomingMessage,
): Promise<ApiResponse> {
  const requestId = randomUUID();
  const { method = "GET", url = "/" } = request;
  const [path = "/"] = url.split("?");
  const file = method === "GET" ? serveFile?.(path) : undefined;
  if (file) return file;
  try {
    const body = await readBody(request);
    await authorize?.(request, body);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    return await dispatch({ method, path: withoutVersion(path), headers, body, requestId });
  } catch (error) {
    if (error instanceof Problem) return problemResponse(error, requestId);
    throw error;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw bodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, { status, headers, body }: ApiResponse): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
