import type { Statement } from "../../components/policy-document";
import { COMPARISON_KEY } from "../../contracts/experiment";
import { claimsTableName } from "../../contracts/machines";
import { METRIC_NAMESPACE } from "../../contracts/metrics";
import { servedModelsPrefix, TRAINED_MODELS_PREFIX } from "../../contracts/model-artifact";
import { modelPointerFolder, PARAMETER_FOLDERS, parameterRoot } from "../../contracts/parameters";
import { PUBLISHED_PREFIX, RUNS_PREFIX } from "../../contracts/runs";
import type { Context } from "../context";
import { bucketArn } from "../data-lake";
import { machineArn, sagemakerArns, stateMachineArn } from "./arns";
import { keyGrants, passRoles, publishMetrics, readObjects } from "./grants";
import { jobGuard, type Foundation } from "./guards";
import type { RoleDefinition } from "./role-definition";
import { startJobs, startNetworkedProcessing, stopJobs, tagJobs } from "./sagemaker-jobs";
import { registerPending } from "./registry";
import { schedulerTrust, stateMachineTrust } from "./trust";

/** Rules that Step Functions makes to hear of the end of what it started (`.sync`); without them no machine is made. */
const MANAGED_RULES = [
  "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
  "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
  "StepFunctionsGetEventsForSageMakerTransformJobsRule",
  "StepFunctionsGetEventsForSageMakerTuningJobsRule",
];

/**
 * The nightly forecast, the weekly training and the tuning. What they need follows from their definitions (asl/needed-rights.ts), and
 * test/invariants/machine-rights.spec.ts compares: nothing is missing, nothing is granted besides.
 */
export function stateMachines(context: Context, foundation: Foundation): RoleDefinition {
  return {
    description: "State machines: start jobs, register models, publish runs, report",
    trust: stateMachineTrust(context),
    policies: {
      jobs: [
        ...startJobs(context),
        startNetworkedProcessing(context),
        passRoles(context, "sagemaker.amazonaws.com", "processing", "training", "inference"),
      ],
      follow: [...stopJobs(context), tagJobs(context)],
      registry: registryStatements(context),
      flow: [
        manageJobRules(context),
        claimRuns(context),
        startTraining(context),
        movePointers(context),
        readPointers(context),
      ],
      objects: objectStatements(context),
      reports: reportStatements(context),
    },
    documents: {
      guard: jobGuard(foundation),
      keys: keyGrants(foundation.keys, { use: ["dataLake", "operations"], onVolumes: ["dataLake"] }),
    },
  };
}

/** Starts machines on time, and keeps what could not be started. */
export function scheduler(context: Context, { keys }: Foundation): RoleDefinition {
  return {
    description: "Schedules: start state machines",
    trust: schedulerTrust(context),
    policies: {
      start: [
        {
          Sid: "StartExecutions",
          Effect: "Allow",
          Action: "states:StartExecution",
          Resource: stateMachineArn(context),
        },
        sendToDeadLetterQueues(context),
      ],
    },
    documents: { keys: keyGrants(keys, { use: ["operations"] }) },
  };
}

/** Messages that could not be delivered. */
export function sendToDeadLetterQueues({ accountId, region, prefix }: Context): Statement {
  return {
    Sid: "SendToDeadLetterQueues",
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: `arn:aws:sqs:${region}:${accountId}:${prefix}-*`,
  };
}

function registryStatements(context: Context): Statement[] {
  const packages = sagemakerArns(context, "model-package");
  return [
    {
      Sid: "DeleteTransformModels",
      Effect: "Allow",
      Action: "sagemaker:DeleteModel",
      Resource: sagemakerArns(context, "model"),
    },
    registerPending(context),
    context.settings.modelApproval === "automatic"
      ? {
          Sid: "ApproveModelVersions",
          Effect: "Allow",
          Action: "sagemaker:UpdateModelPackage",
          Resource: packages,
          Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "Approved" } },
        }
      : {
          Sid: "ReadModelApproval",
          Effect: "Allow",
          Action: "sagemaker:DescribeModelPackage",
          Resource: packages,
        },
  ];
}

function manageJobRules({ accountId, region }: Context): Statement {
  return {
    Sid: "ManageJobEventRules",
    Effect: "Allow",
    Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
    Resource: MANAGED_RULES.map((rule) => `arn:aws:events:${region}:${accountId}:rule/${rule}`),
  };
}

function claimRuns({ accountId, region, prefix }: Context): Statement {
  return {
    Sid: "ClaimRuns",
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    Resource: `arn:aws:dynamodb:${region}:${accountId}:table/${claimsTableName(prefix)}`,
  };
}

/** A night starts the training of a category whose model has become worse; the started machine's claim lets one in. */
function startTraining(context: Context): Statement {
  return {
    Sid: "StartTraining",
    Effect: "Allow",
    Action: "states:StartExecution",
    Resource: machineArn(context, "weekly"),
  };
}

/** The challenger's alone: what the champion is, release control decides. */
function movePointers({ accountId, region, settings }: Context): Statement {
  const folder = modelPointerFolder(settings.environment, "challenger");
  return {
    Sid: "MoveChallengerPointers",
    Effect: "Allow",
    Action: "ssm:PutParameter",
    Resource: `arn:aws:ssm:${region}:${accountId}:parameter${folder}*`,
  };
}

/** SSM checks the path itself, without an end. */
function readPointers({ accountId, region, settings }: Context): Statement {
  const root = parameterRoot(settings.environment) + PARAMETER_FOLDERS.models;
  return {
    Sid: "ReadModelPointers",
    Effect: "Allow",
    Action: "ssm:GetParametersByPath",
    Resource: [root.slice(0, -1), `${root}*`].map(
      (path) => `arn:aws:ssm:${region}:${accountId}:parameter${path}`,
    ),
  };
}

/** Small documents that say what a run has found, the manifests, the newest comparison, and approved artifacts for the challenger. */
function objectStatements(context: Context): Statement[] {
  return [
    {
      Sid: "FindObjects",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: [bucketArn(context, "raw"), bucketArn(context, "results")],
    },
    readObjects(context, "ReadRunDocuments", [
      { bucket: "processed", prefixes: [RUNS_PREFIX] },
      { bucket: "results", prefixes: [RUNS_PREFIX, PUBLISHED_PREFIX] },
      { bucket: "models", prefixes: [TRAINED_MODELS_PREFIX] },
    ]),
    {
      Sid: "PublishRunsAndChallengers",
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: [
        `${bucketArn(context, "results")}/${PUBLISHED_PREFIX}*`,
        `${bucketArn(context, "results")}/${COMPARISON_KEY}`,
        `${bucketArn(context, "models")}/${servedModelsPrefix("challenger")}*`,
      ],
    },
  ];
}

function reportStatements(context: Context): Statement[] {
  const { accountId, region, prefix } = context;
  return [
    {
      Sid: "PublishNotifications",
      Effect: "Allow",
      Action: "sns:Publish",
      Resource: `arn:aws:sns:${region}:${accountId}:${prefix}-*`,
    },
    publishMetrics(METRIC_NAMESPACE),
    putEvents(context),
    {
      Sid: "DeliverLogsAndTraces",
      Effect: "Allow",
      Action: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:UpdateLogDelivery",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ],
      // Log deliveries and traces have no resource: these actions take nothing but "*".
      Resource: "*",
    },
  ];
}

/** Events of models, runs and drift go to the account's bus, under the platform's own source. */
function putEvents({ accountId, region }: Context): Statement {
  return {
    Sid: "PutModelEvents",
    Effect: "Allow",
    Action: "events:PutEvents",
    Resource: `arn:aws:events:${region}:${accountId}:event-bus/default`,
    // The sources of all events of the request; true as well for a request without any, hence Null.
    Condition: {
      "ForAllValues:StringEquals": { "events:source": "smartretail" },
      Null: { "events:source": "false" },
    },
  };
}
