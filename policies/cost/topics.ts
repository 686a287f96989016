import { parseTopics, type TopicCollection } from "../kit";

/** Collections whose rules about money carry no id that is known outside them. */
export const COST_TOPIC_COLLECTIONS: readonly TopicCollection[] = [
  { key: "Infracost", name: "Infracost policies and guardrails, as published", snapshot: "2026" },
  { key: "Prowler", name: "Prowler", snapshot: "2026-08-21" },
  { key: "KICS", name: "KICS", snapshot: "2025-10-24" },
  { key: "cdk-nag", name: "cdk-nag", snapshot: "v3, 2026-06-29" },
  { key: "Guard", name: "AWS Guard rules registry", snapshot: "2024-03-22" },
  { key: "compliance-policies", name: "pulumi/compliance-policies", snapshot: "2025-05-23" },
  { key: "Config", name: "AWS Config packs for SageMaker AI and AI/ML infrastructure", snapshot: "2026" },
  { key: "AWSGuard", name: "pulumi/pulumi-policy-aws (AWSGuard)", snapshot: "2024-06-20" },
];

/**
 * One line per thing that can be checked: the rules of this pack, then the collections that check it, with the number of
 * their rules when it is not one. A line without rules has what is not checked, and the reason last.
 */
export const COST_TOPICS = parseTopics(`
  cost-endpoint-instance-types | Infracost
  cost-job-instance-types
  cost-studio-instance-types cost-studio-hidden-instance-types
  cost-monitoring-instance-types
  cost-accelerators-approved
  cost-previous-generation | Infracost
  cost-endpoint-autoscaling | cdk-nag
  cost-autoscaling-maximum
  cost-endpoint-scales-to-zero | Infracost
  cost-endpoint-serverless
  cost-serverless-size
  cost-no-provisioned-concurrency
  cost-endpoint-instance-count
  cost-no-shadow-variant
  cost-variant-volume
  cost-endpoint-count
  cost-job-spot
  cost-job-max-runtime cost-monitoring-max-runtime
  cost-job-cluster-size
  cost-job-warm-pool
  cost-tuning-limits
  cost-map-concurrency
  cost-monitoring-frequency
  cost-capture-sampling cost-bucket-expiration
  cost-studio-idle-shutdown
  cost-studio-legacy-apps
  cost-studio-volume
  cost-hourly-servers-forbidden
  cost-feature-store-throughput
  cost-feature-store-ttl
  cost-nat-gateways
  cost-interface-endpoint-count
  cost-gateway-endpoints
  cost-unattached-addresses | Prowler
  cost-log-retention-maximum cost-log-groups-managed | Infracost Prowler cdk-nag Guard
  cost-log-class
  cost-bucket-lifecycle | Infracost Prowler
  cost-bucket-abort-multipart
  cost-bucket-noncurrent-expiry
  cost-bucket-tiering
  cost-bucket-key | compliance-policies
  cost-repository-lifecycle | Prowler
  cost-function-limits cost-function-arm64 cost-function-provisioned-concurrency | Infracost cdk-nag
  cost-api-quota | KICS
  cost-api-cache
  a cache for every API | AWSGuard cdk-nag | the opposite of cost-api-cache; api-cache-encrypted of the security pack has it as an option
  cost-table-capacity | Guard
  the class of a table | | which one is cheaper depends on the reads of a month, which no program tells
  cost-state-machine-type cost-dashboard-count cost-alarm-count
  custom metrics | | the run time publishes them; their number is an assumption of the usage file
  cost-key-count
  cost-unused-secrets
  cost-budget cost-anomaly-monitor
  cost-tags cost-studio-tag-propagation cost-job-tags | Infracost Config
  cost-monthly-estimate cost-estimate-complete | Infracost
  cost-estimate-regression | Infracost
  cost-exemptions
  cost-unchecked-types
`);
