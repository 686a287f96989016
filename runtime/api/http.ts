/** A request as every server sees it: Lambda behind API Gateway, or node:http. */
export interface ApiRequest {
  readonly method: string;
  /** As it was sent, percent-encoded, below the version: `/stores/S001/forecasts`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Names the request in answers and logs. */
  readonly requestId: string;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
