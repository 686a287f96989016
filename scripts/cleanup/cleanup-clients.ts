import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { EFSClient } from "@aws-sdk/client-efs";
import { GlueClient } from "@aws-sdk/client-glue";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { STSClient } from "@aws-sdk/client-sts";
import type { ClientSettings } from "../preflight/aws-account";

interface CleanupClientSettings extends ClientSettings {
  /** @default adaptive: many calls in a row, so a client that is throttled slows down */
  readonly retryMode?: "standard" | "adaptive";
}

export type CleanupClients = ReturnType<typeof cleanupClients>;

export function cleanupClients(settings: CleanupClientSettings) {
  const patient = { retryMode: "adaptive", maxAttempts: 8, ...settings };
  return {
    sagemaker: new SageMakerClient(patient),
    scaling: new ApplicationAutoScalingClient(patient),
    s3: new S3Client({ ...patient, forcePathStyle: settings.endpoint !== undefined }),
    ecr: new ECRClient(patient),
    logs: new CloudWatchLogsClient(patient),
    glue: new GlueClient(patient),
    efs: new EFSClient(patient),
    kms: new KMSClient(patient),
    ec2: new EC2Client(patient),
    sfn: new SFNClient(patient),
    sts: new STSClient(patient),
  };
}
