import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../components/policy-document";
import type { Keys } from "../keys";
import type { Network } from "../network";

export interface GuardInputs {
  readonly keys: Keys;
  readonly network: Network;
}

const IN_NETWORK = [
  "sagemaker:CreateHyperParameterTuningJob",
  "sagemaker:CreateModel",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
];
const ENCRYPTED = [
  "sagemaker:CreateHyperParameterTuningJob",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
  "sagemaker:CreateTransformJob",
];

/** Denies jobs and models in any other subnet or group, or with any other key, than the platform's own. */
export function jobGuard({ keys, network }: GuardInputs): pulumi.Output<string> {
  return pulumi
    .all([network.subnetIds, network.workloadSecurityGroupId, keys.dataLake.arn])
    .apply(([subnetIds, groupId, keyArn]) => guardDocument(subnetIds, groupId, keyArn));
}

function guardDocument(subnetIds: readonly string[], groupId: string, keyArn: string): string {
  const deny = { Effect: "Deny", Resource: "*" } as const;
  const otherKey = (condition: string) => ({
    ArnNotEquals: { [condition]: keyArn },
    Null: { [condition]: "false" },
  });
  return policyDocument([
    {
      Sid: "DenyOtherSubnets",
      ...deny,
      Action: IN_NETWORK,
      Condition: { "ForAnyValue:StringNotEquals": { "sagemaker:VpcSubnets": subnetIds } },
    },
    {
      Sid: "DenyOtherSecurityGroups",
      ...deny,
      Action: IN_NETWORK,
      Condition: { "ForAnyValue:StringNotEquals": { "sagemaker:VpcSecurityGroupIds": groupId } },
    },
    {
      Sid: "DenyOtherVolumeKeys",
      ...deny,
      Action: ENCRYPTED,
      Condition: otherKey("sagemaker:VolumeKmsKey"),
    },
    {
      Sid: "DenyOtherOutputKeys",
      ...deny,
      Action: ENCRYPTED,
      Condition: otherKey("sagemaker:OutputKmsKey"),
    },
  ]);
}
