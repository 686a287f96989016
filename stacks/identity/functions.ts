import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import type { RoleName } from "../../contracts/roles";
import { parameterArns, type ParameterFolder, sagemakerArns } from "./arns";
import {
  joinNetwork,
  keyGrants,
  denyInterfacesToFunctionCode,
  listBuckets,
  publishMetrics,
  readObjects,
  writeLogs,
} from "./grants";
import { sendToDeadLetterQueues } from "./orchestration";
import type { Foundation } from "./guards";
import { readExperiments } from "./experiment-journal";
import type { RoleDefinition } from "./role-definition";
import { lambdaTrust } from "./trust";

/** Answers the stores: picks the model of a category and its variant, asks the endpoint. */
export function router(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Router function: choose model and variant, invoke endpoints",
    trust: lambdaTrust(context),
    policies: {
      task: [
        {
          Sid: "InvokeEndpoints",
          Effect: "Allow",
          Action: "sagemaker:InvokeEndpoint",
          Resource: sagemakerArns(context, "endpoint"),
        },
        {
          Sid: "ReadOnlineFeatures",
          Effect: "Allow",
          Action: ["sagemaker:BatchGetRecord", "sagemaker:GetRecord"],
          Resource: sagemakerArns(context, "feature-group"),
        },
        readParameters(context, "models", "endpoints", "outputs"),
        readExperiments(context),
        publishMetrics(METRIC_NAMESPACE),
      ],
      platform: functionStatements(context, "router"),
    },
    documents: { keys: keyGrants(keys, { use: ["featureStore", "operations"] }) },
  };
}

/** Shows the night's order recommendations to the stores' systems. */
export function orderApi(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Order function: read order recommendations",
    trust: lambdaTrust(context),
    policies: {
      task: [
        listBuckets(context, ["results"]),
        readObjects(context, "ReadRecommendations", [{ bucket: "results" }]),
        readParameters(context, "outputs"),
      ],
      platform: functionStatements(context, "order-api"),
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "operations"] }) },
  };
}

export function readParameters(context: Context, ...folders: readonly ParameterFolder[]): Statement {
  return {
    Sid: "ReadParameters",
    Effect: "Allow",
    Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
    Resource: parameterArns(context, ...folders),
  };
}

/** What every function needs to run in the VPC, and to be seen. */
export function functionStatements(context: Context, name: RoleName): Statement[] {
  return [
    ...joinNetwork(context, "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
    denyInterfacesToFunctionCode(context),
    writeLogs(context, `/aws/lambda/${context.prefix}-${name}`),
    sendToDeadLetterQueues(context),
    {
      Sid: "WriteTraces",
      Effect: "Allow",
      Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      // Traces have no resource.
      Resource: "*",
    },
  ];
}
