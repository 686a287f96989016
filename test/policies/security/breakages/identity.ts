import {
  add,
  inDocument,
  put,
  statement,
  type RuleCase,
  type RuleCases,
  type Which,
} from "../../support/breakage";
import { ACCOUNT, document, REGION } from "../../support/fixture";
import { bare, T } from "./types";

const allow = (Action: string | string[], Resource: string, Condition?: object): object => ({
  Sid: "Added",
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});

/** The same mistake in each place where permissions are given. */
function everywhere(...statements: object[]): RuleCase {
  const [first = {}] = statements;
  return {
    breakages: [
      ...statements.map((one) => statement(T.rolePolicy, "policy", one)),
      statement(T.policy, "policy", first),
      put(T.role, "inlinePolicies", [{ name: "inline", policy: document(first) }]),
    ],
  };
}

/** A role to which resources of `type` attach policies. */
const hasOwn =
  (type: string): Which =>
  (role, all) =>
    all.some((other) => other.type === type && other.propertyDependencies.role?.includes(role.urn));
const trust = (Principal: unknown, Condition?: object): object => ({
  Sid: "Added",
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...(Condition ? { Condition } : {}),
});
const github = (Condition: object): object => ({
  Sid: "Added",
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition,
});
const HOST = "token.actions.githubusercontent.com";
const JOB = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/*`;

/** A job inside the network, isolated and of a known size, that must have the given keys. */
const guarded = (keys: readonly string[]): object => ({
  Bool: { "sagemaker:NetworkIsolation": "true" },
  Null: Object.fromEntries(
    ["VpcSubnets", "InstanceTypes", ...keys].map((key) => [`sagemaker:${key}`, "false"]),
  ),
});

export const identityCases: RuleCases = {
  "policy-document-readable": {
    breakages: [
      put(T.rolePolicy, "policy", "{ Statement: [] }"),
      put(T.role, "assumeRolePolicy", "{}"),
      put(T.bucketPolicy, "policy", '["a list"]'),
      put(T.key, "policy", '{"Version":"2012-10-17","Statement":[]}'),
      put(T.machine, "definition", '{"States": '),
    ],
  },
  "iam-document-valid": {
    breakages: [
      inDocument(T.rolePolicy, "policy", "no version", (root) => delete root.Version),
      inDocument(
        T.policy,
        "policy",
        "a statement without an effect",
        (root) => delete root.Statement[0]?.Effect,
      ),
      inDocument(
        T.rolePolicy,
        "policy",
        "a statement without a resource",
        (root) => delete root.Statement[0]?.Resource,
      ),
    ],
  },
  "iam-no-admin": everywhere(allow("*", "*")),
  "iam-no-service-wildcard": everywhere(
    allow("s3:*", "arn:aws:s3:::smartretail-models"),
    allow(["sagemaker:*"], JOB),
  ),
  "iam-no-wildcard-resource": everywhere(allow("s3:DeleteObject", "*"), allow("states:StartExecution", "*")),
  "iam-passrole-scoped": everywhere(
    allow("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/training`),
    allow("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } }),
    allow("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/training`, {
      StringLike: { "iam:PassedToService": "*" },
    }),
    allow("iam:Pass*", `arn:aws:iam::${ACCOUNT}:role/training`),
  ),
  "iam-no-privesc": everywhere(
    allow("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/x`),
    allow("iam:Put*", `arn:aws:iam::${ACCOUNT}:role/x`),
    allow(["iam:PassRole", "lambda:CreateFunction"], "*"),
  ),
  "iam-no-credentials-exposure": everywhere(
    allow("sts:AssumeRole", "*"),
    allow("sts:GetFederationToken", "*"),
  ),
  "iam-no-data-exfiltration": everywhere(allow("secretsmanager:GetSecretValue", "*"), allow("s3:Get*", "*")),
  "iam-no-permissions-management": everywhere(
    allow("s3:PutBucketPolicy", "*"),
    allow("kms:PutKeyPolicy", "*"),
  ),
  "iam-kms-decrypt-scoped": everywhere(
    allow("kms:Decrypt", "*"),
    allow("kms:ReEncrypt*", `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`),
  ),
  "iam-no-broad-managed": {
    breakages: [
      put(T.attachment, "policyArn", "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"),
      put(T.attachment, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
      put(T.role, "managedPolicyArns", ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]),
    ],
  },
  "iam-trust-closed": {
    breakages: [
      statement(T.role, "assumeRolePolicy", trust("*")),
      statement(T.role, "assumeRolePolicy", trust({ AWS: "*" }, { StringLike: { "aws:UserAgent": "x" } })),
      statement(T.role, "assumeRolePolicy", trust({ AWS: "arn:aws:iam::999999999999:root" })),
    ],
  },
  "iam-trust-confused-deputy": {
    breakages: [statement(T.role, "assumeRolePolicy", trust({ Service: "events.amazonaws.com" }))],
  },
  "iam-no-not-elements": {
    breakages: [
      statement(T.rolePolicy, "policy", {
        Sid: "Added",
        Effect: "Allow",
        NotAction: "iam:*",
        Resource: "arn:aws:s3:::x",
      }),
      statement(T.policy, "policy", {
        Sid: "Added",
        Effect: "Allow",
        Action: "s3:GetObject",
        NotResource: "arn:aws:s3:::x",
      }),
      statement(T.role, "assumeRolePolicy", {
        Sid: "Added",
        Effect: "Allow",
        NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "sts:AssumeRole",
      }),
    ],
  },
  "iam-no-inline": {
    without: [T.rolePolicy],
    breakages: [
      add(bare(T.rolePolicy, { policy: document() })),
      put(T.role, "inlinePolicies", [{ name: "x", policy: document() }]),
    ],
  },
  "iam-no-mgmt-conflict": {
    breakages: [
      put(T.role, "inlinePolicies", [{ name: "x", policy: document() }], hasOwn(T.rolePolicy)),
      put(T.role, "managedPolicyArns", ["arn:aws:iam::aws:policy/ReadOnly"], hasOwn(T.attachment)),
    ],
  },
  "iam-boundary-required": { breakages: [{ ...put(T.role, "permissionsBoundary", undefined) }] },
  "iam-session-max": { breakages: [put(T.role, "maxSessionDuration", 43200)] },
  "iam-no-users": {
    breakages: ["user:User", "accessKey:AccessKey", "group:Group", "userLoginProfile:UserLoginProfile"].map(
      (type) => add(bare(`aws:iam/${type}`)),
    ),
  },
  "iam-oidc-subject": {
    breakages: [
      statement(
        T.role,
        "assumeRolePolicy",
        github({ StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com" } }),
      ),
      statement(
        T.role,
        "assumeRolePolicy",
        github({
          StringEquals: { [`${HOST}:aud`]: "sts.amazonaws.com" },
          StringLike: { [`${HOST}:sub`]: "repo:smartretail/*" },
        }),
      ),
      statement(
        T.role,
        "assumeRolePolicy",
        github({ StringEquals: { [`${HOST}:sub`]: "repo:smartretail/platform:ref:refs/heads/main" } }),
      ),
    ],
  },
  "iam-sagemaker-create-guarded": {
    breakages: [
      ...everywhere(
        allow("sagemaker:CreateTrainingJob", JOB),
        allow("sagemaker:Create*Job", JOB, { StringEqualsIfExists: { "sagemaker:VolumeKmsKeyArn": "key" } }),
        allow("sagemaker:CreateModel", `arn:aws:sagemaker:${REGION}:${ACCOUNT}:model/*`, {
          Null: { "sagemaker:VpcSubnets": "true" },
          Bool: { "sagemaker:NetworkIsolation": "true" },
        }),
        allow("sagemaker:CreateEndpointConfig", `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint-config/*`),
        // A limit that a request without a serverless variant passes too.
        allow("sagemaker:CreateEndpointConfig", `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint-config/*`, {
          NumericLessThanEqualsIfExists: { "sagemaker:ServerlessMemorySize": "2048" },
        }),
        // The name that no request may carry any more.
        allow("sagemaker:CreateTrainingJob", JOB, guarded(["VolumeKmsKey", "OutputKmsKeyArn"])),
      ).breakages,
      // Denials that let one key be missing, another key pass, or a request without the key.
      ...[
        { Null: { "sagemaker:OutputKmsKeyArn": "true", "sagemaker:VolumeKmsKeyArn": "true" } },
        {
          ArnNotEquals: { "sagemaker:VolumeKmsKeyArn": "key" },
          Null: { "sagemaker:VolumeKmsKeyArn": "false" },
        },
        { "ForAnyValue:StringNotEquals": { "sagemaker:VolumeKmsKeyArn": "key" } },
      ].map((Condition) =>
        put(
          T.policy,
          "policy",
          document(allow("sagemaker:CreateTrainingJob", JOB, guarded([])), {
            Sid: "Denied",
            Effect: "Deny",
            Action: "sagemaker:CreateTrainingJob",
            Resource: "*",
            Condition,
          }),
        ),
      ),
    ],
  },
  "iam-log-resource-policy": {
    options: { trustedAccounts: [ACCOUNT] },
    breakages: [
      statement(T.logPolicy, "policyDocument", {
        Sid: "All",
        Effect: "Allow",
        Principal: "*",
        Action: "logs:PutLogEvents",
        Resource: "*",
      }),
      statement(T.logPolicy, "policyDocument", {
        Sid: "Other",
        Effect: "Allow",
        Principal: { AWS: "999999999999" },
        Action: "logs:GetLogEvents",
        Resource: "*",
      }),
    ],
  },
};
