/** The package `smartretail-client`: the API's operations as typed functions, signed, with time limits and retries. */
export {
  type ClientOptions,
  type Confirmation,
  type ForecastAnswer,
  type ForecastRequest,
  type HealthAnswer,
  type OrderAnswer,
  type ReadOrder,
  SmartRetailClient,
} from "./client";
export { ApiProblem, type ProblemDocument } from "./problem";
export type { Credentials, SigningOptions } from "./sign";
