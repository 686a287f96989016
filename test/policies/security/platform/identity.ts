import { ACCOUNT, document, REGION, ref, TAGS, type Fixture } from "../../support/fixture";

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

const TRUST = {
  Sid: "Service",
  Effect: "Allow",
  Principal: { Service: "sagemaker.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
};
const PIPELINE_TRUST = {
  Sid: "Pipeline",
  Effect: "Allow",
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
    StringLike: { "token.actions.githubusercontent.com:sub": "repo:smartretail/platform:*" },
  },
};
const TRAIN = {
  Sid: "Train",
  Effect: "Allow",
  Action: ["sagemaker:CreateTrainingJob", "sagemaker:CreateProcessingJob"],
  Resource: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:*-job/smartretail-*`,
  Condition: {
    Null: { "sagemaker:VpcSubnets": "false" },
    "ForAllValues:StringEquals": { "sagemaker:VpcSubnets": ["subnet-1"] },
    StringEquals: { "sagemaker:VolumeKmsKeyArn": KEY, "sagemaker:OutputKmsKeyArn": KEY },
    Bool: { "sagemaker:NetworkIsolation": "true" },
    "ForAnyValue:StringLike": { "sagemaker:InstanceTypes": ["ml.m5.*"] },
  },
};
const PASS = {
  Sid: "PassTraining",
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: `arn:aws:iam::${ACCOUNT}:role/training`,
  Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
};
const READ = {
  Sid: "Read",
  Effect: "Allow",
  Action: ["s3:GetObject", "kms:Decrypt"],
  Resource: ["arn:aws:s3:::smartretail-models/*", KEY],
};
const METRICS = { Sid: "Metrics", Effect: "Allow", Action: "cloudwatch:PutMetricData", Resource: "*" };

/** Roles and policies that keep every rule. */
export const identityPlatform: readonly Fixture[] = [
  {
    type: "aws:iam/role:Role",
    name: "training",
    properties: {
      name: "training",
      assumeRolePolicy: document(TRUST),
      permissionsBoundary: "arn:aws:iam::aws:policy/Boundary",
      maxSessionDuration: 3600,
      tags: TAGS,
    },
  },
  {
    type: "aws:iam/role:Role",
    name: "pipeline",
    properties: {
      name: "pipeline",
      assumeRolePolicy: document(PIPELINE_TRUST),
      permissionsBoundary: "arn:aws:iam::aws:policy/Boundary",
      tags: TAGS,
    },
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "training-policy",
    properties: { role: ref("training"), policy: document(TRAIN, PASS, READ, METRICS) },
  },
  {
    type: "aws:iam/policy:Policy",
    name: "readers",
    properties: { policy: document(READ), tags: TAGS },
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "training-readers",
    properties: { role: ref("training"), policyArn: ref("readers", "arn") },
  },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    name: "log-policy",
    properties: {
      policyDocument: document({
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "logs:PutLogEvents",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      }),
    },
  },
];
