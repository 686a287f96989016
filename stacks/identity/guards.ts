import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../components/policy-document";
import type { Keys } from "../keys";
import type { Network } from "../network";
import { ENCRYPTED_JOBS, JOB_KMS_KEYS } from "./sagemaker-jobs";

/** What roles name by ids, which are not known before it is there. */
export interface Foundation {
  readonly keys: Keys;
  readonly network: Network;
}

const IN_NETWORK = [
  "sagemaker:CreateHyperParameterTuningJob",
  "sagemaker:CreateModel",
  "sagemaker:CreateProcessingJob",
  "sagemaker:CreateTrainingJob",
];

/** Denies jobs and models in any other subnet or group, or with any other key, than the platform's own. */
export function jobGuard({ keys, network }: Foundation): pulumi.Output<string> {
  return pulumi
    .all([network.subnetIds, network.workloadSecurityGroupId, keys.dataLake.arn])
    .apply(([subnetIds, groupId, keyArn]) => guardDocument(subnetIds, groupId, keyArn));
}

function guardDocument(subnetIds: readonly string[], groupId: string, keyArn: string): string {
  const deny = { Effect: "Deny", Resource: "*" } as const;
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
    ...Object.values(JOB_KMS_KEYS)
      .flat()
      .map((name) => ({
        Sid: `DenyOther${name.replace("sagemaker:", "")}`,
        ...deny,
        Action: ENCRYPTED_JOBS,
        Condition: { ArnNotEquals: { [name]: keyArn }, Null: { [name]: "false" } },
      })),
  ]);
}
