import assert from "node:assert/strict";
import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DescribeFileSystemsCommand,
} from "@aws-sdk/client-efs";
import { CreateDatabaseCommand, CreateTableCommand, GetTablesCommand } from "@aws-sdk/client-glue";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import { CreateStateMachineCommand, ListExecutionsCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { planEnvironment } from "../../../preview/plan-environment";
import { cleanupAccount } from "../../../scripts/cleanup/cleanup-account";
import { cleanupClients, type CleanupClients } from "../../../scripts/cleanup/cleanup-clients";
import { cleanupScope, type CleanupScope } from "../../../scripts/cleanup/cleanup-scope";
import { runCleanup } from "../../../scripts/cleanup/run-cleanup";
import { parseSettings } from "../../../stacks/settings";
import { type Emulator, startEmulator } from "../../support/emulator";
import { skipWithout } from "../../support/skip-without";

const ACCOUNT = "123456789012";

describe("cleanup against an AWS emulator", function () {
  let emulator: Emulator | undefined;
  let clients: CleanupClients;
  let scope: CleanupScope;
  let machine: string | undefined;

  before(async function () {
    // It lacks Studio's apps and spaces and the deletion of feature groups and model packages, which the fake account stands in for.
    skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
    emulator = await startEmulator();
    clients = cleanupClients({ ...emulator.place, retryMode: "standard" });
    const plan = await planEnvironment("dev");
    scope = cleanupScope(plan, parseSettings(plan.config.config), ACCOUNT);
    await deploy();
  });
  after(() => emulator?.stop());

  async function deploy(): Promise<void> {
    await deployHosting();
    await deployWork();
    await leaveStudio();
    const [Bucket = ""] = scope.bucketNames;
    await clients.s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" },
      }),
    );
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    for (const Key of ["day=1/a.parquet", "day=1/b.parquet", "day=2/a.parquet"]) {
      await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: "units" }));
      await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: "more units" }));
    }
    await clients.s3.send(new DeleteObjectCommand({ Bucket, Key: "day=1/a.parquet" }));

    const [repositoryName = ""] = scope.repositoryNames;
    await clients.ecr.send(new CreateRepositoryCommand({ repositoryName }));
    await clients.ecr.send(new PutImageCommand({ repositoryName, imageTag: "one", imageManifest: MANIFEST }));
    for (const logGroupName of [`/aws/lambda/${scope.prefix}-router`, "/aws/lambda/other"])
      await clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }

  /** A night that runs, a target that scales, a table of an offline store and one of somebody else's. */
  async function deployWork(): Promise<void> {
    const { stateMachineArn } = await clients.sfn.send(
      new CreateStateMachineCommand({
        name: `${scope.prefix}-nightly`,
        definition: JSON.stringify({
          StartAt: "Wait",
          States: { Wait: { Type: "Wait", Seconds: 9, End: true } },
        }),
        roleArn: `arn:aws:iam::${ACCOUNT}:role/machine`,
      }),
    );
    machine = stateMachineArn;
    await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: "night-1" }));
    await clients.scaling.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: "sagemaker",
        ResourceId: `endpoint/${scope.endpointNames[0]}/variant/champion`,
        ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
        MinCapacity: 1,
        MaxCapacity: 2,
      }),
    );
    const DatabaseName = "sagemaker_featurestore";
    await clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: DatabaseName } }));
    for (const [Name, bucket] of [
      ["store_sku_sales_1790000000", scope.bucketNames[0]],
      ["somebody_elses", "other-bucket"],
    ]) {
      const TableInput = { Name, StorageDescriptor: { Location: `s3://${bucket}/offline/${Name}` } };
      await clients.glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
    }
  }

  /** What a domain that is gone has left: its file system with a mount target, and its pair of security groups. */
  async function leaveStudio(): Promise<void> {
    const Tags = Object.entries(scope.tags).map(([Key, Value]) => ({ Key, Value }));
    const { Vpc } = await clients.ec2.send(
      new CreateVpcCommand({
        CidrBlock: "10.40.0.0/16",
        TagSpecifications: [{ ResourceType: "vpc", Tags }],
      }),
    );
    const VpcId = Vpc?.VpcId;
    const { Subnet } = await clients.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.40.1.0/24" }));
    const [inbound, outbound] = await Promise.all(
      ["in", "out"].map(async (way) => {
        const GroupName = `security-group-for-${way}bound-nfs-d-abc123`;
        const { GroupId } = await clients.ec2.send(
          new CreateSecurityGroupCommand({ GroupName, Description: "NFS", VpcId }),
        );
        return GroupId;
      }),
    );
    for (const [GroupId, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ]) {
      const rule = {
        IpProtocol: "tcp",
        FromPort: 2049,
        ToPort: 2049,
        UserIdGroupPairs: [{ GroupId: other }],
      };
      await clients.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
    }
    const ours = await clients.kms.send(
      new CreateKeyCommand({
        Tags: Object.entries(scope.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    );
    const others = await clients.kms.send(new CreateKeyCommand({}));
    for (const [token, key] of [
      ["ours", ours],
      ["others", others],
    ] as const) {
      const { FileSystemId } = await clients.efs.send(
        new CreateFileSystemCommand({
          CreationToken: token,
          Encrypted: true,
          KmsKeyId: key.KeyMetadata?.Arn,
          Tags: [
            {
              Key: "ManagedByAmazonSageMakerResource",
              Value: `arn:aws:sagemaker:ap-northeast-1:${ACCOUNT}:domain/d-abc123`,
            },
          ],
        }),
      );
      if (token === "ours")
        await clients.efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId: Subnet?.SubnetId }));
    }
  }

  async function deployHosting(): Promise<void> {
    const Tags = Object.entries(scope.tags).map(([Key, Value]) => ({ Key, Value }));
    const ModelName = `${scope.modelNames[0]}-0000001`;
    const EndpointConfigName = `${scope.configurationNames[0]}-0000001`;
    await clients.sagemaker.send(
      new CreateModelCommand({
        ModelName,
        ExecutionRoleArn: `arn:aws:iam::${ACCOUNT}:role/inference`,
        PrimaryContainer: { Image: "xgboost", ModelDataUrl: "s3://models/a.tar.gz" },
        Tags,
      }),
    );
    const variant = { VariantName: "champion", ModelName, InitialVariantWeight: 1, InitialInstanceCount: 1 };
    await clients.sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName,
        ProductionVariants: [{ ...variant, InstanceType: "ml.m5.large" }],
        Tags,
      }),
    );
    await clients.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: scope.endpointNames[0], EndpointConfigName }),
    );
  }

  it("leaves nothing of what was deployed, and what is not ours", async () => {
    const options = { isDryRun: false, sleep: () => Promise.resolve() };

    const { lines } = await runCleanup(cleanupAccount(clients).steps(scope), options);

    const failed = lines.filter(({ outcome }) => outcome.state !== "deleted");
    assert.deepEqual(failed, []);
    const again = await runCleanup(cleanupAccount(clients).steps(scope), options);
    assert.deepEqual(again.lines, []);
    // It has no words for a feature group that is not there.
    assert.deepEqual(
      again.unseen.map(({ kind }) => kind),
      ["feature groups"],
    );
    assert.deepEqual(
      [...new Set(lines.map(({ kind }) => kind))],
      [
        "running executions",
        "scaling targets",
        "endpoints",
        "endpoint configurations",
        "models",
        "tables of feature groups",
        "bucket contents",
        "container images",
        "mount targets of Studio's storage",
        "Studio's storage",
        "NFS security groups of Studio",
        "log groups",
      ],
    );
    const [Bucket] = scope.bucketNames;
    const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    assert.deepEqual([...Versions, ...DeleteMarkers], []);
    const left = await Promise.all([
      clients.sagemaker.send(new ListEndpointsCommand({})).then(({ Endpoints }) => Endpoints),
      clients.sagemaker.send(new ListEndpointConfigsCommand({})).then((all) => all.EndpointConfigs),
      clients.sagemaker.send(new ListModelsCommand({})).then(({ Models }) => Models),
    ]);
    assert.deepEqual(left, [[], [], []]);
    const { executions } = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: machine, statusFilter: "RUNNING" }),
    );
    const { ScalableTargets } = await clients.scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: "sagemaker" }),
    );
    const { TableList = [] } = await clients.glue.send(
      new GetTablesCommand({ DatabaseName: "sagemaker_featurestore" }),
    );
    const { FileSystems = [] } = await clients.efs.send(new DescribeFileSystemsCommand({}));
    const { SecurityGroups = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({}));
    assert.deepEqual([executions, ScalableTargets], [[], []]);
    assert.deepEqual(
      TableList.map(({ Name }) => Name),
      ["somebody_elses"],
    );
    assert.deepEqual(
      FileSystems.map(({ CreationToken }) => CreationToken),
      ["others"],
    );
    assert.ok(SecurityGroups.every(({ GroupName }) => !GroupName?.includes("nfs")));
  });
});

const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: {
    mediaType: "application/vnd.docker.container.image.v1+json",
    size: 2,
    digest: `sha256:${"a".repeat(64)}`,
  },
  layers: [],
});
