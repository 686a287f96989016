import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam";
import { policyDocument, type Statement } from "./policy-document";
import { sortedJson } from "./sorted-json";

/** Who may become the role: one AWS service, for resources of this account. */
export interface RoleTrust {
  /** Service principal, e.g. `sagemaker.amazonaws.com`. */
  readonly service: string;
  readonly accountId: string;
  /** ARN patterns of the resources on whose behalf the service assumes the role. @default any of the account */
  readonly sourceArns?: readonly string[];
  /** Whether the service names the person behind a session (SageMaker Studio). @default false */
  readonly sourceIdentity?: boolean;
}

export interface LeastPrivilegeRoleArgs {
  /** Physical name, at most 64 characters. */
  readonly roleName: string;
  /** What it is for, at most 1,000 characters. */
  readonly description: string;
  readonly trust: RoleTrust;
  /** Rights, one managed policy for each entry; known in a preview. */
  readonly policies: Readonly<Record<string, readonly Statement[]>>;
  /** Documents that hold ids of resources, by the same kind of name. @default none */
  readonly guards?: Readonly<Record<string, pulumi.Input<string>>>;
  /** @default none */
  readonly permissionsBoundaryArn?: string;
  /** 3600 to 43200. @default 3600 */
  readonly maxSessionSeconds?: number;
}

/** IAM counts the characters of a managed policy without white space, of which our documents have none. */
const POLICY_LENGTH_MAX = 6144;
/** Managed policies per role. */
const POLICY_COUNT_MAX = 10;
/** IAM: a policy name has at most 128 characters. */
const POLICY_NAME_MAX = 128;

/**
 * A role of one AWS service with customer-managed policies: no policy of AWS, none inline, no wildcard trust.
 *
 * Policies that hold ids stand apart, so that everything else can be read and checked in a first preview.
 */
export class LeastPrivilegeRole extends pulumi.ComponentResource {
  public readonly role: iam.Role;

  constructor(name: string, args: LeastPrivilegeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:identity:LeastPrivilegeRole", name, args, opts);
    const documents = buildDocuments(name, args);
    this.role = new iam.Role(
      `${name}-role`,
      {
        name: args.roleName,
        description: args.description,
        assumeRolePolicy: trustDocument(args.trust),
        maxSessionDuration: args.maxSessionSeconds ?? 3600,
        ...(args.permissionsBoundaryArn ? { permissionsBoundary: args.permissionsBoundaryArn } : {}),
      },
      { parent: this },
    );
    for (const [part, document] of Object.entries(documents)) {
      const policy = new iam.Policy(
        `${name}-${part}`,
        {
          name: `${args.roleName}-${part}`,
          description: `${args.description}: ${part}`,
          policy: document,
        },
        { parent: this },
      );
      new iam.RolePolicyAttachment(
        `${name}-${part}-attachment`,
        { role: this.role.name, policyArn: policy.arn },
        { parent: this },
      );
    }
    this.registerOutputs({ roleArn: this.role.arn });
  }
}

function buildDocuments(name: string, args: LeastPrivilegeRoleArgs): Record<string, pulumi.Input<string>> {
  const documents: Record<string, pulumi.Input<string>> = {};
  for (const [part, statements] of Object.entries(args.policies)) {
    const document = policyDocument(statements);
    if (document.length > POLICY_LENGTH_MAX) {
      throw new Error(
        `${name}: policy "${part}" has ${document.length} characters; at most ${POLICY_LENGTH_MAX} are allowed`,
      );
    }
    documents[part] = document;
  }
  for (const [part, document] of Object.entries(args.guards ?? {})) {
    if (part in documents) throw new Error(`${name}: "${part}" names a policy and a guard`);
    documents[part] = document;
  }
  validateNames(name, args.roleName, Object.keys(documents));
  return documents;
}

function validateNames(name: string, roleName: string, parts: readonly string[]): void {
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw new Error(`${name}: roleName is "${roleName}"; allowed: 1 to 64 letters, digits and +=,.@-_`);
  }
  if (parts.length > POLICY_COUNT_MAX) {
    throw new Error(`${name}: has ${parts.length} policies; at most ${POLICY_COUNT_MAX} are allowed`);
  }
  const long = parts.find((part) => `${roleName}-${part}`.length > POLICY_NAME_MAX);
  if (long !== undefined) {
    throw new Error(
      `${name}: policy name "${roleName}-${long}" is too long; at most ${POLICY_NAME_MAX} characters are allowed`,
    );
  }
}

function trustDocument({ service, accountId, sourceArns, sourceIdentity }: RoleTrust): string {
  return sortedJson({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ServiceOfThisAccount",
        Effect: "Allow",
        Principal: { Service: service },
        Action: sourceIdentity ? ["sts:AssumeRole", "sts:SetSourceIdentity"] : "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ...(sourceArns ? { ArnLike: { "aws:SourceArn": [...sourceArns].sort() } } : {}),
        },
      },
    ],
  });
}
