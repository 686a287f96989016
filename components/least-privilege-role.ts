import * as pulumi from "@pulumi/pulumi";
import * as iam from "@pulumi/aws/iam";
import { PolicySet, type PolicySetArgs } from "./policy-set";
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
  /** What it is for, at most 900 characters. */
  readonly description: string;
  readonly trust: RoleTrust;
  /** Rights of this role alone (components/policy-set.ts). @default none */
  readonly policies?: PolicySetArgs["policies"];
  /** Documents that hold ids of resources. @default none */
  readonly documents?: PolicySetArgs["documents"];
  /** Rights that it has in common with others. @default none */
  readonly sharedPolicies?: PolicySet;
  /** @default none */
  readonly permissionsBoundaryArn?: string;
  /** 3600 to 43200. @default 3600 */
  readonly maxSessionSeconds?: number;
}

/** A role of one AWS service with customer-managed policies: no policy of AWS, none inline, no wildcard trust. */
export class LeastPrivilegeRole extends pulumi.ComponentResource {
  public readonly role: iam.Role;

  constructor(name: string, args: LeastPrivilegeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:identity:LeastPrivilegeRole", name, withoutShared(args), opts);
    validateLeastPrivilegeRoleArgs(name, args);
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
    const attach = (set: PolicySet | undefined) => {
      for (const [part, policyArn] of Object.entries(set?.arns ?? {})) {
        new iam.RolePolicyAttachment(
          `${name}-${part}-attachment`,
          { role: this.role.name, policyArn },
          { parent: this },
        );
      }
    };
    attach(args.sharedPolicies);
    attach(ownPolicies(name, args, this));
    this.registerOutputs({ roleArn: this.role.arn });
  }
}

/** A component is no value: it stays out of the recorded inputs. */
function withoutShared(args: LeastPrivilegeRoleArgs): pulumi.Inputs {
  return { ...args, sharedPolicies: undefined };
}

function ownPolicies(
  name: string,
  { roleName, description, policies = {}, documents }: LeastPrivilegeRoleArgs,
  parent: pulumi.Resource,
): PolicySet | undefined {
  if (Object.keys({ ...policies, ...documents }).length === 0) return undefined;
  return new PolicySet(name, { namePrefix: roleName, description, policies, documents }, { parent });
}

function validateLeastPrivilegeRoleArgs(
  name: string,
  { roleName, maxSessionSeconds }: LeastPrivilegeRoleArgs,
): void {
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw new Error(`${name}: roleName is "${roleName}"; allowed: 1 to 64 letters, digits and +=,.@-_`);
  }
  if (maxSessionSeconds !== undefined && !(maxSessionSeconds >= 3600 && maxSessionSeconds <= 43200)) {
    throw new Error(`${name}: maxSessionSeconds is ${maxSessionSeconds}; allowed: 3600 to 43200`);
  }
}

function trustDocument({ service, accountId, sourceArns, sourceIdentity }: RoleTrust): string {
  return sortedJson({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowServiceOfThisAccount",
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
