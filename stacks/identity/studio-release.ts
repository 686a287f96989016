import type { Statement } from "../../components/policy-document";
import type { Context } from "../context";
import {
  anySagemakerArns,
  executionArn,
  functionArns,
  parameterArns,
  sagemakerArns,
  stateMachineArn,
  type Place,
} from "./arns";
import { readRegistry } from "./registry";

/** Approving in the registry, and promoting or rolling back by the machines and the function that own the endpoints. */
export function releaseStatements(context: Context): Statement[] {
  return [readRegistry(context), approve(context), ...runReleases(context), ...seeWhatIsLive(context)];
}

function approve(place: Place): Statement {
  return {
    Sid: "ApproveOrReject",
    Effect: "Allow",
    Action: "sagemaker:UpdateModelPackage",
    Resource: sagemakerArns(place, "model-package"),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": ["Approved", "Rejected"] } },
  };
}

function runReleases(place: Place): Statement[] {
  return [
    {
      Sid: "RunStateMachines",
      Effect: "Allow",
      Action: ["states:DescribeStateMachine", "states:ListExecutions", "states:StartExecution"],
      Resource: stateMachineArn(place),
    },
    {
      Sid: "FollowStateMachines",
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
      Resource: executionArn(place),
    },
    {
      Sid: "AskReleaseControl",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: functionArns(place, "release-control"),
    },
  ];
}

function seeWhatIsLive(context: Context): Statement[] {
  return [
    {
      Sid: "SeeEndpoints",
      Effect: "Allow",
      Action: ["sagemaker:DescribeEndpoint", "sagemaker:InvokeEndpoint"],
      Resource: sagemakerArns(context, "endpoint"),
    },
    {
      Sid: "SeeTheirConfigurations",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpointConfig",
      // Pulumi names configurations: a new one replaces the old.
      Resource: anySagemakerArns(context, "endpoint-config"),
    },
    {
      Sid: "ReadModelPointers",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParametersByPath"],
      Resource: parameterArns(context, "models/*", "endpoints/*", "outputs/*"),
    },
  ];
}
