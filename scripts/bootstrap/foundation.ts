import { policyDocument, type Statement } from "../../components/policy-document";
import { DEPLOYMENT_NAMESPACE } from "../../contracts/metrics";
import { sortedJson } from "../../components/sorted-json";

/** Where a bootstrap works and for whom. */
export interface BootstrapScope {
  readonly accountId: string;
  readonly region: string;
  /** Stack, and GitHub environment that deploys it. */
  readonly stack: string;
  /** Part of every physical name; two stacks of one environment are in accounts of their own. */
  readonly environment: string;
  /** `owner/name` on GitHub: the only repository whose workflows may deploy. */
  readonly repository: string;
}

/** What must be there before the first deployment; everything by name, so that a second run finds it. */
export interface Foundation {
  /** Pulumi's state: versioned, encrypted with the key, over TLS only. */
  readonly stateBucket: string;
  /** Key of the state and of the stack's secrets. */
  readonly keyAlias: string;
  readonly keyPolicy: string;
  readonly bucketPolicy: string;
  readonly roles: readonly FoundationRole[];
}

export interface FoundationRole {
  readonly name: string;
  readonly description: string;
  readonly trust: string;
  /** Inline policies by name: they live and die with the role. */
  readonly policies: Readonly<Record<string, string>>;
}

export const OIDC_HOST = "token.actions.githubusercontent.com";
export const OIDC_AUDIENCE = "sts.amazonaws.com";

export function foundationOf(scope: BootstrapScope): Foundation {
  const { accountId, stack, environment } = scope;
  const stateBucket = `smartretail-${environment}-state-${accountId}`;
  const keyAlias = `alias/smartretail-${environment}-state`;
  return {
    stateBucket,
    keyAlias,
    keyPolicy: keyPolicy(scope),
    bucketPolicy: tlsOnly(stateBucket),
    roles: [
      {
        name: "smartretail-deployer",
        description: `Deploys the platform of ${stack} from GitHub`,
        trust: trustOf(scope, stack),
        policies: deployerPolicies(scope, stateBucket),
      },
      {
        name: "smartretail-preview",
        description: `Previews changes of ${stack} from pull requests: reads the state, changes nothing`,
        trust: trustOf(scope, `${stack}-preview`),
        policies: {
          endpoints: policyDocument(readEndpoints(scope)),
          state: policyDocument(readState(stateBucket)),
        },
      },
    ],
  };
}

/** One GitHub environment of one repository: its reviewers decide who gets there. */
function trustOf({ accountId, repository }: BootstrapScope, githubEnvironment: string): string {
  return sortedJson({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WorkflowsOfThisEnvironment",
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${OIDC_HOST}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${OIDC_HOST}:aud`]: OIDC_AUDIENCE,
            [`${OIDC_HOST}:sub`]: `repo:${repository}:environment:${githubEnvironment}`,
          },
        },
      },
    ],
  });
}

/** The account's root and IAM decide; the two roles use the key by their own policies. */
function keyPolicy({ accountId }: BootstrapScope): string {
  return policyDocument([
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ]);
}

function tlsOnly(bucket: string): string {
  return policyDocument([
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

/** A preview asks the cloud who it is and reads the state, with the secrets in it. */
function readState(bucket: string): Statement[] {
  return [
    {
      Sid: "ListState",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: `arn:aws:s3:::${bucket}`,
    },
    { Sid: "ReadState", Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
    {
      Sid: "DecryptState",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: "*",
      Condition: OF_STATE_KEY,
    },
  ];
}

/** Whether endpoints run what was deployed (npm run rollout -- --check --publish): names and versions, no data. */
function readEndpoints({ accountId, region, environment }: BootstrapScope): Statement[] {
  const sagemaker = `arn:aws:sagemaker:${region}:${accountId}`;
  const parameters = `arn:aws:ssm:${region}:${accountId}:parameter/smartretail/${environment}`;
  return [
    {
      Sid: "DescribeEndpoints",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpoint",
      Resource: `${sagemaker}:endpoint/smartretail-${environment}-*`,
    },
    {
      Sid: "DescribeEndpointConfigurations",
      Effect: "Allow",
      Action: "sagemaker:DescribeEndpointConfig",
      // Pulumi names configurations.
      Resource: `${sagemaker}:endpoint-config/*`,
    },
    {
      Sid: "ReadDesiredConfigurations",
      Effect: "Allow",
      Action: "ssm:GetParameter",
      Resource: [`${parameters}/endpoints/*`, `${parameters}/models/*`],
    },
    {
      Sid: "PublishWhatWasFound",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      // Metrics have no resource; their namespace is the scope.
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": DEPLOYMENT_NAMESPACE } },
    },
  ];
}

/** By the alias: this key is there long before anybody uses it, so that its alias has reached authorization. */
const OF_STATE_KEY = { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/smartretail-*-state" } };

function deployerPolicies(scope: BootstrapScope, stateBucket: string): Record<string, string> {
  return {
    state: policyDocument([
      ...readState(stateBucket),
      {
        Sid: "WriteState",
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:PutObject"],
        Resource: `arn:aws:s3:::${stateBucket}/*`,
      },
      {
        Sid: "EncryptState",
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: OF_STATE_KEY,
      },
    ]),
    platform: policyDocument(platformStatements(scope)),
    identity: policyDocument(identityStatements(scope)),
    fence: policyDocument(fenceStatements(scope)),
  };
}

/** Services of which the program makes resources. The account is the environment's own; the fence says what stays out of reach. */
const SERVICES = [
  "apigateway",
  "application-autoscaling",
  "budgets",
  "cloudwatch",
  "dynamodb",
  "ec2",
  "ecr",
  "events",
  "glue",
  "kms",
  "lambda",
  "logs",
  "s3",
  "sagemaker",
  "scheduler",
  "sns",
  "sqs",
  "ssm",
  "states",
  "tag",
  "wafv2",
];

function platformStatements({ region }: BootstrapScope): Statement[] {
  return [
    {
      Sid: "MakeThePlatform",
      Effect: "Allow",
      Action: SERVICES.map((service) => `${service}:*`),
      Resource: "*",
      // Services without a region count as us-east-1.
      Condition: { StringEquals: { "aws:RequestedRegion": [region, "us-east-1"] } },
    },
  ];
}

function identityStatements({ accountId, environment }: BootstrapScope): Statement[] {
  const iam = `arn:aws:iam::${accountId}`;
  const roles = `${iam}:role/smartretail-${environment}-*`;
  return [
    {
      Sid: "MakeRoles",
      Effect: "Allow",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DetachRolePolicy",
        "iam:GetRole",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:PassRole",
        "iam:PutRolePermissionsBoundary",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "MakePolicies",
      Effect: "Allow",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:ListPolicyVersions",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ],
      Resource: `${iam}:policy/smartretail-${environment}-*`,
    },
    {
      Sid: "LetServicesMakeTheirRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `${iam}:role/aws-service-role/*`,
      Condition: {
        StringEquals: {
          "iam:AWSServiceName": [
            "ops.apigateway.amazonaws.com",
            "sagemaker.application-autoscaling.amazonaws.com",
            "sagemaker.amazonaws.com",
          ],
        },
      },
    },
    {
      Sid: "CheckRoles",
      Effect: "Allow",
      Action: "iam:GetRole",
      Resource: `${iam}:role/smartretail-deployer`,
    },
  ];
}

/** Denied to the deployer: reading the sales data, deleting the state or its key, and changing its own rights. */
function fenceStatements({ accountId, environment }: BootstrapScope): Statement[] {
  const data = ["raw", "processed", "features", "results", "capture"];
  return [
    {
      Sid: "DenyReadingData",
      Effect: "Deny",
      Action: "s3:GetObject*",
      Resource: data.map((purpose) => `arn:aws:s3:::smartretail-${environment}-${purpose}-${accountId}/*`),
    },
    {
      Sid: "DenyStateKeyDeletion",
      Effect: "Deny",
      Action: ["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Resource: "*",
      Condition: OF_STATE_KEY,
    },
    {
      Sid: "DenyStateDeletion",
      Effect: "Deny",
      Action: [
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:DeleteObjectVersion",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
      ],
      Resource: [
        `arn:aws:s3:::smartretail-${environment}-state-${accountId}`,
        `arn:aws:s3:::smartretail-${environment}-state-${accountId}/*`,
      ],
    },
    {
      Sid: "DenyWiderDoors",
      Effect: "Deny",
      Action: ["iam:AttachRolePolicy", "iam:DeleteRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
      Resource: [
        `arn:aws:iam::${accountId}:role/smartretail-deployer`,
        `arn:aws:iam::${accountId}:role/smartretail-preview`,
      ],
    },
  ];
}
