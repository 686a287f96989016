import type { Statement } from "../../components/policy-document";
import { modelPackageArns, type Place } from "./arns";

/** A version enters the registry as a proposal; whoever may approve may not propose. */
export function registerPending(place: Place): Statement {
  return {
    Sid: "RegisterPendingVersions",
    Effect: "Allow",
    Action: "sagemaker:CreateModelPackage",
    Resource: modelPackageArns(place),
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
  };
}

export function readRegistry(place: Place): Statement {
  return {
    Sid: "ReadTheRegistry",
    Effect: "Allow",
    Action: [
      "sagemaker:DescribeModelPackage",
      "sagemaker:DescribeModelPackageGroup",
      "sagemaker:ListModelPackages",
    ],
    Resource: modelPackageArns(place),
  };
}
