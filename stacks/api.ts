import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as apigateway from "@pulumi/aws/apigateway";
import { ApiFirewall } from "../components/api-firewall";
import { BUNDLE_FILE } from "../components/function-bundle";
import { LambdaFunction, LIVE_ALIAS, type LambdaFunctionArgs } from "../components/lambda-function";
import { LeastPrivilegeRole } from "../components/least-privilege-role";
import { physicalName } from "../components/physical-name";
import { RestApi } from "../components/rest-api";
import { Slice } from "../components/slice";
import { API_FUNCTIONS, API_VERSION, type ApiFunction } from "../contracts/api";
import type { ApiFoundation } from "./api/api-foundation";
import { apiPolicy } from "./api/api-policy";
import { functionEnvironment } from "./api/function-environment";
import { withIntegrations } from "./api/with-integrations";
import type { Context } from "./context";
import type { FunctionCode } from "./function-code";
import { functionArns } from "./identity/arns";

const ROOT = join(__dirname, "..");
const FUNCTION_NAME_MAX = 64;
const ROLE_NAME_MAX = 64;
const API_NAME_MAX = 128;
const FIREWALL_NAME_MAX = 128;
/** The firewall counts per address; the stores come through a few. */
const FLOOD_FACTOR = 300;

export interface Api {
  /** Address with the version, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly access: "private" | "regional";
  /** Physical names. */
  readonly functionNames: Readonly<Record<ApiFunction, string>>;
}

/** What the stores' apps call: an API of signed requests, and a function for each kind of question. */
export function createApi(context: Context, earlier: ApiFoundation, code: FunctionCode): Api {
  const slice = new Slice("api");
  const { settings, accountId, region, prefix } = context;
  const functions = Object.keys(API_FUNCTIONS) as ApiFunction[];
  const made: Partial<Record<ApiFunction, LambdaFunction>> = {};
  for (const name of functions) {
    made[name] = createFunction(name, context, earlier, code[name], slice);
  }
  const apiName = physicalName(API_NAME_MAX, prefix, "api");
  const firewall =
    settings.apiAccess === "regional"
      ? new ApiFirewall(
          "api-firewall",
          {
            firewallName: physicalName(FIREWALL_NAME_MAX, prefix, "api"),
            requestsPerFiveMinutes: settings.apiRequestsPerSecond * FLOOD_FACTOR,
          },
          { parent: slice },
        )
      : undefined;
  const api = new RestApi(
    "api",
    {
      apiName,
      description: `Forecasts and orders of ${settings.environment}, version ${API_VERSION}`,
      document: withIntegrations(readDocument(), region, (name) => liveArn(context, name)),
      policy: apiPolicy(context, earlier.network),
      access: settings.apiAccess,
      stageName: API_VERSION,
      region,
      accountId,
      backends: Object.fromEntries(
        Object.entries(made).map(([name, { function: fn, alias }]) => [
          name,
          { functionName: fn.name, alias: alias.name },
        ]),
      ),
      requestsPerSecond: settings.apiRequestsPerSecond,
      burst: settings.apiRequestsPerSecond * 2,
      requestsPerDay: settings.apiRequestsPerDay,
      accessLogGroupName: `/smartretail/${settings.environment}/api-access`,
      logRetentionDays: settings.logRetentionDays,
      kmsKeyArn: earlier.keys.operations.arn,
      webAclArn: firewall?.arn,
      latencyP99Milliseconds: settings.apiLatencyP99Milliseconds,
      alarmTopicArn: earlier.notifications.topicArn,
    },
    { parent: slice, dependsOn: [allowLogs(context, slice)] },
  );
  return {
    url: api.url,
    id: api.id,
    access: settings.apiAccess,
    functionNames: Object.fromEntries(
      functions.map((name) => [name, functionName(context, name)]),
    ) as Api["functionNames"],
  };
}

function createFunction(
  name: ApiFunction,
  context: Context,
  earlier: ApiFoundation,
  bundle: Buffer,
  parent: Slice,
): LambdaFunction {
  const { settings } = context;
  const { role, memoryMegabytes, timeoutSeconds } = API_FUNCTIONS[name];
  const args: LambdaFunctionArgs = {
    functionName: functionName(context, name),
    description: `Answers the ${name} operations of the API`,
    roleArn: earlier.identity.roles[role].arn,
    code: new pulumi.asset.AssetArchive({
      [BUNDLE_FILE]: new pulumi.asset.StringAsset(bundle.toString("utf8")),
    }),
    memoryMegabytes,
    timeoutSeconds,
    environment: functionEnvironment(name, context, earlier),
    kmsKeyArn: earlier.keys.operations.arn,
    logRetentionDays: settings.logRetentionDays,
    reservedConcurrency: settings.functionConcurrency,
    provisionedConcurrency: name === "forecast" ? settings.forecastWarmInstances : 0,
    ...(settings.functionsInNetwork
      ? {
          network: {
            subnetIds: earlier.network.subnetIds,
            securityGroupIds: [earlier.network.workloadSecurityGroupId],
          },
        }
      : {}),
    alarmTopicArn: earlier.notifications.topicArn,
  };
  return new LambdaFunction(name, args, { parent, dependsOn: [earlier.identity.roles[role].component] });
}

/** The function's own name is its role's: what a role may write is told by it. */
function functionName(context: Context, name: ApiFunction): string {
  return physicalName(FUNCTION_NAME_MAX, context.prefix, API_FUNCTIONS[name].role);
}

function liveArn(context: Context, name: ApiFunction): string {
  const [arn = ""] = functionArns(context, API_FUNCTIONS[name].role);
  return `${arn}:${LIVE_ALIAS}`;
}

function readDocument(): unknown {
  return JSON.parse(readFileSync(join(ROOT, "contracts", "openapi", "gateway.json"), "utf8"));
}

/** A setting of the whole account in a region: API Gateway writes the logs of every API with this role. */
function allowLogs(context: Context, parent: Slice): apigateway.Account {
  const { accountId, region, settings } = context;
  const { role } = new LeastPrivilegeRole(
    "api-logs",
    {
      roleName: physicalName(ROLE_NAME_MAX, context.prefix, "api-logs"),
      description: "API Gateway: write logs of APIs",
      trust: { service: "apigateway.amazonaws.com", accountId },
      policies: {
        write: [
          {
            Sid: "WriteApiLogs",
            Effect: "Allow",
            Action: [
              "logs:CreateLogGroup",
              "logs:CreateLogStream",
              "logs:DescribeLogStreams",
              "logs:PutLogEvents",
            ],
            Resource: [
              `arn:aws:logs:${region}:${accountId}:log-group:API-Gateway-Execution-Logs_*`,
              `arn:aws:logs:${region}:${accountId}:log-group:/smartretail/${settings.environment}/api-access:*`,
            ],
          },
          {
            Sid: "FindLogGroups",
            Effect: "Allow",
            Action: "logs:DescribeLogGroups",
            // Groups are found by a prefix of their names: the action has no resource.
            Resource: "*",
          },
        ],
      },
      permissionsBoundaryArn: settings.permissionsBoundaryArn,
    },
    { parent },
  );
  return new apigateway.Account("api-account", { cloudwatchRoleArn: role.arn }, { parent });
}
