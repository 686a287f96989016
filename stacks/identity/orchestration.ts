import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import { executionArn, functionArns, parameterArns, sagemakerArns, stateMachineArn } from "./arns";
import { keyGrants, passRoles } from "./grants";
import { jobGuard, type Foundation } from "./guards";
import type { RoleDefinition } from "./role-definition";
import { followJobs, startJobs, startNetworkedProcessing } from "./sagemaker-jobs";
import { readRegistry, registerPending } from "./registry";
import { schedulerTrust, stateMachineTrust } from "./trust";

/** Rules that Step Functions makes to hear of the end of what it started (`.sync`); without them no machine is made. */
const MANAGED_RULES = [
  "StepFunctionsGetEventsForSageMakerProcessingJobsRule",
  "StepFunctionsGetEventsForSageMakerTrainingJobsRule",
  "StepFunctionsGetEventsForSageMakerTransformJobsRule",
  "StepFunctionsGetEventsForSageMakerTuningJobsRule",
  "StepFunctionsGetEventsForStepFunctionsExecutionRule",
];

/** The nightly forecast, the weekly training and the release: starts jobs and functions, registers what was trained. */
export function stateMachines(context: Context, foundation: Foundation): RoleDefinition {
  return {
    description: "State machines: start jobs and functions, register models, report",
    trust: stateMachineTrust(context),
    policies: {
      jobs: [
        ...startJobs(context),
        startNetworkedProcessing(context),
        passRoles(context, "sagemaker.amazonaws.com", "processing", "training", "inference"),
      ],
      follow: followJobs(context),
      registry: [
        {
          Sid: "DeleteTransformModels",
          Effect: "Allow",
          Action: "sagemaker:DeleteModel",
          Resource: sagemakerArns(context, "model"),
        },
        registerPending(context),
        ...readRegistry(context),
      ],
      flow: [...flowStatements(context), ...readStatements(context)],
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

function flowStatements(context: Context): Statement[] {
  const { accountId, region } = context;
  return [
    {
      Sid: "ManageJobEventRules",
      Effect: "Allow",
      Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      Resource: MANAGED_RULES.map((rule) => `arn:aws:events:${region}:${accountId}:rule/${rule}`),
    },
    {
      Sid: "StartExecutions",
      Effect: "Allow",
      Action: "states:StartExecution",
      Resource: stateMachineArn(context),
    },
    {
      Sid: "DescribeAndStopExecutions",
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:StopExecution"],
      Resource: executionArn(context),
    },
    {
      Sid: "InvokeReleaseControl",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: functionArns(context, "release-control"),
    },
  ];
}

function readStatements(context: Context): Statement[] {
  return [
    {
      Sid: "ReadModelPointers",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParametersByPath"],
      Resource: parameterArns(context, "models", "endpoints"),
    },
    {
      Sid: "DescribeEndpoints",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpoint",
      Resource: sagemakerArns(context, "endpoint"),
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
