import { add, change, drop, inDocument, put, statement, unset, type RuleCases } from "../../support/breakage";
import type { AnalyzedResource } from "../../../../preview/policies/analyzed-resource";
import { ACCOUNT } from "../../support/fixture";
import { bare, T } from "./types";

const data = (resource: AnalyzedResource): boolean => !/log/i.test(resource.name);
const openRead = (condition: object): object => ({
  Sid: "Reads",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::x/*",
  Condition: condition,
});
const DEFAULT = "applyServerSideEncryptionByDefault";

export const storageCases: RuleCases = {
  "s3-public-access-block": {
    options: { explicit: true },
    breakages: [
      drop(T.block),
      put(T.block, "blockPublicPolicy", false),
      unset(T.block, "restrictPublicBuckets"),
    ],
  },
  "s3-no-public-acl": {
    breakages: [
      put(T.bucket, "acl", "public-read"),
      add(bare(T.acl, { bucket: "x", acl: "public-read-write" })),
    ],
  },
  "s3-acls-disabled": {
    options: { explicit: true },
    breakages: [drop(T.ownership), put(T.ownership, "rule.objectOwnership", "ObjectWriter")],
  },
  "s3-sse-kms-cmk": {
    with: [T.logging],
    breakages: [
      drop(T.encryption),
      put(T.encryption, `rules[0].${DEFAULT}`, { sseAlgorithm: "AES256" }, data),
      unset(T.encryption, `rules[0].${DEFAULT}.kmsMasterKeyId`, data),
    ],
  },
  "s3-bucket-key": {
    breakages: [
      put(T.encryption, "rules[0].bucketKeyEnabled", false, data),
      unset(T.encryption, "rules[0].bucketKeyEnabled", data),
    ],
  },
  "s3-tls-only": {
    breakages: [
      drop(T.bucketPolicy),
      inDocument(T.bucketPolicy, "policy", "plain HTTP", (root) => {
        root.Statement = root.Statement.filter((s) => !JSON.stringify(s).includes("SecureTransport"));
      }),
      inDocument(T.bucketPolicy, "policy", "TLS for uploads only", (root) => {
        for (const s of root.Statement)
          if (JSON.stringify(s).includes("SecureTransport")) s.Action = "s3:PutObject";
      }),
    ],
  },
  "s3-no-public-policy": {
    options: { trustedAccounts: [ACCOUNT] },
    breakages: [
      statement(T.bucketPolicy, "policy", openRead({})),
      statement(T.bucketPolicy, "policy", openRead({ StringLike: { "aws:UserAgent": "smartretail*" } })),
      statement(T.bucketPolicy, "policy", openRead({ Bool: { "aws:SecureTransport": "true" } })),
      statement(T.bucketPolicy, "policy", openRead({ IpAddress: { "aws:SourceIp": "0.0.0.0/1" } })),
      statement(T.bucketPolicy, "policy", openRead({ StringLike: { "aws:PrincipalOrgID": "*" } })),
      statement(T.bucketPolicy, "policy", {
        Sid: "Wide",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/x` },
        Action: "s3:*",
        Resource: "*",
      }),
      statement(T.bucketPolicy, "policy", {
        Sid: "Other",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: "s3:GetObject",
        Resource: "*",
      }),
    ],
  },
  "s3-policy-no-lockout": {
    breakages: [
      statement(T.bucketPolicy, "policy", {
        Sid: "Nobody",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
      }),
    ],
  },
  "s3-vpce-only": {
    with: [T.logging],
    breakages: [
      inDocument(
        T.bucketPolicy,
        "policy",
        "from everywhere",
        (root) => {
          root.Statement = root.Statement.filter((s) => !/SourceVpc/i.test(JSON.stringify(s)));
        },
        data,
      ),
    ],
  },
  "s3-versioning": {
    breakages: [drop(T.versioning), put(T.versioning, "versioningConfiguration.status", "Suspended")],
  },
  "s3-access-logging": {
    breakages: [
      drop(T.logging),
      unset(T.logging, "targetBucket"),
      change(T.logging, "targetBucket", () => undefined, undefined, "targetBucket to nowhere"),
    ],
  },
  "s3-object-lock": {
    options: { buckets: ["*"] },
    breakages: [both(drop(T.lock), put(T.bucket, "objectLockEnabled", false))],
  },
  "s3-replication": {
    with: [T.versioning],
    breakages: [drop(T.replication), put(T.replication, "rules", [])],
  },
  "s3-events": { with: [T.versioning], breakages: [drop(T.notification)] },
  "s3-mfa-delete": {
    breakages: [
      put(T.versioning, "versioningConfiguration.mfaDelete", "Disabled"),
      unset(T.versioning, "versioningConfiguration.mfaDelete"),
    ],
  },
  "s3-no-website": {
    breakages: [add(bare(T.website)), put(T.bucket, "website", { indexDocument: "index.html" })],
  },
  "s3-no-force-destroy": { breakages: [put(T.bucket, "forceDestroy", true)] },
  "s3-no-deprecated-inline": {
    breakages: [
      put(T.bucket, "versioning", { enabled: true }),
      put(T.bucket, "lifecycleRules", [{ enabled: true }]),
    ],
  },
  "kms-rotation": {
    breakages: [
      put(T.key, "enableKeyRotation", false),
      unset(T.key, "enableKeyRotation"),
      put(T.key, "rotationPeriodInDays", 730),
    ],
  },
  "kms-policy-explicit": { without: [T.keyPolicy], breakages: [unset(T.key, "policy")] },
  "kms-no-wildcard-principal": {
    breakages: [
      statement(T.key, "policy", {
        Sid: "All",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
      statement(T.key, "policy", {
        Sid: "Via",
        Effect: "Allow",
        Principal: "*",
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" } },
      }),
    ],
  },
  "kms-service-scoped": {
    breakages: [
      statement(T.key, "policy", {
        Sid: "Sns",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
      statement(T.key, "policy", {
        Sid: "Grant",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/x` },
        Action: "kms:CreateGrant",
        Resource: "*",
      }),
    ],
  },
  "kms-no-lockout": {
    breakages: [
      inDocument(T.key, "policy", "nobody administers", (root) => {
        root.Statement = [
          {
            Sid: "Use",
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/x` },
            Action: "kms:Decrypt",
            Resource: "*",
          },
        ];
      }),
      statement(T.key, "policy", {
        Sid: "Nobody",
        Effect: "Deny",
        Principal: "*",
        Action: "kms:Put*",
        Resource: "*",
      }),
      put(T.key, "bypassPolicyLockoutSafetyCheck", true),
    ],
  },
  "kms-deletion-window": { breakages: [put(T.key, "deletionWindowInDays", 7)] },
  "kms-enabled": { breakages: [put(T.key, "isEnabled", false)] },
  "kms-single-region": { breakages: [put(T.key, "multiRegion", true)] },
  "kms-described": { breakages: [unset(T.key, "description"), put(T.key, "description", "")] },
  "ecr-scan": {
    breakages: [
      put(T.repository, "imageScanningConfiguration.scanOnPush", false),
      unset(T.repository, "imageScanningConfiguration"),
    ],
  },
  "ecr-immutable": {
    breakages: [
      put(T.repository, "imageTagMutability", "MUTABLE"),
      put(T.repository, "imageTagMutabilityExclusionFilters", [{ filter: "latest", filterType: "WILDCARD" }]),
    ],
  },
  "ecr-cmk": {
    breakages: [
      unset(T.repository, "encryptionConfigurations"),
      put(T.repository, "encryptionConfigurations[0].encryptionType", "AES256"),
    ],
  },
  "ecr-policy-closed": {
    options: { trustedAccounts: [ACCOUNT] },
    breakages: [
      statement(T.repositoryPolicy, "policy", {
        Sid: "All",
        Effect: "Allow",
        Principal: "*",
        Action: "ecr:*",
      }),
      statement(T.repositoryPolicy, "policy", {
        Sid: "Other",
        Effect: "Allow",
        Principal: { AWS: "999999999999" },
        Action: "ecr:BatchGetImage",
      }),
    ],
  },
  "ddb-pitr": {
    breakages: [put(T.table, "pointInTimeRecovery.enabled", false), unset(T.table, "pointInTimeRecovery")],
  },
  "ddb-cmk": {
    breakages: [unset(T.table, "serverSideEncryption.kmsKeyArn"), unset(T.table, "serverSideEncryption")],
  },
  "ddb-deletion-protection": {
    breakages: [
      put(T.table, "deletionProtectionEnabled", false),
      unset(T.table, "deletionProtectionEnabled"),
    ],
  },
  "ddb-capacity": { breakages: [put(T.table, "billingMode", "PROVISIONED"), unset(T.table, "billingMode")] },
};

/** Two changes that are one mistake. */
function both(first: ReturnType<typeof drop>, second: ReturnType<typeof drop>): ReturnType<typeof drop> {
  return {
    ...second,
    what: `${first.what} and ${second.what}`,
    apply: (resources) => {
      const once = first.apply(resources);
      return once && second.apply(once.resources);
    },
  };
}
