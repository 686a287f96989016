import { policyDocument, type Conditions, type Statement } from "./policy-document";

export interface BucketPolicyArgs {
  readonly bucketName: string;
  /** Gateway endpoint that requests have to come through. */
  readonly vpcEndpointId: string;
  /** ARN patterns of principals that may come from elsewhere. */
  readonly outsideNetworkArns: readonly string[];
  /** ARN patterns of principals that may read from elsewhere, and never write. @default none */
  readonly outsideReaderArns?: readonly string[];
  /** Whether uploads that ask for another encryption than SSE-KMS are rejected. @default true */
  readonly kmsOnly?: boolean;
  /** Further statements, such as a service's right to deliver. @default none */
  readonly statements?: readonly Statement[];
}

/**
 * The data perimeter of a bucket: only over TLS 1.2 or newer, only through the network's endpoint, only with the lake's
 * encryption. It allows nobody anything: who may read and write is said by the roles.
 */
export function bucketPolicy(args: BucketPolicyArgs): string {
  const bucket = `arn:aws:s3:::${args.bucketName}`;
  const deny = { Effect: "Deny", Principal: "*" } as const;
  const everything = { ...deny, Action: "s3:*", Resource: [bucket, `${bucket}/*`] } as const;
  return policyDocument([
    ...(args.statements ?? []),
    {
      Sid: "DenyInsecureTransport",
      ...everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyOldTls",
      ...everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    {
      Sid: "DenyReadsOutsideVpcEndpoint",
      ...everything,
      Action: DATA_READS,
      Condition: outside(args, [...args.outsideNetworkArns, ...(args.outsideReaderArns ?? [])]),
    },
    {
      Sid: "DenyWritesOutsideVpcEndpoint",
      ...everything,
      Action: WRITES,
      Condition: outside(args, args.outsideNetworkArns),
    },
    ...(args.kmsOnly === false ? [] : [kmsEncryptionOnly(bucket)]),
  ]);
}

/** Actions that read or list objects. A bucket's settings hold no data and may be read from anywhere. */
const DATA_READS = ["s3:GetObject*", "s3:ListBucket*", "s3:ListMultipart*", "s3:ListObject*"];
/** Actions that change objects or the bucket. */
const WRITES = [
  "s3:Abort*",
  "s3:Allow*",
  "s3:Bypass*",
  "s3:Create*",
  "s3:Delete*",
  "s3:Initiate*",
  "s3:ObjectOwnerOverride*",
  "s3:Pause*",
  "s3:Put*",
  "s3:Replicate*",
  "s3:Restore*",
  "s3:TagResource",
  "s3:UntagResource",
  "s3:Update*",
];

/** Services that act for themselves (log delivery) or for a caller (Athena, Glue) come from their own network. */
function outside({ vpcEndpointId }: BucketPolicyArgs, exceptArns: readonly string[]): Conditions {
  return {
    ArnNotLike: { "aws:PrincipalArn": exceptArns },
    Bool: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
    StringNotEquals: { "aws:SourceVpce": vpcEndpointId },
  };
}

/** Without the header S3 applies the bucket's default, which is the lake's key. */
function kmsEncryptionOnly(bucketArn: string): Statement {
  return {
    Sid: "DenyOtherEncryption",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    },
  };
}
