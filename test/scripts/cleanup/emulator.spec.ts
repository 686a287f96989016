import assert from "node:assert/strict";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, PutImageCommand } from "@aws-sdk/client-ecr";
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
    assert.deepEqual(
      [...new Set(lines.map(({ kind }) => kind))],
      ["endpoints", "endpoint configurations", "models", "bucket contents", "container images", "log groups"],
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
