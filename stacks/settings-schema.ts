import { z } from "zod";
import { contains, parseCidr, PRIVATE_NETWORKS } from "../components/cidr";
import { isHostingInstanceType, isJobInstanceType } from "../components/instance-types";
import { CATEGORIES } from "../contracts/categories";
import { TRAINING_ALGORITHMS } from "../contracts/training-algorithms";
import { interfaceEndpointNames } from "../components/interface-endpoints";

/** What a person in Studio may do; each has a role of its own (stacks/identity.ts). */
export const PERSONAS = ["data-scientist", "ml-engineer"] as const;
export type Persona = (typeof PERSONAS)[number];

const ENVIRONMENTS = ["dev", "prod"] as const;

/** CloudWatch Logs keeps events for these periods only. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
/** Serverless memory sizes of CreateEndpointConfig. */
const SERVERLESS_MEMORY_MB = [1024, 2048, 3072, 4096, 5120, 6144];

const integer = (minimum: number, maximum: number) => {
  const allowed = `an integer from ${minimum} to ${maximum}`;
  return z.int(allowed).min(minimum, allowed).max(maximum, allowed);
};
const text = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);
const list = <T extends z.ZodType>(item: T, allowed: string) => z.array(item, allowed).min(1, allowed);

/** AWS Budgets sends an alert to 10 addresses at most. */
const ALERT_EMAILS_MAX = 10;
/** Every one of them is named in each key and bucket policy, which AWS limits to 20 to 32 KB. */
const ROLES_MAX = 10;
const ROLES_ALLOWED = `at most ${ROLES_MAX} IAM role names`;
/** Studio profiles that the subnets have room for, at 2 to 4 addresses each. */
const USER_PROFILES_MAX = 100;
/** Distinct accounts have distinct numbers; this one only stands in examples. */
const ACCOUNT = "(?!0{12})\\d{12}";

/** Step Functions: an inline Map runs 40 items at a time. */
const SHARDS_MAX = 40;

const label = text(
  /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/,
  "3 to 32 lower-case letters, digits and hyphens, a letter first",
);
/** RFC 5321's lengths, and the characters that SNS and Budgets deliver to. */
const email = text(
  /^(?=.{6,254}$)[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  "an e-mail address such as ml-platform@example.jp",
);
const hostingType = z
  .string()
  .refine(
    isHostingInstanceType,
    "a CPU instance type of SageMaker hosting such as ml.m5.large (hosting has no ml.t3.*)",
  );
const JOB_TYPE = "a CPU instance type of SageMaker training and processing such as ml.m5.xlarge";
const jobType = z.string(JOB_TYPE).refine(isJobInstanceType, JOB_TYPE);
/** With its path, if it has one: roles of Identity Center are below `aws-reserved/sso.amazonaws.com/`. */
const roleName = text(/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, "an IAM role name, with its path if it has one");
const ALGORITHMS_ALLOWED = `category=algorithm with a category of ${CATEGORIES.join(", ")} and an algorithm of ${TRAINING_ALGORITHMS.join(", ")}`;
const trainingAlgorithm = text(
  new RegExp(`^(${CATEGORIES.join("|")})=(${TRAINING_ALGORITHMS.join("|")})$`),
  ALGORITHMS_ALLOWED,
);
const userProfile = text(
  new RegExp(`^[a-z][a-z0-9-]{1,30}=(${PERSONAS.join("|")})$`),
  `name=persona with a persona of ${PERSONAS.join(", ")}`,
).transform((entry) => {
  const [name = "", persona] = entry.split("=");
  return { name, persona: persona as Persona };
});

/** The configuration of one environment. Types, defaults and meanings stand in Pulumi.yaml; the limits stand here. */
export const settingsSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS, "dev or prod"),
  region: text(/^[a-z]{2}-[a-z]+-\d$/, "an AWS region such as ap-northeast-1"),
  allowedAccountIds: list(
    text(new RegExp(`^${ACCOUNT}$`), "an AWS account of 12 digits"),
    "at least one AWS account",
  ),
  owner: label,
  costCenter: label,
  alertEmails: list(email, "at least one e-mail address").max(
    ALERT_EMAILS_MAX,
    `at most ${ALERT_EMAILS_MAX} e-mail addresses`,
  ),

  vpcCidr: z
    .string()
    .refine(isPrivateNetwork, "a private IPv4 network such as 10.40.0.0/16, without leading zeros"),
  availabilityZoneCount: integer(2, 3),
  interfaceEndpoints: z.array(z.enum(interfaceEndpointNames, `one of ${interfaceEndpointNames.join(", ")}`)),
  interfaceEndpointZoneCount: integer(1, 3),
  deployerRoleNames: list(roleName, "at least one IAM role name").max(ROLES_MAX, ROLES_ALLOWED),
  breakGlassRoleNames: z.array(roleName).max(ROLES_MAX, ROLES_ALLOWED),
  auditorRoleNames: z.array(roleName).max(ROLES_MAX, ROLES_ALLOWED),
  permissionsBoundaryArn: text(
    new RegExp(`^$|^arn:aws:iam::${ACCOUNT}:policy/([\\w+=,.@-]{1,128}/){0,8}[\\w+=,.@-]{1,128}$`),
    "empty or the ARN of an IAM policy of this account",
  ),
  kmsDeletionWindowDays: integer(7, 30),
  logRetentionDays: z.literal(LOG_RETENTION_DAYS, `one of ${LOG_RETENTION_DAYS.join(", ")}`),

  protectData: z.boolean("true or false"),
  emptyBucketsOnDestroy: z.boolean("true or false"),
  rawRetentionDays: integer(30, 3650),
  resultsRetentionDays: integer(30, 3650),
  captureRetentionDays: integer(7, 365),
  accessLogRetentionDays: integer(30, 3650),

  studioUserProfiles: z.array(userProfile).max(USER_PROFILES_MAX, `at most ${USER_PROFILES_MAX} profiles`),
  studioInstanceTypes: list(
    text(
      /^ml\.(t3|m5|c5)\.(medium|\d*x?large)$/,
      "a Studio instance type of the ml.t3, ml.m5 or ml.c5 family",
    ),
    "at least one instance type",
  ),
  studioIdleTimeoutMinutes: integer(60, 525600),
  studioHomeRetention: z.enum(["Retain", "Delete"], "Retain or Delete"),

  featureTtlDays: integer(8, 365),
  processingImageUri: text(
    new RegExp(
      `^$|^${ACCOUNT}\\.dkr\\.ecr\\.[a-z0-9-]{8,32}\\.amazonaws\\.com/(?=.{2,256}@)[a-z0-9]+([._/-][a-z0-9]+)*@sha256:[0-9a-f]{64}$`,
    ),
    "empty (the image is built) or an ECR image by digest, <registry>/<repository>@sha256:<64 hex digits>",
  ),
  jobInstanceTypes: list(jobType, "at least one instance type"),

  schedulesEnabled: z.boolean("true or false"),
  processingShardCount: integer(1, SHARDS_MAX),
  shardInstanceType: jobType,
  pipelineInstanceType: jobType,
  jobVolumeGigabytes: integer(20, 1000),
  transformInstanceType: jobType,
  transformInstanceCount: integer(1, 20),
  trainingInstanceType: jobType,
  trainingAlgorithms: z
    .array(trainingAlgorithm, ALGORITHMS_ALLOWED)
    .refine(
      (all) => new Set(all.map((entry) => entry.split("=")[0])).size === all.length,
      "each category at most once",
    ),
  deliveryWaitMinutes: integer(0, 300),
  lateStorePercentMax: integer(0, 50),
  retrainCoolDownDays: integer(1, 60),
  modelApproval: z.enum(["automatic", "manual"], "automatic or manual"),
  tuningJobCount: integer(1, 100),

  hostingMode: z.enum(["realtime", "serverless"], "realtime or serverless"),
  hostingInstanceType: hostingType,
  championWeight: integer(1, 100),
  challengerWeight: integer(0, 50),
  variantMinInstances: integer(1, 20),
  variantMaxInstances: integer(1, 50),
  invocationsPerInstancePerMinute: integer(1, 100000),
  concurrentRequestsPerInstance: integer(0, 1000),
  captureSamplingPercent: integer(0, 100),
  latencyP99Milliseconds: integer(10, 60000),
  serverlessMemoryMb: z.literal(SERVERLESS_MEMORY_MB, `one of ${SERVERLESS_MEMORY_MB.join(", ")}`),
  serverlessMaxConcurrency: integer(1, 200),
  serverlessProvisionedConcurrency: integer(0, 200),
  serverlessProvisionedConcurrencyMax: integer(0, 200),

  apiAccess: z.enum(["private", "regional"], "private or regional"),
  apiRequestsPerSecond: integer(1, 5000),
  apiRequestsPerDay: integer(1, 100000000),
  apiLatencyP99Milliseconds: integer(50, 29000),
  functionsInNetwork: z.boolean("true or false"),
  functionConcurrency: integer(1, 1000),
  forecastWarmInstances: integer(0, 100),

  monthlyBudgetUsd: integer(1, 1000000),
  budgetAlertPercents: list(integer(1, 200), "1 to 4 percentages").max(4, "1 to 4 percentages"),
});

export type Settings = Readonly<z.output<typeof settingsSchema>>;

function isPrivateNetwork(value: string): boolean {
  const network = parseCidr(value);
  return network !== undefined && PRIVATE_NETWORKS.some((outer) => contains(outer, network));
}
