import * as pulumi from "@pulumi/pulumi";
import * as kms from "@pulumi/aws/kms";
import { policyDocument, type Statement } from "./policy-document";

export interface EncryptionKeyArgs {
  /** `alias/<name>`, for people: IAM documents name the key by its ARN (docs/adr/0063). */
  readonly aliasName: string;
  /** What it encrypts. */
  readonly description: string;
  readonly accountId: string;
  /** ARN patterns of the roles that administer the key; the account's root user always does, so nobody is locked out. */
  readonly administratorArns: readonly string[];
  /** ARN patterns of the roles that may use it where their own IAM policies say so. */
  readonly userArns: readonly string[];
  /** Services through which alone users may use it, e.g. `s3.ap-northeast-1.amazonaws.com`. @default any, and directly */
  readonly viaServices?: readonly string[];
  /** Rights of AWS services that act for themselves. @default none */
  readonly serviceStatements?: readonly Statement[];
  /** 7 to 30. */
  readonly deletionWindowDays: number;
  /** Whether Pulumi rejects deleting it: without the key, what it encrypts is gone. */
  readonly protect: boolean;
}

/** Yearly, the longest period that the usual benchmarks accept. */
const ROTATION_PERIOD_DAYS = 365;

/**
 * A customer-managed KMS key with yearly rotation, an alias and a policy that names who may do what.
 *
 * Administrators cannot hand the key to other accounts unnoticed: its policy is all there is, and it is in the plan.
 */
export class EncryptionKey extends pulumi.ComponentResource {
  public readonly key: kms.Key;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:keys:EncryptionKey", name, args, opts);
    validateEncryptionKeyArgs(name, args);
    this.key = new kms.Key(
      `${name}-key`,
      {
        description: args.description,
        enableKeyRotation: true,
        rotationPeriodInDays: ROTATION_PERIOD_DAYS,
        deletionWindowInDays: args.deletionWindowDays,
        policy: policyDocument(keyStatements(args)),
      },
      { parent: this, protect: args.protect },
    );
    new kms.Alias(`${name}-alias`, { name: args.aliasName, targetKeyId: this.key.keyId }, { parent: this });
    this.registerOutputs({ keyArn: this.key.arn });
  }
}

function validateEncryptionKeyArgs(name: string, { aliasName, deletionWindowDays }: EncryptionKeyArgs): void {
  if (!/^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/.test(aliasName)) {
    throw new Error(
      `${name}: aliasName is "${aliasName}"; allowed: alias/<name>, where the name is not of aws/`,
    );
  }
  if (!Number.isInteger(deletionWindowDays) || deletionWindowDays < 7 || deletionWindowDays > 30) {
    throw new Error(`${name}: deletionWindowDays is ${deletionWindowDays}; allowed: an integer from 7 to 30`);
  }
}

/** What an administrator of the key does: everything but using it and granting its use. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** The statements of a key's policy. In a key policy, Resource "*" is this key and nothing else. */
function keyStatements(args: EncryptionKeyArgs): Statement[] {
  const root = `arn:aws:iam::${args.accountId}:root`;
  const users = [...args.userArns, ...args.administratorArns];
  const account = { Effect: "Allow", Principal: { AWS: root }, Resource: "*" } as const;
  return [
    {
      Sid: "AllowKeyAdministration",
      ...account,
      Action: ADMINISTRATION,
      Condition: { ArnLike: { "aws:PrincipalArn": [root, ...args.administratorArns] } },
    },
    {
      Sid: "AllowRolesUseKey",
      ...account,
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:RetireGrant"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": users },
        ...(args.viaServices ? { StringEquals: { "kms:ViaService": args.viaServices } } : {}),
      },
    },
    {
      Sid: "AllowRolesDescribeKey",
      ...account,
      Action: "kms:DescribeKey",
      Condition: { ArnLike: { "aws:PrincipalArn": users } },
    },
    {
      // Volumes and file systems hold the key by grants; only a service may be given one, never a person.
      Sid: "AllowRolesCreateGrants",
      ...account,
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": users },
        Bool: { "kms:GrantIsForAWSResource": "true" },
      },
    },
    ...(args.serviceStatements ?? []),
  ];
}
