import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../../components/policy-document";
import type { ArnScope } from "../context";
import type { BucketPurpose } from "../../contracts/buckets";
import type { RoleName } from "../../contracts/roles";
import { bucketArn } from "../data-lake";
import type { Keys } from "../keys";
import { roleArn } from "../role-names";
import { functionArns, logGroupArns } from "./arns";

/** Objects of a bucket, all or below some prefixes. */
interface ObjectScope {
  readonly bucket: BucketPurpose;
  /** e.g. `athena/`. @default the whole bucket */
  readonly prefixes?: readonly string[];
}

/** Buckets of what was made from the receipts. */
const DERIVED_BUCKETS = ["processed", "features", "models", "results"] as const;

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

/** What people and the jobs that they start may read: no raw receipts, no captured requests. */
export function readDerivedData(scope: ArnScope): Statement[] {
  return [
    listBuckets(scope, DERIVED_BUCKETS),
    readObjects(
      scope,
      "ReadDerivedData",
      DERIVED_BUCKETS.map((bucket) => ({ bucket })),
    ),
  ];
}

function objectArns(scope: ArnScope, scopes: readonly ObjectScope[]): string[] {
  return scopes.flatMap(({ bucket, prefixes = [""] }) =>
    prefixes.map((prefix) => `${bucketArn(scope, bucket)}/${prefix}*`),
  );
}

/** Which keys a role works with. */
interface KeyUse {
  /** Keys of what it reads and writes. */
  readonly use: readonly (keyof Keys)[];
  /** Keys that volumes of what it starts hold by a grant. @default none */
  readonly onVolumes?: readonly (keyof Keys)[];
}

/**
 * The right to use keys, by their ARNs. Not by alias (kms:ResourceAliases): a change of an alias takes up to five minutes
 * to reach authorization, and what uses the keys is made a minute after them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function keyGrants(keys: Keys, { use, onVolumes = [] }: KeyUse): pulumi.Output<string> {
  const arnsOf = (purposes: readonly (keyof Keys)[]) =>
    pulumi.all(purposes.map((purpose) => keys[purpose].arn));
  return pulumi.all([arnsOf(use), arnsOf(onVolumes)]).apply(([used, onVolume]) =>
    policyDocument([
      {
        Sid: "UseKeys",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
        Resource: used,
      },
      ...(onVolume.length === 0
        ? []
        : [
            {
              Sid: "CreateGrantsForVolumes",
              Effect: "Allow" as const,
              Action: "kms:CreateGrant",
              Resource: onVolume,
              Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
            },
          ]),
    ]),
  );
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

/** Network interfaces with which a job, model or function stands in the VPC. */
export function joinNetwork({ accountId, region }: ArnScope, ...more: readonly string[]): Statement[] {
  const ec2 = `arn:aws:ec2:${region}:${accountId}`;
  const interfaces = `${ec2}:network-interface/*`;
  return [
    {
      Sid: "CreateNetworkInterfaces",
      Effect: "Allow",
      Action: "ec2:CreateNetworkInterface",
      Resource: [interfaces, `${ec2}:security-group/*`, `${ec2}:subnet/*`],
    },
    {
      Sid: "ManageNetworkInterfaces",
      Effect: "Allow",
      Action: ["ec2:DeleteNetworkInterface", ...more],
      Resource: interfaces,
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
