import { put, unset, type Breakage } from "../support/breakage";

const FUNCTION = "aws:lambda/function:Function";
const STAGE = "aws:apigateway/stage:Stage";
const TABLE = "aws:dynamodb/table:Table";
const USAGE_PLAN = "aws:apigateway/usagePlan:UsagePlan";

/** Mistakes in the functions, tables and APIs of the plan, by the rule that must find each. */
export const SERVERLESS_BREAKAGES: Readonly<Record<string, readonly Breakage[]>> = {
  "cost-api-cache": [put(STAGE, "cacheClusterEnabled", true)],
  "cost-api-quota": [unset(USAGE_PLAN, "quotaSettings")],
  "cost-function-arm64": [put(FUNCTION, "architectures", ["x86_64"]), unset(FUNCTION, "architectures")],
  "cost-function-limits": [
    put(FUNCTION, "memorySize", 10_240),
    unset(FUNCTION, "memorySize"),
    put(FUNCTION, "timeout", 900),
    unset(FUNCTION, "timeout"),
    put(FUNCTION, "ephemeralStorage.size", 10_240),
  ],
  "cost-log-groups-managed": [put(FUNCTION, "loggingConfig.logGroup", "/aws/lambda/another"), renamed()],
  "cost-table-capacity": [
    put(TABLE, "billingMode", "PROVISIONED"),
    unset(TABLE, "billingMode"),
    ...["maxReadRequestUnits", "maxWriteRequestUnits"].flatMap((key) => [
      put(TABLE, `onDemandThroughput.${key}`, 40_000),
      put(TABLE, `onDemandThroughput.${key}`, -1),
    ]),
  ],
};

/** A function that names no log group writes to that of its name, which is not there for another name. */
function renamed(): Breakage {
  const name = put(FUNCTION, "name", "another");
  return {
    ...name,
    what: "Function.name = another, whose log group is made by Lambda",
    apply: (resources) => {
      const unnamed = unset(FUNCTION, "loggingConfig.logGroup").apply(resources);
      return unnamed && name.apply(unnamed.resources);
    },
  };
}
