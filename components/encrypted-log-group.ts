import type * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";

interface EncryptedLogGroupArgs {
  /** Where the writer expects it, e.g. `/aws/sagemaker/TrainingJobs`; at most 512 characters. */
  readonly logGroupName: pulumi.Input<string>;
  readonly retentionDays: number;
  /** Key whose policy lets CloudWatch Logs use it for this group. */
  readonly kmsKeyArn: pulumi.Input<string>;
}

/** A log group made before its writer makes one: otherwise it has no key and is kept for ever. */
export function encryptedLogGroup(
  name: string,
  { logGroupName, retentionDays, kmsKeyArn }: EncryptedLogGroupArgs,
  opts: pulumi.CustomResourceOptions & { parent: pulumi.Resource },
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    name,
    { name: logGroupName, retentionInDays: retentionDays, kmsKeyId: kmsKeyArn },
    opts,
  );
}
