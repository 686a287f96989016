import type { Statement } from "../../components/policy-document";
import type { ArnScope } from "../context";
import { bucketArn, type BucketPurpose } from "../data-lake";
import { keyAlias } from "../keys";
import { roleArn, type RoleName } from "../role-names";
import { functionArns, logGroupArns } from "./arns";

type KeyPurpose = Parameters<typeof keyAlias>[1];

/** Objects of a bucket, all or below some prefixes. */
export interface ObjectScope {
  readonly bucket: BucketPurpose;
  /** e.g. `athena/`. @default the whole bucket */
  readonly prefixes?: readonly string[];
}

export function readObjects(scope: ArnScope, sid: string, scopes: readonly ObjectScope[]): Statement {
  return { Sid: sid, Effect: "Allow", Action: "s3:GetObject", Resource: objectArns(scope, scopes) };
}

export function writeObjects(scope: ArnScope, sid: string, scopes: readonly ObjectScope[]): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
    Resource: objectArns(scope, scopes),
  };
}

export function listBuckets(scope: ArnScope, buckets: readonly BucketPurpose[]): Statement {
  return {
    Sid: "ListBuckets",
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
    Resource: [...new Set(buckets)].map((bucket) => bucketArn(scope, bucket)),
  };
}

function objectArns(scope: ArnScope, scopes: readonly ObjectScope[]): string[] {
  return scopes.flatMap(({ bucket, prefixes = [""] }) =>
    prefixes.map((prefix) => `${bucketArn(scope, bucket)}/${prefix}*`),
  );
}

/** A key's id is not known before the key exists; its alias is, and KMS knows the alias of the key it is asked for. */
export function useKeys(scope: ArnScope, purposes: readonly KeyPurpose[]): Statement {
  return {
    Sid: "UseKeys",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
    Resource: anyKey(scope),
    Condition: { "ForAnyValue:StringEquals": aliasesOf(scope, purposes) },
  };
}

/** For volumes, which hold their key by a grant. */
export function letServicesUseKeys(scope: ArnScope, purposes: readonly KeyPurpose[]): Statement {
  return {
    Sid: "CreateGrantsForServices",
    Effect: "Allow",
    Action: "kms:CreateGrant",
    Resource: anyKey(scope),
    Condition: {
      Bool: { "kms:GrantIsForAWSResource": "true" },
      "ForAnyValue:StringEquals": aliasesOf(scope, purposes),
    },
  };
}

function anyKey({ accountId, region }: ArnScope): string {
  return `arn:aws:kms:${region}:${accountId}:key/*`;
}

function aliasesOf(scope: ArnScope, purposes: readonly KeyPurpose[]) {
  return { "kms:ResourceAliases": purposes.map((purpose) => keyAlias(scope, purpose)) };
}

export function writeLogs(scope: ArnScope, ...groups: readonly string[]): Statement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    Resource: logGroupArns(scope, ...groups),
  };
}

/** Metrics have no resource; their namespace is the scope. */
export function publishMetrics(...namespaces: readonly string[]): Statement {
  return {
    Sid: "PublishMetrics",
    Effect: "Allow",
    Action: "cloudwatch:PutMetricData",
    Resource: "*",
    Condition: { StringEquals: { "cloudwatch:namespace": namespaces } },
  };
}

/** The platform's own metrics. */
export const METRIC_NAMESPACE = "SmartRetail";

/** Network interfaces with which a job, model or function stands in the VPC. */
export function joinNetwork({ accountId, region }: ArnScope, ...more: readonly string[]): Statement[] {
  const ec2 = `arn:aws:ec2:${region}:${accountId}`;
  return [
    {
      Sid: "ManageNetworkInterfaces",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", ...more],
      Resource: [`${ec2}:network-interface/*`, `${ec2}:security-group/*`, `${ec2}:subnet/*`],
    },
    {
      Sid: "DescribeNetwork",
      Effect: "Allow",
      Action: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      // EC2 describes without naming a resource.
      Resource: "*",
    },
  ];
}

/** Images of the platform's repositories and, by name, of AWS's built-in algorithms, whose account depends on the region. */
export function pullImages(
  { accountId, region, prefix }: ArnScope,
  ...builtIn: readonly string[]
): Statement[] {
  return [
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [
        `arn:aws:ecr:${region}:${accountId}:repository/${prefix}-*`,
        ...builtIn.map((repository) => `arn:aws:ecr:${region}:*:repository/${repository}`),
      ],
    },
    {
      Sid: "GetRegistryToken",
      Effect: "Allow",
      Action: "ecr:GetAuthorizationToken",
      // The token is for all registries that the caller may pull from: the action has no resource.
      Resource: "*",
    },
  ];
}

export function passRoles(scope: ArnScope, service: string, ...names: readonly RoleName[]): Statement {
  return {
    Sid: "PassJobRoles",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: names.map((name) => roleArn(scope, name)),
    Condition: { StringEquals: { "iam:PassedToService": service } },
  };
}

/**
 * The code of a function may not touch network interfaces: Lambda does, with the same role but outside the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function denyInterfacesToFunctionCode(scope: ArnScope): Statement {
  return {
    Sid: "DenyInterfacesToFunctionCode",
    Effect: "Deny",
    Action: [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: "*",
    Condition: { ArnLike: { "lambda:SourceFunctionArn": functionArns(scope, "*") } },
  };
}
