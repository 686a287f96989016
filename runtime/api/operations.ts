import type * as z from "zod";
import type { ApiFunction } from "../../contracts/api";
import type { ProblemKind } from "./problem";
import {
  confirmation,
  forecastAnswer,
  forecastRequest,
  healthAnswer,
  orderAnswer,
  orderPath,
  storePath,
} from "./schemas";

/** One operation of the API: where it is, what it takes and answers, and the function that carries it out. */
export interface OperationSpec {
  readonly function: ApiFunction;
  readonly method: "GET" | "POST" | "PUT";
  /** Below the version: `/stores/{store}/forecasts`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Statuses of success. */
  readonly statuses: readonly (200 | 201)[];
  readonly answer: z.ZodObject;
  /** Problems besides those that every operation has. */
  readonly problems: readonly ProblemKind[];
}

export const OPERATIONS = {
  forecast: {
    function: "forecast",
    method: "POST",
    path: "/stores/{store}/forecasts",
    summary: "Forecasts of a store for a list of SKUs, day by day",
    parameters: storePath,
    body: forecastRequest,
    statuses: [200],
    answer: forecastAnswer,
    problems: ["unknown-store", "unknown-skus"],
  },
  getOrder: {
    function: "orders",
    method: "GET",
    path: "/stores/{store}/order",
    summary: "What a store should order this morning and why, and what it has confirmed",
    parameters: storePath,
    statuses: [200],
    answer: orderAnswer,
    problems: ["unknown-store", "no-recommendation"],
  },
  confirmOrder: {
    function: "orders",
    method: "PUT",
    path: "/stores/{store}/order/{day}",
    summary:
      "Confirms a store's order as it is or changed. The same lines again change nothing; others need the ETag of what they replace in If-Match",
    parameters: orderPath,
    body: confirmation,
    statuses: [200, 201],
    answer: orderAnswer,
    problems: ["unknown-store", "no-recommendation", "already-confirmed", "precondition-failed"],
  },
  health: {
    function: "forecast",
    method: "GET",
    path: "/health",
    summary: "Whether forecasts can be made: last night, model pointers, features, endpoint",
    statuses: [200],
    answer: healthAnswer,
    problems: [],
  },
} as const satisfies Record<string, OperationSpec>;

export type OperationId = keyof typeof OPERATIONS;

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Part<Id extends OperationId, Name extends "parameters" | "body"> =
  (typeof OPERATIONS)[Id] extends Record<Name, infer Schema> ? Output<Schema> : undefined;

/** What a handler is given: parameters and body as their schemas let them through. */
export interface OperationInput<Id extends OperationId> {
  readonly parameters: Part<Id, "parameters">;
  readonly body: Part<Id, "body">;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestId: string;
}

export interface OperationResult<Id extends OperationId> {
  readonly status: (typeof OPERATIONS)[Id]["statuses"][number];
  readonly body: z.output<(typeof OPERATIONS)[Id]["answer"]>;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handlers = {
  readonly [Id in OperationId]: (input: OperationInput<Id>) => Promise<OperationResult<Id>>;
};
