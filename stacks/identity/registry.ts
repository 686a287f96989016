import type { Statement } from "../../components/policy-document";
import type { ArnScope } from "../context";
import { modelPackageArns } from "./arns";

/** A version enters the registry as a proposal; whoever may approve may not propose. */
export function registerPending(scope: ArnScope): Statement {
  return {
    Sid: "RegisterModelVersions",
    Effect: "Allow",
    Action: "sagemaker:CreateModelPackage",
    Resource: modelPackageArns(scope),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
  };
}

export function readRegistry(scope: ArnScope): Statement {
  return {
    Sid: "ReadModelRegistry",
    Effect: "Allow",
    Action: [
      "sagemaker:DescribeModelPackage",
      "sagemaker:DescribeModelPackageGroup",
      "sagemaker:ListModelPackages",
    ],
    Resource: modelPackageArns(scope),
  };
}
