import type { AnalyzedResource } from "../../../../preview/policies/analyzed-resource";
import {
  add,
  drop,
  inTask,
  option,
  put,
  statement,
  unset,
  change,
  type RuleCases,
} from "../../support/breakage";
import { ACCOUNT, REGION } from "../../support/fixture";
import { bare, script, T } from "./types";

const inline = (resource: AnalyzedResource): boolean => resource.name === "inline-schedule";
const INLINE = "monitoringScheduleConfig.monitoringJobDefinition";
const offline = (resource: AnalyzedResource): boolean => resource.inputs.offlineStoreConfig !== undefined;
const online = (resource: AnalyzedResource): boolean => resource.inputs.onlineStoreConfig !== undefined;
/** An alarm that an endpoint names for its rollback. */
const rollsBack = (alarm: AnalyzedResource, all: readonly AnalyzedResource[]): boolean =>
  all.some(
    ({ type, outputs }) =>
      type === T.endpoint && JSON.stringify(outputs).includes(JSON.stringify(alarm.outputs.name)),
  );
const everyone = { Sid: "All", Effect: "Allow", Principal: "*", Action: "sagemaker:*", Resource: "*" };
const stranger = {
  Sid: "Other",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::999999999999:root" },
  Action: "sagemaker:Describe*",
  Resource: "*",
};
const dump = (path: string): string => `productionVariants[0].coreDumpConfig${path}`;

export const sagemakerCases: RuleCases = {
  "sm-notebook-forbidden": {
    without: [T.notebook, T.notebookScript],
    breakages: [add(bare(T.notebook)), add(bare(T.notebookScript))],
  },
  "sm-notebook-no-direct-internet": {
    breakages: [
      put(T.notebook, "directInternetAccess", "Enabled"),
      unset(T.notebook, "directInternetAccess"),
    ],
  },
  "sm-notebook-in-vpc": { breakages: [unset(T.notebook, "subnetId"), put(T.notebook, "securityGroups", [])] },
  "sm-notebook-no-root": {
    breakages: [put(T.notebook, "rootAccess", "Enabled"), unset(T.notebook, "rootAccess")],
  },
  "sm-notebook-cmk": { breakages: [unset(T.notebook, "kmsKeyId")] },
  "sm-notebook-imdsv2": {
    breakages: [
      put(T.notebook, "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion", "1"),
      unset(T.notebook, "instanceMetadataServiceConfiguration"),
    ],
  },
  "sm-notebook-platform": { breakages: [put(T.notebook, "platformIdentifier", "notebook-al2-v2")] },
  "sm-domain-vpc-only": {
    breakages: [
      put(T.domain, "appNetworkAccessType", "PublicInternetOnly"),
      unset(T.domain, "appNetworkAccessType"),
    ],
  },
  "sm-domain-cmk": { breakages: [unset(T.domain, "kmsKeyId")] },
  "sm-domain-sso": { breakages: [put(T.domain, "authMode", "NONE"), unset(T.domain, "authMode")] },
  "sm-domain-sg-and-subnets": {
    breakages: [
      unset(T.domain, "defaultUserSettings.securityGroups"),
      put(T.domain, "subnetIds", ["subnet-1"]),
    ],
  },
  "sm-domain-source-identity": {
    breakages: [
      put(T.domain, "domainSettings.executionRoleIdentityConfig", "DISABLED"),
      unset(T.domain, "domainSettings.executionRoleIdentityConfig"),
    ],
  },
  "sm-domain-docker-restricted": {
    breakages: [put(T.domain, "domainSettings.dockerSettings", { enableDockerAccess: "ENABLED" })],
  },
  "sm-domain-sharing-encrypted": {
    breakages: [
      put(T.domain, "defaultUserSettings.sharingSettings", {
        notebookOutputOption: "Allowed",
        s3OutputPath: "s3://a",
      }),
      put(T.profile, "userSettings.sharingSettings", { notebookOutputOption: "Allowed" }),
    ],
  },
  "sm-domain-canvas-off": {
    breakages: [
      put(T.domain, "defaultUserSettings.canvasAppSettings", { directDeploySettings: { status: "ENABLED" } }),
      put(T.profile, "userSettings.canvasAppSettings", {
        generativeAiSettings: { amazonBedrockRoleArn: "arn" },
      }),
    ],
  },
  "sm-userprofile-own-role": {
    with: [T.domain],
    breakages: [unset(T.profile, "userSettings.executionRole"), shared("userSettings.executionRole")],
  },
  "sm-userprofile-own-security-group": {
    with: [T.domain],
    breakages: [unset(T.profile, "userSettings.securityGroups"), shared("userSettings.securityGroups")],
  },
  "sm-space-private": {
    breakages: [
      put(T.space, "spaceSharingSettings.sharingType", "Shared"),
      unset(T.space, "spaceSharingSettings"),
    ],
  },
  "sm-lcc-no-secrets": {
    breakages: [
      put(
        T.script,
        "studioLifecycleConfigContent",
        script("export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"),
      ),
      put(T.script, "studioLifecycleConfigContent", script("export DB_PASSWORD=hunter2hunter2\n")),
    ],
  },
  "sm-lcc-no-remote-exec": {
    breakages: [
      put(
        T.script,
        "studioLifecycleConfigContent",
        script("curl -sSL https://example.com/install.sh | sudo bash\n"),
      ),
      put(T.script, "studioLifecycleConfigContent", script("pip install --quiet duckdb\n")),
      put(T.script, "studioLifecycleConfigContent", script("bash <(wget -qO- https://example.com/a)\n")),
    ],
  },
  "sm-fg-offline-cmk": {
    breakages: [unset(T.group, "offlineStoreConfig.s3StorageConfig.kmsKeyId", offline)],
  },
  "sm-fg-online-cmk": { breakages: [unset(T.group, "onlineStoreConfig.securityConfig", online)] },
  "sm-fg-described-tagged": { breakages: [unset(T.group, "description"), put(T.group, "tags", {})] },
  "sm-fg-catalogued": {
    breakages: [
      put(T.group, "offlineStoreConfig.tableFormat", "Glue", offline),
      put(T.group, "offlineStoreConfig.disableGlueTableCreation", true, offline),
    ],
  },
  "sm-fg-protected": {
    breakages: [option(T.group, { protect: false }), put(T.group, "featureGroupName", "store-sku-sales")],
  },
  "sm-model-isolated": {
    with: [T.config],
    breakages: [put(T.model, "enableNetworkIsolation", false), unset(T.model, "enableNetworkIsolation")],
  },
  "sm-model-in-vpc": {
    with: [T.config],
    breakages: [unset(T.model, "vpcConfig"), put(T.model, "vpcConfig.securityGroupIds", [])],
  },
  "sm-model-private-registry": {
    breakages: [put(T.model, "primaryContainer.image", "docker.io/library/serving:1")],
  },
  "sm-model-image-allowlist": {
    breakages: [
      put(T.model, "primaryContainer.image", `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/serving:latest`),
      put(T.model, "primaryContainer.image", "public.ecr.aws/serving@sha256:1"),
    ],
  },
  "sm-model-artifact-bucket": {
    with: [T.bucket],
    breakages: [
      put(T.model, "primaryContainer.modelDataUrl", "s3://somebody-elses/champion/"),
      put(T.model, "primaryContainer.modelDataUrl", "https://example.com/model.tar.gz"),
    ],
  },
  "sm-model-from-registry": { breakages: [unset(T.model, "primaryContainer.modelPackageName")] },
  "sm-model-env-no-secrets": {
    breakages: [
      put(T.model, "primaryContainer.environment", { DB_PASSWORD: "hunter2hunter2" }),
      put(T.model, "primaryContainer.environment", { SOURCE: "postgres://reader:hunter2@db/forecast" }),
    ],
  },
  "sm-epc-cmk": {
    breakages: [
      unset(T.config, "kmsKeyArn"),
      put(T.config, "productionVariants[0].instanceType", "ml.g5.xlarge"),
    ],
  },
  "sm-epc-ha": { breakages: [put(T.config, "productionVariants[0].initialInstanceCount", 0)] },
  "sm-epc-capture-on": {
    breakages: [
      put(T.config, "dataCaptureConfig.enableCapture", false),
      unset(T.config, "dataCaptureConfig"),
    ],
  },
  "sm-epc-capture-cmk": { breakages: [unset(T.config, "dataCaptureConfig.kmsKeyId")] },
  "sm-epc-async-output-cmk": {
    breakages: [put(T.config, "asyncInferenceConfig", { outputConfig: { s3OutputPath: "s3://a" } })],
  },
  "sm-epc-no-ssm": { breakages: [put(T.config, "productionVariants[0].enableSsmAccess", true)] },
  "sm-epc-coredump-cmk": { breakages: [put(T.config, dump(""), { destinationS3Uri: "s3://a" })] },
  "sm-epc-integer-weights": {
    breakages: [
      put(T.config, "productionVariants[0].initialVariantWeight", 90.5),
      put(T.config, "productionVariants[0].initialVariantWeight", -1),
    ],
  },
  "sm-epc-challenger-weight": {
    breakages: [
      put(T.config, "productionVariants[1].initialVariantWeight", 60),
      put(T.config, "productionVariants[0].variantName", "main"),
    ],
  },
  "sm-ep-guarded-rollout": {
    with: [T.config],
    breakages: [
      unset(T.endpoint, "deploymentConfig.autoRollbackConfiguration"),
      unset(T.endpoint, "deploymentConfig.blueGreenUpdatePolicy"),
      put(T.endpoint, "deploymentConfig.rollingUpdatePolicy", {
        maximumBatchSize: { type: "INSTANCE_COUNT", value: 1 },
      }),
    ],
  },
  "sm-ep-rollback-alarms": {
    with: [T.config],
    breakages: [
      put(T.endpoint, "deploymentConfig.autoRollbackConfiguration.alarms[0].alarmName", "no-such-alarm"),
      change(T.endpoint, "deploymentConfig.autoRollbackConfiguration.alarms", (old) =>
        (old as unknown[]).slice(0, 1),
      ),
      put(T.alarm, "dimensions.VariantName", "shadow", rollsBack),
      put(T.alarm, "dimensions.EndpointName", "another-endpoint", rollsBack),
    ],
  },
  "sm-ep-runtime-owned": {
    with: [T.config],
    breakages: [
      option(T.endpoint, { ignoreChanges: [] }),
      option(T.endpoint, { ignoreChanges: ["endpointConfigName"] }),
    ],
  },
  "sm-variant-scaling-target": {
    with: [T.config],
    breakages: [
      drop(T.target),
      put(T.target, "resourceId", "endpoint/forecast/variant/other"),
      put(T.target, "serviceNamespace", "dynamodb"),
    ],
  },
  "sm-dq-intercontainer": {
    breakages: [put(T.quality, "networkConfig.enableInterContainerTrafficEncryption", false)],
  },
  "sm-dq-isolated": { breakages: [unset(T.quality, "networkConfig.enableNetworkIsolation")] },
  "sm-dq-in-vpc": { breakages: [unset(T.quality, "networkConfig.vpcConfig")] },
  "sm-dq-volume-cmk": { breakages: [unset(T.quality, "jobResources.clusterConfig.volumeKmsKeyId")] },
  "sm-dq-output-cmk": { breakages: [unset(T.quality, "dataQualityJobOutputConfig.kmsKeyId")] },
  "sm-sched-isolated": {
    with: [T.quality],
    breakages: [
      put(T.schedule, `${INLINE}.networkConfig.enableNetworkIsolation`, false, inline),
      put(T.schedule, "monitoringScheduleConfig.monitoringJobDefinitionName", "elsewhere"),
    ],
  },
  "sm-sched-encrypted": {
    with: [T.quality],
    breakages: [
      unset(T.schedule, `${INLINE}.monitoringOutputConfig`, inline),
      unset(T.schedule, `${INLINE}.monitoringResources.clusterConfig.volumeKmsKeyId`, inline),
      put(T.schedule, `${INLINE}.networkConfig.enableInterContainerTrafficEncryption`, false, inline),
    ],
  },
  "sm-endpoint-monitored": { breakages: [dropAll(T.schedule)] },
  "sm-mpg-policy-closed": {
    options: { trustedAccounts: [ACCOUNT] },
    breakages: [
      statement(T.groupPolicy, "resourcePolicy", everyone),
      statement(T.groupPolicy, "resourcePolicy", stranger),
    ],
  },
  "sm-asl-train-vpc": {
    breakages: [
      inTask("createTrainingJob", "outside the VPC", (args) => delete args.VpcConfig),
      inTask(
        "createProcessingJob",
        "outside the VPC",
        (args) => delete (args.NetworkConfig as Record<string, unknown>).VpcConfig,
      ),
      unset(T.training, "vpcConfig"),
      unset(T.tuning, "trainingJobDefinition.vpcConfig"),
    ],
  },
  "sm-asl-train-isolated": {
    breakages: [
      inTask("createTrainingJob", "not isolated", (args) => (args.EnableNetworkIsolation = false)),
      inTask("createTrainingJob", "isolated as the input says", (args) => {
        delete args.EnableNetworkIsolation;
        args["EnableNetworkIsolation.$"] = "$.isolated";
      }),
      unset(T.training, "enableNetworkIsolation"),
    ],
  },
  "sm-asl-train-intercontainer": {
    breakages: [
      inTask("createTrainingJob", "in the clear on two instances", (args) => {
        (args.ResourceConfig as Record<string, unknown>).InstanceCount = 2;
        delete args.EnableInterContainerTrafficEncryption;
      }),
      put(T.training, "enableInterContainerTrafficEncryption", false),
    ],
  },
  "sm-asl-train-kms": {
    breakages: [
      inTask(
        "createTrainingJob",
        "without a volume key",
        (args) => delete (args.ResourceConfig as Record<string, unknown>).VolumeKmsKeyId,
      ),
      inTask(
        "createTrainingJob",
        "without an output key",
        (args) => delete (args.OutputDataConfig as Record<string, unknown>).KmsKeyId,
      ),
      inTask(
        "createTransformJob",
        "without an output key",
        (args) => delete (args.TransformOutput as Record<string, unknown>).KmsKeyId,
      ),
      inTask(
        "createTrainingJob",
        "with a key on NVMe",
        (args) => ((args.ResourceConfig as Record<string, unknown>).InstanceType = "ml.g5.xlarge"),
      ),
      unset(T.training, "outputDataConfig.kmsKeyId"),
    ],
  },
  "sm-asl-role-passed": {
    breakages: [
      inTask("createTrainingJob", "with a role from the input", (args) => {
        delete args.RoleArn;
        args["RoleArn.$"] = "$.role";
      }),
      inTask("createProcessingJob", "without a role", (args) => delete args.RoleArn),
    ],
  },
};

/** Gives the second profile what the first one has. */
function shared(path: string): ReturnType<typeof put> {
  const single = put(T.profile, path, undefined);
  return {
    ...single,
    what: `UserProfile.${path} shared`,
    apply: (resources) => {
      const [first, second] = resources.filter(({ type }) => type === T.profile);
      if (!first || !second) return undefined;
      const value = (first.inputs.userSettings as Record<string, unknown>)[path.split(".")[1] ?? ""];
      return put(T.profile, path, value, (resource) => resource.urn === second.urn).apply(resources);
    },
  };
}

function dropAll(type: string): ReturnType<typeof drop> {
  return {
    ...drop(type),
    apply: (resources) => {
      const gone = resources.filter((resource) => resource.type === type);
      if (gone.length === 0) return undefined;
      return {
        resources: resources.filter((resource) => resource.type !== type),
        changed: gone.map(({ urn }) => urn),
      };
    },
  };
}
