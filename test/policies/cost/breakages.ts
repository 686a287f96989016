import { TAGGED_TYPES } from "../../../policies/cost/rules/stack/tagged-types";
import { add, change, drop, put, unset, type Breakage } from "../support/breakage";
import {
  BUCKET,
  BUDGET,
  CONFIGURATION,
  DOMAIN,
  EBS,
  EDITOR,
  ENCRYPTION,
  ENDPOINT,
  FEATURE_GROUP,
  HIDDEN,
  IDLE,
  JUPYTER,
  LIFECYCLE,
  LOG_GROUP,
  PROFILE,
  REPOSITORY_LIFECYCLE,
  SCALING_POLICY,
  SHADOW,
  TAGS,
  TARGET,
  VARIANT,
  VERSIONING,
  VPC_ENDPOINT,
  WARM_CONTAINERS,
  afterwards,
  alerts,
  bad,
  duplicate,
  gateway,
  idleBreakages,
  inRules,
  instanceTypes,
  interfaceEndpoint,
  legacyApps,
  ofKind,
  only,
  several,
  usesKms,
  without,
  type Fields,
} from "./breakage-tools";
import { JOB_BREAKAGES, jobInstanceTypes } from "./job-breakages";
import { SERVERLESS_BREAKAGES } from "./serverless-breakages";

/** Mistakes in the recorded prod plan, by the rule that must find each. */
export const COST_BREAKAGES: Readonly<Record<string, readonly Breakage[]>> = {
  ...JOB_BREAKAGES,
  ...SERVERLESS_BREAKAGES,
  "cost-accelerators-approved": [...instanceTypes("ml.g5.xlarge"), ...jobInstanceTypes("ml.g5.xlarge")],
  "cost-alarm-count": [several("aws:cloudwatch/metricAlarm:MetricAlarm", 60)],
  "cost-autoscaling-maximum": [
    put(TARGET, "maxCapacity", 100),
    unset(TARGET, "maxCapacity"),
    put(TARGET, "minCapacity", 4),
    afterwards(
      put(TARGET, "maxCapacity", 100),
      put(TARGET, "scalableDimension", "sagemaker:inference-component:DesiredCopyCount"),
    ),
  ],
  "cost-bucket-abort-multipart": [
    inRules("no abort of uploads", without("abortIncompleteMultipartUpload")),
    inRules("all rules disabled", (rule) => ({ ...rule, status: "Disabled" })),
  ],
  "cost-bucket-expiration": [
    inRules("no expiration", without("expiration"), (name) => name.includes("capture")),
    inRules(
      "late expiration",
      (rule) => ({ ...rule, expiration: { days: 5000 } }),
      (name) => name.includes("capture"),
    ),
  ],
  "cost-bucket-key": [
    change(
      ENCRYPTION,
      "rules",
      (rules) => (rules as Fields[]).map((rule) => ({ ...rule, bucketKeyEnabled: false })),
      usesKms,
      "no bucket key",
    ),
  ],
  "cost-bucket-lifecycle": [drop(LIFECYCLE), put(LIFECYCLE, "rules", [])],
  "cost-bucket-noncurrent-expiry": [
    inRules("old versions kept", without("noncurrentVersionExpiration")),
    inRules("old versions kept for long", (rule) => ({
      ...rule,
      noncurrentVersionExpiration: { noncurrentDays: 5000 },
    })),
  ],
  "cost-bucket-tiering": [inRules("no transitions", without("transitions"), (name) => name.includes("raw"))],
  "cost-budget": [
    drop(BUDGET),
    put(BUDGET, "timeUnit", "QUARTERLY"),
    unset(BUDGET, "limitAmount"),
    unset(BUDGET, "costFilters"),
    put(BUDGET, "notifications", []),
    alerts(
      "no forecast alert",
      ofKind("FORECASTED", () => undefined),
    ),
    alerts("late alerts", (alert) => ({ ...alert, threshold: 150 })),
    alerts("nobody told", (alert) => ({
      ...alert,
      subscriberEmailAddresses: [],
      subscriberSnsTopicArns: [],
    })),
  ],
  "cost-capture-sampling": [put(CONFIGURATION, "dataCaptureConfig.initialSamplingPercentage", 100)],
  "cost-dashboard-count": [several("aws:cloudwatch/dashboard:Dashboard", 3)],
  "cost-endpoint-autoscaling": [
    drop(TARGET),
    drop(SCALING_POLICY),
    put(TARGET, "resourceId", "endpoint/other/variant/champion"),
    put(CONFIGURATION, `${VARIANT}.variantName`, "renamed"),
  ],
  "cost-endpoint-count": [duplicate(ENDPOINT)],
  "cost-endpoint-instance-count": [
    put(CONFIGURATION, `${VARIANT}.initialInstanceCount`, 10),
    put(CONFIGURATION, `${SHADOW}.initialInstanceCount`, 10),
  ],
  "cost-endpoint-instance-types": only(CONFIGURATION, instanceTypes("ml.m5.24xlarge")),
  "cost-estimate-regression": [put(TARGET, "maxCapacity", 4), several("aws:ec2/natGateway:NatGateway", 3)],
  "cost-feature-store-throughput": [
    put(FEATURE_GROUP, "throughputConfig.provisionedReadCapacityUnits", 100),
    put(FEATURE_GROUP, "throughputConfig.provisionedWriteCapacityUnits", 100),
    put(FEATURE_GROUP, "onlineStoreConfig.storageType", "InMemory"),
  ],
  "cost-feature-store-ttl": [unset(FEATURE_GROUP, "onlineStoreConfig.ttlDuration")],
  "cost-gateway-endpoints": [
    drop(VPC_ENDPOINT, gateway(".s3")),
    drop(VPC_ENDPOINT, gateway(".dynamodb")),
    put(VPC_ENDPOINT, "vpcEndpointType", "Interface", gateway(".s3")),
    put(VPC_ENDPOINT, "serviceName", "com.amazonaws.ap-northeast-1.other", gateway(".dynamodb")),
  ],
  "cost-hourly-servers-forbidden": [
    bad("aws:sagemaker/notebookInstance:NotebookInstance", { instanceType: "ml.t3.medium" }),
    bad("aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer", {}),
  ],
  "cost-interface-endpoint-count": [
    put(VPC_ENDPOINT, "subnetIds", ["a", "b", "c"], interfaceEndpoint),
    bad(VPC_ENDPOINT, {
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.ap-northeast-1.sqs",
      subnetIds: ["a"],
    }),
  ],
  "cost-key-count": [several("aws:kms/key:Key", 4)],
  "cost-log-class": [
    add({ type: LOG_GROUP, name: "debug-traces", properties: { retentionInDays: 30, tags: TAGS } }),
  ],
  "cost-log-retention-maximum": [
    put(LOG_GROUP, "retentionInDays", 3653),
    put(LOG_GROUP, "retentionInDays", 0),
    unset(LOG_GROUP, "retentionInDays"),
  ],
  "cost-monthly-estimate": [put(BUDGET, "limitAmount", "500")],
  "cost-estimate-complete": [bad("aws:redshift/cluster:Cluster", {})],
  "cost-nat-gateways": [several("aws:ec2/natGateway:NatGateway", 1)],
  "cost-no-provisioned-concurrency": [
    put(CONFIGURATION, `${VARIANT}.serverlessConfig.provisionedConcurrency`, 3),
    put(TARGET, "scalableDimension", WARM_CONTAINERS),
    afterwards(put(TARGET, "scalableDimension", WARM_CONTAINERS), put(TARGET, "maxCapacity", 100)),
    afterwards(put(TARGET, "scalableDimension", WARM_CONTAINERS), unset(TARGET, "maxCapacity")),
  ],
  "cost-no-shadow-variant": [
    put(CONFIGURATION, "shadowProductionVariants", [
      { variantName: "shadow", instanceType: "ml.m5.large", initialInstanceCount: 1 },
    ]),
  ],
  "cost-previous-generation": [...instanceTypes("ml.m4.xlarge"), ...jobInstanceTypes("ml.m4.xlarge")],
  "cost-repository-lifecycle": [
    drop(REPOSITORY_LIFECYCLE),
    put(REPOSITORY_LIFECYCLE, "repository", "another"),
  ],
  "cost-serverless-size": [
    put(CONFIGURATION, `${VARIANT}.serverlessConfig.memorySizeInMb`, 6144),
    put(CONFIGURATION, `${VARIANT}.serverlessConfig.maxConcurrency`, 200),
  ],
  "cost-studio-hidden-instance-types": [
    unset(DOMAIN, `defaultUserSettings.${HIDDEN}`),
    put(DOMAIN, `defaultUserSettings.${HIDDEN}`, ["ml.m5.large"]),
    put(PROFILE, `userSettings.${HIDDEN}`, []),
  ],
  "cost-studio-idle-shutdown": [
    ...idleBreakages(DOMAIN, `defaultUserSettings.${JUPYTER}`),
    ...idleBreakages(DOMAIN, `defaultUserSettings.${EDITOR}`),
    ...idleBreakages(DOMAIN, `defaultSpaceSettings.${JUPYTER}`),
    unset(DOMAIN, `defaultUserSettings.${JUPYTER}.${IDLE}.idleTimeoutInMinutes`),
    unset(DOMAIN, `defaultUserSettings.${EDITOR}`),
    ...idleBreakages(PROFILE, `userSettings.${JUPYTER}`),
    ...idleBreakages(PROFILE, `userSettings.${EDITOR}`),
  ],
  "cost-studio-instance-types": [
    ...only(DOMAIN, instanceTypes("ml.m5.24xlarge")),
    ...only(PROFILE, instanceTypes("ml.m5.24xlarge")),
  ],
  "cost-studio-legacy-apps": [
    ...legacyApps(DOMAIN, "defaultUserSettings"),
    ...legacyApps(PROFILE, "userSettings"),
    put(DOMAIN, "domainSettings.rStudioServerProDomainSettings", {
      domainExecutionRoleArn: "arn:aws:iam::1:role/r",
    }),
  ],
  "cost-studio-tag-propagation": [put(DOMAIN, "tagPropagation", "DISABLED"), unset(DOMAIN, "tagPropagation")],
  "cost-studio-volume": [
    ...["defaultUserSettings", "defaultSpaceSettings"].flatMap((owner) => [
      put(DOMAIN, `${owner}.${EBS}.defaultEbsVolumeSizeInGb`, 1000),
      put(DOMAIN, `${owner}.${EBS}.maximumEbsVolumeSizeInGb`, 1000),
    ]),
    put(PROFILE, `userSettings.${EBS}.defaultEbsVolumeSizeInGb`, 1000),
    put(PROFILE, `userSettings.${EBS}.maximumEbsVolumeSizeInGb`, 1000),
  ],
  "cost-tags": TAGGED_TYPES.flatMap((type) => [
    put(type, "tags.Environment", "staging"),
    put(type, "tags.CostCenter", "somebody else's"),
  ]),
  "cost-unattached-addresses": [several("aws:ec2/eip:Eip", 1)],
  "cost-unused-secrets": [several("aws:secretsmanager/secret:Secret", 1)],
  "cost-variant-volume": [
    put(CONFIGURATION, `${VARIANT}.volumeSizeInGb`, 500),
    put(CONFIGURATION, `${SHADOW}.volumeSizeInGb`, 500),
  ],
};

/** Properties that tell to what a rule applies, not whether it is kept: inspects lists them for the joins. */
export const JOIN_PROPERTIES: readonly (readonly [string, string])[] = [
  [BUCKET, "bucket"],
  [BUCKET, "lifecycleRules"],
  [BUCKET, "versioning"],
  [LIFECYCLE, "bucket"],
  [VERSIONING, "bucket"],
  [VERSIONING, "versioningConfiguration"],
  ["aws:ecr/repository:Repository", "name"],
  [ENDPOINT, "endpointConfigName"],
  [LOG_GROUP, "name"],
  [BUDGET, "filterExpression"],
  [ENCRYPTION, "rules"],
  [CONFIGURATION, "productionVariants[*].serverlessConfig"],
  [FEATURE_GROUP, "onlineStoreConfig.enableOnlineStore"],
];
