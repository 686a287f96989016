import createFetch, { type Client } from "openapi-fetch";
import type { components, paths } from "./api-types";
import { type Sign, type SigningOptions, signer } from "./sign";
import { type RetryOptions, retryingFetch } from "./retry";
import { ApiProblem } from "./problem";

type Schemas = components["schemas"];
export type ForecastRequest = Omit<Schemas["ForecastRequest"], "days"> & { readonly days?: number };
export type ForecastAnswer = Schemas["ForecastAnswer"];
export type OrderAnswer = Schemas["OrderAnswer"];
export type Confirmation = Schemas["Confirmation"];
export type HealthAnswer = Schemas["HealthAnswer"];

export interface ClientOptions extends RetryOptions {
  /** Address of the API with its version: `https://abc.execute-api.ap-northeast-1.amazonaws.com/v1`. */
  readonly baseUrl: string;
  /** Who signs, with AWS Signature Version 4. Undefined: requests are not signed, for a server on this machine. */
  readonly signing?: SigningOptions;
}

/** An order, and what names it as it was read. */
export interface ReadOrder {
  readonly order: OrderAnswer;
  /** Undefined while nothing is confirmed. */
  readonly etag?: string;
}

/** The API as functions. A fault that the API describes is thrown as ApiProblem. */
export class SmartRetailClient {
  private readonly api: Client<paths, "application/json">;

  public constructor(options: ClientOptions) {
    const sign: Sign = options.signing ? signer(options.signing) : (request) => Promise.resolve(request);
    this.api = createFetch<paths, "application/json">({
      baseUrl: options.baseUrl,
      fetch: retryingFetch(sign, options),
    });
  }

  /** Forecasts of a store, seven days unless the request says otherwise. */
  public async forecast(store: string, request: ForecastRequest): Promise<ForecastAnswer> {
    const body = request as Schemas["ForecastRequest"];
    const answer = await this.api.POST("/stores/{store}/forecasts", { params: { path: { store } }, body });
    return answer.data ?? fail(answer);
  }

  /** What to order this morning, and what has been confirmed. */
  public async readOrder(store: string): Promise<ReadOrder> {
    const answer = await this.api.GET("/stores/{store}/order", { params: { path: { store } } });
    return readOrder(answer.data ?? fail(answer), answer.response);
  }

  /**
   * Confirms an order. The same lines again change nothing.
   *
   * @param replaces etag of the confirmed order that this one takes the place of
   */
  public async confirmOrder(
    store: string,
    day: string,
    lines: Confirmation["lines"],
    replaces?: string,
  ): Promise<ReadOrder> {
    const answer = await this.api.PUT("/stores/{store}/order/{day}", {
      params: { path: { store, day } },
      body: { lines },
      headers: replaces === undefined ? {} : { "if-match": replaces },
    });
    return readOrder(answer.data ?? fail(answer), answer.response);
  }

  public async health(): Promise<HealthAnswer> {
    const answer = await this.api.GET("/health");
    return answer.data ?? fail(answer);
  }
}

function readOrder(order: OrderAnswer, response: Response): ReadOrder {
  return { order, etag: response.headers.get("etag") ?? undefined };
}

function fail({ error, response }: { readonly error?: unknown; readonly response: Response }): never {
  throw new ApiProblem(response.status, error);
}
