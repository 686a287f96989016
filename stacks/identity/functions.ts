import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import { bucketArn } from "../data-lake";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import { SERVED_MODELS_PREFIX } from "../../contracts/model-artifact";
import type { RoleName } from "../../contracts/roles";
import { anyAlarmArn, anySagemakerArns, parameterArns, type ParameterFolder, sagemakerArns } from "./arns";
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
import type { RoleDefinition } from "./role-definition";
import { readRegistry } from "./registry";
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
        publishMetrics(METRIC_NAMESPACE),
      ],
      platform: functionStatements(context, "router"),
    },
    documents: { keys: keyGrants(keys, { use: ["featureStore", "operations"] }) },
  };
}

/** The one owner of what is live: weights, model pointers, endpoint configurations. */
export function releaseControl(context: Context, { keys }: Foundation): RoleDefinition {
  const { accountId, region, prefix } = context;
  return {
    description: "Release control function: move weights and model pointers, update endpoints",
    trust: lambdaTrust(context),
    policies: {
      task: [
        ...updateEndpoints(context),
        ...releaseScaling(context),
        readParameters(context, "models", "endpoints", "outputs"),
        {
          Sid: "UpdateModelPointers",
          Effect: "Allow",
          Action: "ssm:PutParameter",
          Resource: parameterArns(context, "models"),
        },
        ...readRegistry(context),
        listBuckets(context, ["models", "results"]),
        readObjects(context, "ReadModelsAndEvaluations", [{ bucket: "models" }, { bucket: "results" }]),
        publishArtifacts(context),
        {
          Sid: "PublishNotifications",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
        },
        publishMetrics(METRIC_NAMESPACE),
      ],
      platform: functionStatements(context, "release-control"),
    },
    documents: { keys: keyGrants(keys, { use: ["dataLake", "operations"] }) },
  };
}

/**
 * Putting approved artifacts into the model repositories, each key once: a write without If-None-Match, which could replace what is
 * live, is not allowed. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 */
function publishArtifacts(context: Context): Statement {
  return {
    Sid: "CreateServedModels",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: `${bucketArn(context, "models")}/${SERVED_MODELS_PREFIX}*`,
    Condition: { Null: { "s3:if-none-match": "false" } },
  };
}

function updateEndpoints(context: Context): Statement[] {
  return [
    {
      Sid: "UpdateEndpoints",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribeEndpoint",
        "sagemaker:UpdateEndpoint",
        "sagemaker:UpdateEndpointWeightsAndCapacities",
      ],
      Resource: sagemakerArns(context, "endpoint"),
    },
    {
      Sid: "UseEndpointConfigurations",
      Effect: "Allow",
      Action: ["sagemaker:DescribeEndpointConfig", "sagemaker:UpdateEndpoint"],
      // Pulumi names configurations: a new one replaces the old.
      Resource: anySagemakerArns(context, "endpoint-config"),
    },
  ];
}

/** An endpoint whose variants are scaling targets cannot be updated: they are let go and taken up again. */
function releaseScaling(context: Context): Statement[] {
  const { accountId, region } = context;
  return [
    {
      Sid: "ManageVariantScaling",
      Effect: "Allow",
      Action: [
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
      ],
      Resource: `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/*`,
      Condition: { StringEquals: { "application-autoscaling:service-namespace": "sagemaker" } },
    },
    {
      Sid: "DescribeScaling",
      Effect: "Allow",
      Action: [
        "application-autoscaling:DescribeScalableTargets",
        "application-autoscaling:DescribeScalingPolicies",
      ],
      // Scaling targets are described without naming one.
      Resource: "*",
    },
    {
      Sid: "DescribeAlarms",
      Effect: "Allow",
      Action: "cloudwatch:DescribeAlarms",
      Resource: anyAlarmArn(context),
    },
  ];
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

function readParameters(context: Context, ...folders: readonly ParameterFolder[]): Statement {
  return {
    Sid: "ReadParameters",
    Effect: "Allow",
    Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
    Resource: parameterArns(context, ...folders),
  };
}

/** What every function needs to run in the VPC, and to be seen. */
function functionStatements(context: Context, name: RoleName): Statement[] {
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
