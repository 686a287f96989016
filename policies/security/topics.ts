import { parseTopics, type TopicCollection } from "../kit";

/** Collections whose rules carry no id that is known outside them, or whose ids differ from version to version. */
export const TOPIC_COLLECTIONS: readonly TopicCollection[] = [
  { key: "AWSGuard", name: "pulumi/pulumi-policy-aws (AWSGuard)", snapshot: "2024-06-20" },
  { key: "compliance-policies", name: "pulumi/compliance-policies", snapshot: "2025-05-23" },
  { key: "KICS", name: "KICS, Terraform and CloudFormation queries", snapshot: "2025-10-24" },
  { key: "Prowler", name: "Prowler, all services", snapshot: "2026-08-21" },
  { key: "Config", name: "AWS Config packs for SageMaker AI and AI/ML infrastructure", snapshot: "2026" },
  { key: "FSBP", name: "HashiCorp FSBP library, SageMaker", snapshot: "2026" },
  { key: "FinOps", name: "pulumi/examples aws-ts-finops", snapshot: "2026-08-18" },
  { key: "Infracost", name: "Infracost policies and guardrails, as published", snapshot: "2026" },
];

/**
 * One line per thing that can be checked: the rules of this pack, then the collections that check it, with the number of
 * their rules when it is not one. A line without rules has what is not checked, and the reason last.
 */
export const TOPICS = parseTopics(`
  sm-notebook-forbidden
  sm-notebook-no-direct-internet | KICS Prowler Config
  sm-notebook-in-vpc | KICS Prowler Config FSBP
  sm-notebook-no-root | Prowler Config
  sm-notebook-cmk | KICS Prowler Config
  sm-notebook-imdsv2
  sm-notebook-platform | Config FSBP
  sm-domain-vpc-only | Prowler Config
  sm-domain-cmk
  sm-domain-sso | Prowler
  sm-domain-sg-and-subnets
  sm-domain-source-identity
  sm-domain-docker-restricted
  sm-domain-sharing-encrypted
  sm-domain-canvas-off
  sm-userprofile-own-role
  sm-space-private
  sm-lcc-no-secrets | Prowler
  sm-lcc-no-remote-exec
  sm-fg-offline-cmk | Config
  sm-fg-online-cmk | Config
  sm-fg-described-tagged | Config
  sm-fg-catalogued
  sm-model-isolated | Prowler Config
  sm-model-in-vpc | Prowler Config
  sm-model-private-registry | Config
  sm-model-image-allowlist
  sm-model-artifact-bucket
  sm-model-from-registry | Prowler
  sm-model-env-no-secrets
  sm-epc-cmk | KICS Prowler Config
  sm-epc-ha | Prowler Config
  sm-epc-capture-on
  sm-epc-capture-cmk
  sm-epc-async-output-cmk
  sm-epc-no-ssm
  sm-epc-coredump-cmk
  sm-ep-guarded-rollout
  sm-dq-intercontainer
  sm-dq-isolated
  sm-dq-in-vpc
  sm-dq-volume-cmk
  sm-dq-output-cmk
  sm-sched-isolated | Prowler
  sm-sched-encrypted
  sm-endpoint-monitored | Prowler
  sm-mpg-policy-closed
  sm-asl-train-vpc | Prowler
  sm-asl-train-isolated | Prowler
  sm-asl-train-intercontainer | Prowler
  sm-asl-train-kms | Prowler
  sm-asl-role-passed
  sm-resources-tagged | Config FSBP*2
  sfn-logging | Prowler
  sfn-no-payload-logging
  sfn-tracing
  sfn-cmk | Prowler
  sfn-no-secrets | Prowler
  sfn-tasks-bounded
  eb-bus-closed | Prowler*2
  eb-target-dlq
  sched-cmk
  sched-dlq
  s3-public-access-block | KICS Prowler
  s3-no-public-acl | compliance-policies KICS Prowler
  s3-acls-disabled | Prowler Config
  s3-sse-kms-cmk | compliance-policies*3 KICS Prowler Config
  s3-bucket-key | compliance-policies
  TLS 1.2 on buckets | | AWS rejects older versions at all its endpoints, whatever a policy says
  s3-tls-only | KICS Prowler Config
  s3-no-public-policy | KICS*6 Prowler*3
  s3-policy-no-lockout
  s3-vpce-only
  s3-versioning | KICS Prowler Config
  s3-access-logging | AWSGuard KICS Prowler Config
  s3-object-lock | Prowler Config
  s3-replication s3-events s3-mfa-delete | compliance-policies*2 Prowler*3
  s3-no-website | KICS
  s3-no-force-destroy
  s3-no-deprecated-inline | AWSGuard
  kms-rotation | AWSGuard compliance-policies KICS Prowler Config
  kms-policy-explicit
  kms-no-wildcard-principal | KICS Prowler
  kms-service-scoped
  kms-deletion-window | KICS Prowler
  kms-enabled kms-no-lockout kms-single-region kms-described | compliance-policies*2 KICS Prowler
  iam-no-admin | KICS Prowler*3 Config
  iam-no-service-wildcard
  iam-no-wildcard-resource
  iam-passrole-scoped | KICS
  iam-no-privesc iam-no-credentials-exposure iam-no-data-exfiltration iam-no-permissions-management | KICS*22 Prowler*2
  iam-kms-decrypt-scoped | Prowler*2
  iam-no-broad-managed | Prowler
  iam-trust-closed | KICS*2
  iam-trust-confused-deputy | Prowler
  iam-no-not-elements
  iam-no-inline iam-no-mgmt-conflict | AWSGuard
  iam-boundary-required
  iam-session-max
  iam-no-users | compliance-policies
  iam-oidc-subject
  iam-sagemaker-create-guarded
  iam-log-resource-policy | Prowler*2
  vpc-flow-logs | KICS Prowler Config
  vpc-default-sg-closed | KICS Prowler Config
  vpc-no-default | KICS
  subnet-no-public-ip | KICS Prowler
  private-no-igw-route
  sg-no-open-ingress | compliance-policies*2 KICS*8 Prowler*20
  sg-no-open-egress
  sg-narrow-ports
  sg-described | compliance-policies*3 KICS*2
  sg-no-rule-conflict | AWSGuard
  sg-attached nacl-attached | KICS Prowler Config
  nacl-closed | KICS*2 Prowler*3
  vpce-policy-scoped | Prowler
  vpce-multi-az vpce-private-dns | KICS Prowler
  vpce-required-set | Prowler
  net-no-internet
  eip-attached | Prowler
  lambda-in-vpc | Prowler*2 Config
  lambda-failure-destination | Prowler
  lambda-concurrency-set
  lambda-env-cmk lambda-no-secrets | KICS*2 Prowler*2
  lambda-runtime-supported | Prowler
  lambda-tracing lambda-json-logs | compliance-policies*2 KICS Config*3
  lambda-code-signing
  lambda-url-auth | Prowler*2
  lambda-permission-scoped | compliance-policies KICS*4 Prowler
  lambda-own-role | KICS Prowler
  api-access-logs api-execution-logs | compliance-policies*2 KICS*4 Prowler*2
  api-auth | KICS*3 Prowler*2
  api-request-validation
  api-waf | KICS Prowler Config
  api-endpoint-type | AWSGuard KICS Prowler
  api-tls | compliance-policies*2 KICS Prowler
  api-throttled
  api-xray api-client-cert api-cache-encrypted api-stage-no-secrets api-integration-https | AWSGuard KICS Prowler*4
  ecr-scan ecr-immutable ecr-cmk ecr-policy-closed | compliance-policies*5 KICS*5 Prowler*5
  sns-cmk sns-closed sns-tls sns-https-subscriptions sns-redrive | KICS*4 Prowler*3
  sqs-cmk sqs-closed sqs-tls sqs-dlq | KICS*5 Prowler*2
  logs-cmk logs-retention-window alarm-actions alarm-missing-data | KICS*3 Prowler*4 Config*4
  ddb-pitr ddb-cmk ddb-deletion-protection ddb-capacity | AWSGuard KICS*2 Prowler*5 Config*9
  approved-region | FinOps Infracost
  required-tags | KICS Infracost
  stateful-protected
  no-plaintext-secrets
  security-exemptions
  endpoint-alarms-exist
`);
