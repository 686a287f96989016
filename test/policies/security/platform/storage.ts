import { ACCOUNT, document, REGION, ref, TAGS, type Fixture } from "../../support/fixture";

const DENY_HTTP = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const ENDPOINT_ONLY = {
  Sid: "VpcEndpointOnly",
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: "*",
  Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" }, Bool: { "aws:ViaAWSService": "false" } },
};

/** A bucket with everything around it. */
function bucket(name: string, logsInto: string | undefined, algorithm: "aws:kms" | "AES256"): Fixture[] {
  const of = { bucket: ref(name) };
  const kms = algorithm === "aws:kms" ? { kmsMasterKeyId: ref("data-key", "arn") } : {};
  return [
    {
      type: "aws:s3/bucket:Bucket",
      name,
      protect: true,
      properties: { bucket: `smartretail-${name}`, objectLockEnabled: true, forceDestroy: false, tags: TAGS },
    },
    {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      name: `${name}-block`,
      properties: {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
    },
    {
      type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      name: `${name}-ownership`,
      properties: { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: `${name}-encryption`,
      properties: {
        ...of,
        rules: [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: algorithm, ...kms }, bucketKeyEnabled: true },
        ],
      },
    },
    {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      name: `${name}-versioning`,
      properties: { ...of, versioningConfiguration: { status: "Enabled", mfaDelete: "Enabled" } },
    },
    {
      type: "aws:s3/bucketPolicy:BucketPolicy",
      name: `${name}-policy`,
      properties: { ...of, policy: document(DENY_HTTP, ...(logsInto ? [ENDPOINT_ONLY] : [])) },
    },
    {
      type: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      name: `${name}-lock`,
      properties: { ...of, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } },
    },
    {
      type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      name: `${name}-copy`,
      properties: { ...of, rules: [{ status: "Enabled" }] },
    },
    { type: "aws:s3/bucketNotification:BucketNotification", name: `${name}-events`, properties: of },
    ...(logsInto
      ? [
          {
            type: "aws:s3/bucketLogging:BucketLogging",
            name: `${name}-logging`,
            properties: { ...of, targetBucket: ref(logsInto), targetPrefix: `${name}/` },
          },
        ]
      : []),
  ];
}

const ADMINISTRATION = {
  Sid: "Administration",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: "kms:*",
  Resource: "*",
};
const LOGS_SERVICE = {
  Sid: "Logs",
  Effect: "Allow",
  Principal: { Service: `logs.${REGION}.amazonaws.com` },
  Action: ["kms:Encrypt", "kms:Decrypt"],
  Resource: "*",
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${ACCOUNT}:*` } },
};

/** Buckets, keys, tables and images that keep every rule. */
export const storagePlatform: readonly Fixture[] = [
  ...bucket("models", "access-logs", "aws:kms"),
  ...bucket("access-logs", undefined, "AES256"),
  {
    type: "aws:kms/key:Key",
    name: "data-key",
    protect: true,
    properties: {
      description: "Encrypts the data lake",
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      policy: document(ADMINISTRATION, LOGS_SERVICE),
      tags: TAGS,
    },
  },
  {
    type: "aws:kms/keyPolicy:KeyPolicy",
    name: "data-key-policy",
    properties: { keyId: ref("data-key"), policy: document(ADMINISTRATION) },
  },
  {
    type: "aws:dynamodb/table:Table",
    name: "experiments",
    protect: true,
    properties: {
      name: "experiments",
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: ref("data-key", "arn") },
      deletionProtectionEnabled: true,
      tags: TAGS,
    },
  },
  {
    type: "aws:ecr/repository:Repository",
    name: "processing",
    properties: {
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: ref("data-key", "arn") }],
      tags: TAGS,
    },
  },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    name: "processing-policy",
    properties: {
      repository: ref("processing"),
      policy: document({
        Sid: "Pull",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/processing` },
        Action: "ecr:BatchGetImage",
      }),
    },
  },
  {
    type: "aws:ssm/parameter:Parameter",
    name: "champion-pointer",
    properties: { name: "/smartretail/champion", type: "String", value: "drinks-0001", tags: TAGS },
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    name: "partner-secret-version",
    properties: { secretId: "partner" },
  },
];
