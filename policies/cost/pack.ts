import { definePack } from "../kit";
import { GENERAL } from "./general";
import { isFreeType } from "./pricing/free-types";
import { costAcceleratorsApproved, costPreviousGeneration } from "./rules/instances/forbidden-families";
import { costAutoscalingMaximum } from "./rules/endpoint/cost-autoscaling-maximum";
import { costNoProvisionedConcurrency } from "./rules/endpoint/cost-no-provisioned-concurrency";
import { costCaptureSampling } from "./rules/endpoint/cost-capture-sampling";
import { costEndpointAutoscaling } from "./rules/endpoint/cost-endpoint-autoscaling";
import { costEndpointCount } from "./rules/endpoint/cost-endpoint-count";
import { costEndpointInstanceCount, costVariantVolume } from "./rules/endpoint/variant-limits";
import {
  costEndpointInstanceTypes,
  costMonitoringInstanceTypes,
  costStudioInstanceTypes,
} from "./rules/instances/allowed-instance-types";
import { costEndpointScalesToZero } from "./rules/endpoint/cost-endpoint-scales-to-zero";
import { costEndpointServerless } from "./rules/endpoint/cost-endpoint-serverless";
import { costNoShadowVariant } from "./rules/endpoint/cost-no-shadow-variant";
import { costServerlessSize } from "./rules/endpoint/cost-serverless-size";
import { costJobClusterSize } from "./rules/job/cost-job-cluster-size";
import { costJobInstanceTypes } from "./rules/job/cost-job-instance-types";
import { costJobMaxRuntime } from "./rules/job/cost-job-max-runtime";
import { costJobSpot } from "./rules/job/cost-job-spot";
import { costJobTags } from "./rules/job/cost-job-tags";
import { costJobWarmPool } from "./rules/job/cost-job-warm-pool";
import { costMapConcurrency } from "./rules/job/cost-map-concurrency";
import { costMonitoringFrequency } from "./rules/job/cost-monitoring-frequency";
import { costMonitoringMaxRuntime } from "./rules/job/cost-monitoring-max-runtime";
import { costTuningLimits } from "./rules/job/cost-tuning-limits";
import { costHourlyServersForbidden } from "./rules/studio/cost-hourly-servers-forbidden";
import { costStudioHiddenInstanceTypes } from "./rules/studio/cost-studio-hidden-instance-types";
import { costStudioIdleShutdown } from "./rules/studio/cost-studio-idle-shutdown";
import { costStudioLegacyApps } from "./rules/studio/cost-studio-legacy-apps";
import { costStudioTagPropagation } from "./rules/studio/cost-studio-tag-propagation";
import { costStudioVolume } from "./rules/studio/cost-studio-volume";
import { costFeatureStoreThroughput } from "./rules/feature-store/cost-feature-store-throughput";
import { costFeatureStoreTtl } from "./rules/feature-store/cost-feature-store-ttl";
import { costGatewayEndpoints } from "./rules/network/cost-gateway-endpoints";
import { costInterfaceEndpointCount } from "./rules/network/cost-interface-endpoint-count";
import { costUnattachedAddresses } from "./rules/network/cost-unattached-addresses";
import { costLogClass } from "./rules/logs/cost-log-class";
import { costLogGroupsManaged } from "./rules/logs/cost-log-groups-managed";
import { costLogRetentionMaximum } from "./rules/logs/cost-log-retention-maximum";
import { costBucketAbortMultipart } from "./rules/storage/cost-bucket-abort-multipart";
import { costBucketExpiration } from "./rules/storage/cost-bucket-expiration";
import { costBucketKey } from "./rules/storage/cost-bucket-key";
import { costBucketLifecycle } from "./rules/storage/cost-bucket-lifecycle";
import { costBucketNoncurrentExpiry } from "./rules/storage/cost-bucket-noncurrent-expiry";
import { costBucketTiering } from "./rules/storage/cost-bucket-tiering";
import { costRepositoryLifecycle } from "./rules/storage/cost-repository-lifecycle";
import { costTableCapacity } from "./rules/storage/cost-table-capacity";
import { costApiCache } from "./rules/compute/cost-api-cache";
import { costApiQuota } from "./rules/compute/cost-api-quota";
import { costFunctionArm64 } from "./rules/compute/cost-function-arm64";
import { costFunctionLimits } from "./rules/compute/cost-function-limits";
import { costFunctionProvisionedConcurrency } from "./rules/compute/cost-function-provisioned-concurrency";
import { costStateMachineType } from "./rules/compute/cost-state-machine-type";
import { costAlarmCount } from "./rules/stack/cost-alarm-count";
import { costAnomalyMonitor } from "./rules/stack/cost-anomaly-monitor";
import { costBudget } from "./rules/stack/cost-budget";
import { costDashboardCount, costKeyCount, costNatGateways } from "./rules/stack/resource-counts";
import { costEstimateComplete } from "./rules/stack/cost-estimate-complete";
import { costEstimateRegression } from "./rules/stack/cost-estimate-regression";
import { costMonthlyEstimate } from "./rules/stack/cost-monthly-estimate";
import { costTags } from "./rules/stack/cost-tags";
import { costUnusedSecrets } from "./rules/stack/cost-unused-secrets";

/** The cost pack: what each resource may cost, and what the stack costs altogether. */
export const costPack = definePack({
  name: "cost",
  displayName: "Cost of a SageMaker platform",
  description:
    "Instance types, scaling, spot, retention, lifecycles, tags and the computed monthly cost of a SageMaker platform.",
  general: GENERAL,
  needsNoRule: isFreeType,
  rules: [
    costAcceleratorsApproved,
    costAutoscalingMaximum,
    costCaptureSampling,
    costEndpointAutoscaling,
    costEndpointCount,
    costEndpointInstanceCount,
    costEndpointInstanceTypes,
    costEndpointScalesToZero,
    costEndpointServerless,
    costNoProvisionedConcurrency,
    costNoShadowVariant,
    costPreviousGeneration,
    costServerlessSize,
    costVariantVolume,
    costJobClusterSize,
    costJobInstanceTypes,
    costJobMaxRuntime,
    costJobSpot,
    costJobTags,
    costJobWarmPool,
    costMapConcurrency,
    costMonitoringFrequency,
    costMonitoringInstanceTypes,
    costMonitoringMaxRuntime,
    costTuningLimits,
    costHourlyServersForbidden,
    costStudioHiddenInstanceTypes,
    costStudioIdleShutdown,
    costStudioInstanceTypes,
    costStudioLegacyApps,
    costStudioTagPropagation,
    costStudioVolume,
    costFeatureStoreThroughput,
    costFeatureStoreTtl,
    costGatewayEndpoints,
    costInterfaceEndpointCount,
    costNatGateways,
    costUnattachedAddresses,
    costLogClass,
    costLogGroupsManaged,
    costLogRetentionMaximum,
    costBucketAbortMultipart,
    costBucketExpiration,
    costBucketKey,
    costBucketLifecycle,
    costBucketNoncurrentExpiry,
    costBucketTiering,
    costRepositoryLifecycle,
    costTableCapacity,
    costApiCache,
    costApiQuota,
    costFunctionArm64,
    costFunctionLimits,
    costFunctionProvisionedConcurrency,
    costStateMachineType,
    costAlarmCount,
    costAnomalyMonitor,
    costBudget,
    costDashboardCount,
    costEstimateComplete,
    costEstimateRegression,
    costKeyCount,
    costMonthlyEstimate,
    costTags,
    costUnusedSecrets,
  ],
});
