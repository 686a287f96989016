import { Readable } from "node:stream";

export interface FakeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The wire behind a real SDK client: what it serialised, signed and retried is seen as it would leave the machine.
 *
 * @param answer to each request; the attempt counts from 1
 */
export function fakeWire(answer: (request: WireRequest, attempt: number) => FakeAnswer) {
  const requests: WireRequest[] = [];
  const handler = {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (request: {
      method: string;
      path: string;
      headers: Record<string, string>;
      body?: string | Uint8Array;
    }) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const body = Buffer.from(request.body ?? "").toString("utf8");
      const seen = { method: request.method, path: request.path, headers, body };
      requests.push(seen);
      const { status, headers: answered, body: text } = answer(seen, requests.length);
      return Promise.resolve({
        response: {
          statusCode: status,
          headers: { ...answered },
          body: Readable.from([Buffer.from(text)]),
        },
      });
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  return { handler, requests: requests as [WireRequest, ...WireRequest[]] };
}
