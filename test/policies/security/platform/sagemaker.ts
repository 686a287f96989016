import { ACCOUNT, document, REGION, ref, TAGS, type Fixture } from "../../support/fixture";

const DIGEST = `sha256:${"ab".repeat(32)}`;
const script = (text: string): string => Buffer.from(text).toString("base64");

/** SageMaker resources that keep every rule. */
export const sagemakerPlatform: readonly Fixture[] = [
  {
    type: "aws:sagemaker/notebookInstance:NotebookInstance",
    name: "notebook",
    properties: {
      directInternetAccess: "Disabled",
      subnetId: ref("subnet-a"),
      securityGroups: [ref("workload")],
      rootAccess: "Disabled",
      kmsKeyId: ref("data-key", "arn"),
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
      platformIdentifier: "notebook-al2023-v1",
    },
  },
  {
    type: "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
    name: "notebook-script",
    properties: {},
  },
  {
    type: "aws:sagemaker/domain:Domain",
    name: "studio",
    protect: true,
    properties: {
      appNetworkAccessType: "VpcOnly",
      authMode: "SSO",
      kmsKeyId: ref("data-key", "arn"),
      subnetIds: [ref("subnet-a"), ref("subnet-b")],
      tags: TAGS,
      defaultUserSettings: {
        executionRole: ref("studio-default-role", "arn"),
        securityGroups: [ref("workload")],
        sharingSettings: { notebookOutputOption: "Disabled" },
      },
      domainSettings: {
        executionRoleIdentityConfig: "USER_PROFILE_NAME",
        dockerSettings: { enableDockerAccess: "DISABLED" },
      },
    },
  },
  ...["aoki", "ito"].map((person) => ({
    type: "aws:sagemaker/userProfile:UserProfile",
    name: `profile-${person}`,
    properties: {
      tags: TAGS,
      userSettings: {
        executionRole: `arn:aws:iam::${ACCOUNT}:role/studio-${person}`,
        securityGroups: [`sg-${person}`],
        sharingSettings: { notebookOutputOption: "Disabled" },
      },
    },
  })),
  {
    type: "aws:sagemaker/space:Space",
    name: "space",
    properties: { tags: TAGS, spaceSharingSettings: { sharingType: "Private" } },
  },
  {
    type: "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
    name: "studio-script",
    properties: {
      tags: TAGS,
      studioLifecycleConfigContent: script("#!/bin/bash\nset -eu\npip install --no-deps duckdb==1.5.5\n"),
    },
  },
  {
    type: "aws:sagemaker/featureGroup:FeatureGroup",
    name: "sales-features",
    protect: true,
    properties: {
      featureGroupName: "store-sku-sales-v1",
      description: "One record per store and SKU, a day old at most",
      tags: TAGS,
      offlineStoreConfig: { s3StorageConfig: { kmsKeyId: ref("data-key", "arn") }, tableFormat: "Iceberg" },
      onlineStoreConfig: {
        enableOnlineStore: true,
        storageType: "Standard",
        securityConfig: { kmsKeyId: ref("data-key", "arn") },
      },
    },
  },
  {
    type: "aws:sagemaker/model:Model",
    name: "champion-model",
    properties: {
      name: "champion-model",
      tags: TAGS,
      enableNetworkIsolation: true,
      vpcConfig: { subnets: [ref("subnet-a")], securityGroupIds: [ref("workload")] },
      primaryContainer: {
        image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/serving@${DIGEST}`,
        modelDataUrl: "s3://smartretail-models/champion/",
        modelPackageName: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:model-package/drinks/1`,
        environment: { MODEL_CACHE: "on", DATABASE_SECRET_ARN: "arn:aws:secretsmanager:x" },
      },
    },
  },
  {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    name: "forecast-config",
    properties: {
      name: "forecast-config",
      tags: TAGS,
      kmsKeyArn: ref("data-key", "arn"),
      productionVariants: [
        {
          variantName: "champion",
          modelName: ref("champion-model", "name"),
          instanceType: "ml.m5.large",
          initialInstanceCount: 2,
          initialVariantWeight: 90,
          coreDumpConfig: { destinationS3Uri: "s3://smartretail-models/dumps", kmsKeyId: "key" },
        },
        {
          variantName: "challenger",
          modelName: ref("champion-model", "name"),
          instanceType: "ml.m5.large",
          initialInstanceCount: 2,
          initialVariantWeight: 10,
        },
      ],
      dataCaptureConfig: { enableCapture: true, kmsKeyId: ref("data-key", "arn") },
      asyncInferenceConfig: { outputConfig: { kmsKeyId: ref("data-key", "arn") } },
    },
  },
  {
    type: "aws:sagemaker/endpoint:Endpoint",
    name: "forecast",
    ignoreChanges: ["endpointConfigName", "deploymentConfig"],
    properties: {
      name: "forecast",
      tags: TAGS,
      endpointConfigName: ref("forecast-config", "name"),
      deploymentConfig: {
        blueGreenUpdatePolicy: {
          trafficRoutingConfiguration: { type: "ALL_AT_ONCE", waitIntervalInSeconds: 300 },
        },
        autoRollbackConfiguration: {
          alarms: [{ alarmName: "champion-ModelLatency" }, { alarmName: "challenger-ModelLatency" }],
        },
      },
    },
  },
  ...["champion", "challenger"].map((variant) => ({
    type: "aws:appautoscaling/target:Target",
    name: `${variant}-target`,
    properties: {
      serviceNamespace: "sagemaker",
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
      resourceId: `endpoint/forecast/variant/${variant}`,
    },
  })),
  {
    type: "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    name: "quality",
    properties: {
      name: "quality",
      networkConfig: {
        enableInterContainerTrafficEncryption: true,
        enableNetworkIsolation: true,
        vpcConfig: { subnets: [ref("subnet-a")], securityGroupIds: [ref("workload")] },
      },
      jobResources: {
        clusterConfig: { instanceCount: 2, instanceType: "ml.m5.large", volumeKmsKeyId: "key" },
      },
      dataQualityJobOutputConfig: { kmsKeyId: "key" },
    },
  },
  {
    type: "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    name: "named-schedule",
    properties: { monitoringScheduleConfig: { monitoringJobDefinitionName: ref("quality", "name") } },
  },
  {
    type: "aws:sagemaker/monitoringSchedule:MonitoringSchedule",
    name: "inline-schedule",
    properties: {
      monitoringScheduleConfig: {
        monitoringJobDefinition: {
          networkConfig: { enableNetworkIsolation: true, enableInterContainerTrafficEncryption: true },
          monitoringResources: { clusterConfig: { instanceCount: 2, volumeKmsKeyId: "key" } },
          monitoringOutputConfig: { kmsKeyId: "key" },
        },
      },
    },
  },
  {
    type: "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
    name: "drinks",
    properties: { tags: TAGS },
  },
  {
    type: "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
    name: "drinks-policy",
    properties: {
      resourcePolicy: document({
        Sid: "Readers",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/readers` },
        Action: "sagemaker:DescribeModelPackage",
        Resource: "*",
      }),
    },
  },
];
