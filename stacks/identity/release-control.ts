import type { Statement } from "../../components/policy-document";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import { SERVED_MODELS_PREFIX } from "../../contracts/model-artifact";
import type { Context } from "../context";
import { bucketArn } from "../data-lake";
import { anyAlarmArn, anySagemakerArns, parameterArns, sagemakerArns } from "./arns";
import { readServiceMetrics, writeExperiments } from "./experiment-journal";
import { functionStatements, readParameters } from "./functions";
import { keyGrants, listBuckets, publishMetrics, readObjects } from "./grants";
import type { Foundation } from "./guards";
import { cleanUpHosting, copyModels } from "./hosting";
import { sendToDeadLetterQueues } from "./orchestration";
import { readRegistry } from "./registry";
import type { RoleDefinition } from "./role-definition";
import { lambdaTrust } from "./trust";

/** The one owner of what is live: weights, model pointers, endpoint configurations. */
export function releaseControl(context: Context, { keys }: Foundation): RoleDefinition {
  const { accountId, region, prefix, settings } = context;
  const isServerless = settings.hostingMode === "serverless";
  return {
    description: "Release control function: move weights and model pointers, update endpoints",
    trust: lambdaTrust(context),
    policies: {
      task: [
        ...updateEndpoints(context),
        warmModels(context),
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
        writeExperiments(context),
        readServiceMetrics(),
        {
          Sid: "PublishNotifications",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
        },
        publishMetrics(METRIC_NAMESPACE),
      ],
      hosting: [...(isServerless ? copyModels(context) : []), ...cleanUpHosting(context)],
      platform: [...functionStatements(context, "release-control"), sendToDeadLetterQueues(context)],
    },
    documents: {
      keys: keyGrants(keys, {
        use: ["dataLake", "operations"],
        // UpdateEndpoint makes instances, whose volumes hold the configuration's key by a grant.
        onVolumes: isServerless ? [] : ["dataLake"],
      }),
    },
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
      Action: ["sagemaker:UpdateEndpoint", "sagemaker:UpdateEndpointWeightsAndCapacities"],
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

/** One request for a model before a pointer names it, so that the variant's container has it loaded. */
function warmModels(context: Context): Statement {
  return {
    Sid: "WarmUpModels",
    Effect: "Allow",
    Action: "sagemaker:InvokeEndpoint",
    Resource: sagemakerArns(context, "endpoint"),
  };
}

/** An endpoint whose variants are scaling targets cannot be updated: they are let go and taken up again. */
function releaseScaling(context: Context): Statement[] {
  const { accountId, region, prefix } = context;
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
      // Application Auto Scaling makes and deletes the alarms of a policy with the rights of who calls it.
      Sid: "ManageScalingAlarms",
      Effect: "Allow",
      Action: ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"],
      Resource: `arn:aws:cloudwatch:${region}:${accountId}:alarm:TargetTracking-endpoint/${prefix}-*`,
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
