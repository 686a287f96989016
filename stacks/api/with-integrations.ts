import type { ApiFunction } from "../../contracts/api";
import { API_FUNCTIONS } from "../../contracts/api";

/** Milliseconds. Lambda's own time-out is shorter: API Gateway only answers for a function that does not. */
const INTEGRATION_TIMEOUT = 29_000;

type Operation = Readonly<Record<string, unknown>>;

interface GatewayDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/**
 * The API's document with the function of each operation behind it.
 *
 * @throws Error for an operation that names no function, or one that there is not
 */
export function withIntegrations(
  document: unknown,
  region: string,
  arnOf: (name: ApiFunction) => string,
): object {
  const { paths, ...rest } = document as GatewayDocument;
  const operation = (where: string, { "x-smartretail-function": name, ...given }: Operation) => {
    if (typeof name !== "string" || !(name in API_FUNCTIONS)) {
      throw new Error(
        `${where}: x-smartretail-function is ${JSON.stringify(name)}; allowed: ${Object.keys(API_FUNCTIONS).join(", ")}`,
      );
    }
    return {
      ...given,
      "x-amazon-apigateway-integration": {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arnOf(name as ApiFunction)}/invocations`,
        passthroughBehavior: "never",
        timeoutInMillis: INTEGRATION_TIMEOUT,
      },
    };
  };
  return {
    ...rest,
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, methods]) => [
        path,
        Object.fromEntries(
          Object.entries(methods).map(([method, given]) => [
            method,
            operation(`${method.toUpperCase()} ${path}`, given),
          ]),
        ),
      ]),
    ),
  };
}
