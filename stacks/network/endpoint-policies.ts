import type { InterfaceEndpointName } from "../../components/interface-endpoints";
import { policyDocument, type Statement } from "../../components/policy-document";
import type { ArnScope } from "../context";

/** IAM prefix of the actions that each endpoint carries. */
const SERVICE_PREFIX: Readonly<Record<InterfaceEndpointName, string>> = {
  "sagemaker.api": "sagemaker",
  "sagemaker.runtime": "sagemaker",
  "sagemaker.featurestore-runtime": "sagemaker",
  "sagemaker.metrics": "sagemaker",
  studio: "sagemaker",
  sts: "sts",
  logs: "logs",
  monitoring: "cloudwatch",
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
  kms: "kms",
  states: "states",
  events: "events",
  lambda: "lambda",
  ssm: "ssm",
  glue: "glue",
  athena: "athena",
  "execute-api": "execute-api",
  sns: "sns",
  sqs: "sqs",
  "application-autoscaling": "application-autoscaling",
  xray: "xray",
  dynamodb: "dynamodb",
};

/** Endpoints whose callers the service itself checks: their requests need not carry a principal of IAM. */
const CHECKED_BY_THE_SERVICE: readonly InterfaceEndpointName[] = ["studio", "execute-api"];

/**
 * What passes through an interface endpoint: this account's principals, to this account's resources.
 *
 * It is a fence, not a grant: credentials of another account brought into the network do not work through it, and data
 * cannot be sent to another account's resources. What a principal may do is said by its role.
 */
export function interfaceEndpointPolicy(
  { accountId, region }: ArnScope,
  name: InterfaceEndpointName,
): string {
  const service = SERVICE_PREFIX[name];
  const traffic = { Effect: "Allow", Principal: "*", Action: `${service}:*` } as const;
  if (CHECKED_BY_THE_SERVICE.includes(name)) {
    const resource = `arn:aws:${service}:${region}:${accountId}:*`;
    return policyDocument([{ Sid: "AllowServiceOnOwnResources", ...traffic, Resource: resource }]);
  }
  return policyDocument([
    {
      Sid: "AllowOwnResources",
      ...traffic,
      // Lists and metrics have no resource of their own; the condition holds where a resource is named.
      Resource: "*",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": accountId },
        StringEqualsIfExists: { "aws:ResourceAccount": accountId },
      },
    },
  ]);
}

/** Through the S3 endpoint: this account's principals to its buckets, and what SageMaker's own machinery reads. */
export function s3EndpointPolicy({ accountId, region, prefix }: ArnScope): string {
  return policyDocument([
    {
      Sid: "AllowOwnBuckets",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${prefix}-*-${accountId}`, `arn:aws:s3:::${prefix}-*-${accountId}/*`],
      Condition: {
        StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId },
      },
    },
    ...awsBuckets(region),
  ]);
}

/** Buckets of AWS: read only, by name. */
function awsBuckets(region: string): Statement[] {
  return [
    {
      // ECR hands out image layers as presigned links into this bucket.
      Sid: "AllowEcrImageLayers",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
    },
  ];
}

/** Through the DynamoDB endpoint: this account's principals to the platform's tables. */
export function dynamodbEndpointPolicy({ accountId, region, prefix }: ArnScope): string {
  const table = `arn:aws:dynamodb:${region}:${accountId}:table/${prefix}-*`;
  return policyDocument([
    {
      Sid: "AllowOwnTables",
      Effect: "Allow",
      Principal: "*",
      Action: "dynamodb:*",
      Resource: [table, `${table}/index/*`],
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    },
  ]);
}
