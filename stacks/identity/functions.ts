import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import type { RoleName } from "../../contracts/roles";
import { CONFIRMED_ORDERS_PREFIX } from "../../contracts/serving-files";
import { bucketArn } from "../data-lake";
import { parameterArns, sagemakerArns } from "./arns";
import { joinNetwork, keyGrants, denyInterfacesToFunctionCode, readObjects, writeLogs } from "./grants";
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
          Action: "sagemaker:BatchGetRecord",
          Resource: sagemakerArns(context, "feature-group"),
        },
        {
          Sid: "ReadModelPointers",
          Effect: "Allow",
          Action: "ssm:GetParametersByPath",
          Resource: parameterArns(context, "models"),
        },
        tellMissingFiles(context),
        readObjects(context, "ReadNightFiles", [{ bucket: "results" }]),
        readExperiments(context),
      ],
      platform: functionStatements(context, "router"),
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "featureStore", "operations"] }) },
  };
}

/** Shows the night's order recommendations to the stores, and keeps what they confirm. */
export function orderApi(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Order function: read order recommendations, keep confirmed orders",
    trust: lambdaTrust(context),
    policies: {
      task: [
        tellMissingFiles(context),
        readObjects(context, "ReadRecommendations", [{ bucket: "results" }]),
        {
          // Under a condition each (If-None-Match, If-Match): whole objects, never in parts.
          Sid: "KeepConfirmedOrders",
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: `${bucketArn(context, "results")}/${CONFIRMED_ORDERS_PREFIX}*`,
        },
      ],
      platform: functionStatements(context, "order-api"),
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "operations"] }) },
  };
}

/** Without it S3 answers for a file that is not there, such as an order not yet confirmed, that it is forbidden. */
function tellMissingFiles(context: Context): Statement {
  return {
    Sid: "TellMissingFiles",
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: bucketArn(context, "results"),
  };
}

/** What every function needs where it stands: its interfaces in the VPC, or its traces outside. */
export function functionStatements(context: Context, name: RoleName): Statement[] {
  return [
    ...(context.settings.functionsInNetwork
      ? [
          ...joinNetwork(context, "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
          denyInterfacesToFunctionCode(context),
        ]
      : [writeTraces()]),
    writeLogs(context, `/aws/lambda/${context.prefix}-${name}`),
  ];
}

function writeTraces(): Statement {
  return {
    Sid: "WriteTraces",
    Effect: "Allow",
    Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    // Traces have no resource.
    Resource: "*",
  };
}
