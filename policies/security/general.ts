import type { Preset } from "../kit";

/** Rules that are decisions of this platform: another program may decide otherwise and be no less safe. */
const DECISIONS = `
  approved-region required-tags sm-resources-tagged stateful-protected
  net-no-internet sg-no-open-egress sg-attached sg-described nacl-attached
  vpce-multi-az vpce-policy-scoped vpce-required-set s3-vpce-only s3-no-force-destroy
  lambda-concurrency-set lambda-in-vpc lambda-own-role
  api-endpoint-type api-request-validation api-waf
  iam-sagemaker-create-guarded iam-session-max iam-trust-confused-deputy
  kms-described kms-policy-explicit kms-service-scoped kms-single-region
  sfn-tasks-bounded eb-target-dlq sched-dlq sns-redrive sns-tls sqs-tls
  logs-retention-window endpoint-alarms-exist alarm-missing-data
  sm-notebook-forbidden sm-model-artifact-bucket sm-userprofile-own-role sm-userprofile-own-security-group
  sm-ep-runtime-owned sm-epc-challenger-weight sm-domain-sso sm-fg-protected
`;

/** What AWS encrypts by itself anyway: a key of one's own is a second permission, and a dollar a month. */
const KEYS_OF_ONES_OWN = `
  s3-sse-kms-cmk ddb-cmk ecr-cmk lambda-env-cmk logs-cmk sched-cmk sfn-cmk sqs-cmk
`;

/** Traces and formats of logs: good to have, and no mistake to be without. */
const COMFORT = "sfn-tracing lambda-tracing lambda-json-logs api-xray";

/** Right nearly everywhere, and no reason to stop an update. */
const ADVICE = `
  s3-access-logging s3-tls-only s3-versioning s3-no-website
  vpc-flow-logs vpc-default-sg-closed subnet-no-public-ip
  api-access-logs api-execution-logs api-throttled api-auth
  ddb-pitr ddb-deletion-protection ecr-immutable ecr-scan
  iam-document-valid iam-no-users iam-no-wildcard-resource iam-no-broad-managed
  lambda-failure-destination sns-cmk sfn-logging
  ec2-no-public-ip ecs-no-public-ip lb-access-logs redshift-logging
`;

const words = (text: string): string[] => text.trim().split(/\s+/);
const at = (level: "disabled" | "advisory", ...lists: string[]): Preset =>
  Object.fromEntries(lists.flatMap(words).map((id) => [id, level]));

/** The preset for the programs of others: what is set otherwise than on this platform. */
export const GENERAL: Preset = {
  ...at("disabled", DECISIONS, KEYS_OF_ONES_OWN, COMFORT),
  ...at("advisory", ADVICE),
  // S3 has blocked public access to new buckets and disabled their ACLs by itself since April 2023.
  "s3-public-access-block": { explicit: false },
  "s3-acls-disabled": { explicit: false },
  "sg-no-open-ingress": { publicPorts: [80, 443] },
  "sg-narrow-ports": { directions: ["ingress"] },
  // The tag of awsx's public subnets.
  "subnet-no-public-ip": { enforcementLevel: "advisory", publicTag: "SubnetType=Public" },
};
