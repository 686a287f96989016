import type { Statement } from "../../components/policy-document";
import type { ArnScope } from "../context";
import { sagemakerArns } from "./arns";

/** A version enters the registry as a proposal; whoever may approve may not propose. */
export function registerPending(scope: ArnScope): Statement {
  return {
    Sid: "RegisterModelVersions",
    Effect: "Allow",
    Action: "sagemaker:CreateModelPackage",
    Resource: sagemakerArns(scope, "model-package"),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
  };
}

export function readRegistry(scope: ArnScope): Statement[] {
  return [
    {
      Sid: "ReadModelVersions",
      Effect: "Allow",
      Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
      Resource: sagemakerArns(scope, "model-package"),
    },
    {
      Sid: "DescribeModelPackageGroups",
      Effect: "Allow",
      Action: "sagemaker:DescribeModelPackageGroup",
      Resource: sagemakerArns(scope, "model-package-group"),
    },
  ];
}
