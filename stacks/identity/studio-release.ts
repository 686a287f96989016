import type { Statement } from "../../components/policy-document";
import type { ArnScope, Context } from "../context";
import {
  anySagemakerArns,
  executionArn,
  functionArns,
  parameterArns,
  sagemakerArns,
  stateMachineArn,
} from "./arns";
import { readRegistry } from "./registry";

/** Approving in the registry, and promoting or rolling back by the machines and the function that own the endpoints. */
export function releaseStatements(context: Context): Statement[] {
  return [
    ...readRegistry(context),
    approve(context),
    ...runReleases(context),
    ...describeLiveEndpoints(context),
  ];
}

function approve(scope: ArnScope): Statement {
  return {
    Sid: "UpdateModelApproval",
    Effect: "Allow",
    Action: "sagemaker:UpdateModelPackage",
    Resource: sagemakerArns(scope, "model-package"),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": ["Approved", "Rejected"] } },
  };
}

function runReleases(scope: ArnScope): Statement[] {
  return [
    {
      Sid: "StartExecutions",
      Effect: "Allow",
      Action: ["states:DescribeStateMachine", "states:ListExecutions", "states:StartExecution"],
      Resource: stateMachineArn(scope),
    },
    {
      Sid: "DescribeExecutions",
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
      Resource: executionArn(scope),
    },
    {
      Sid: "InvokeReleaseControl",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: functionArns(scope, "release-control"),
    },
  ];
}

function describeLiveEndpoints(context: Context): Statement[] {
  return [
    {
      Sid: "DescribeEndpoints",
      Effect: "Allow",
      Action: ["sagemaker:DescribeEndpoint", "sagemaker:InvokeEndpoint"],
      Resource: sagemakerArns(context, "endpoint"),
    },
    {
      Sid: "DescribeEndpointConfigurations",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpointConfig",
      // Pulumi names configurations: a new one replaces the old.
      Resource: anySagemakerArns(context, "endpoint-config"),
    },
    {
      Sid: "ReadModelPointers",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParametersByPath"],
      Resource: parameterArns(context, "models", "endpoints", "outputs"),
    },
  ];
}
