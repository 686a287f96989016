import { stringify } from "yaml";

export interface SdkDefaultsArgs {
  /** Role of the jobs that people start. */
  readonly jobRoleArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly kmsKeyArn: string;
  /** Where the SDK puts code and results, instead of a bucket that it would make itself. */
  readonly bucket: string;
  /** Folder in it, without a slash at the end. */
  readonly prefix: string;
}

/**
 * Defaults of the SageMaker Python SDK, as it reads them from its configuration file: the network, keys and role without
 * which the deny policies of stacks/identity/guards.ts reject every job. Names, instance types and the time limit of a job have no place in that file.
 * https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
 */
export function sdkDefaults(args: SdkDefaultsArgs): string {
  const { jobRoleArn: RoleArn, kmsKeyArn: KmsKeyId } = args;
  const VpcConfig = { SecurityGroupIds: [...args.securityGroupIds], Subnets: [...args.subnetIds] };
  const fence = { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: true };
  return stringify(
    {
      SchemaVersion: "1.0",
      SageMaker: {
        Model: { EnableNetworkIsolation: true, ExecutionRoleArn: RoleArn, VpcConfig },
        ProcessingJob: {
          NetworkConfig: { ...fence, VpcConfig },
          ProcessingOutputConfig: { KmsKeyId },
          ProcessingResources: { ClusterConfig: { VolumeKmsKeyId: KmsKeyId } },
          RoleArn,
        },
        PythonSDK: {
          Modules: { Session: { DefaultS3Bucket: args.bucket, DefaultS3ObjectKeyPrefix: args.prefix } },
        },
        TrainingJob: {
          ...fence,
          OutputDataConfig: { KmsKeyId },
          ResourceConfig: { VolumeKmsKeyId: KmsKeyId },
          RoleArn,
          VpcConfig,
        },
        TransformJob: {
          TransformOutput: { KmsKeyId },
          TransformResources: { VolumeKmsKeyId: KmsKeyId },
        },
      },
    },
    // Without aliases: the SDK's reader would take them, people would not.
    { aliasDuplicateObjects: false },
  );
}

/** What a JupyterLab app runs when it starts: writes the defaults where the SDK looks, over whatever was there. */
export function installScript(defaults: string): string {
  return [
    "#!/bin/bash",
    "set -eu",
    'folder="$HOME/.config/sagemaker"',
    'mkdir -p "$folder"',
    `base64 --decode > "$folder/config.yaml" <<'END'`,
    ...(Buffer.from(defaults)
      .toString("base64")
      .match(/.{1,76}/g) ?? []),
    "END",
    "",
  ].join("\n");
}
