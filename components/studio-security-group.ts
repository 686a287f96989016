import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";

interface StudioSecurityGroupArgs {
  /** Physical name, at most 255 characters. */
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: pulumi.Input<string>;
  /** Network of the VPC: where the interface endpoints are. */
  readonly vpcCidr: string;
  /** Prefix list of the S3 gateway endpoint. */
  readonly s3PrefixListId: pulumi.Input<string>;
}

/** What VPC-only Studio needs between the apps of one user. */
const OWN_GROUP_PORTS = [
  { key: "nfs", from: 2049, to: 2049, why: "Home file system of the user" },
  { key: "apps", from: 8192, to: 65535, why: "Apps and kernels of the same user" },
] as const;

/**
 * The network of one Studio user: its apps reach each other, AWS's services inside the VPC and S3, nothing else.
 *
 * One group a user, never shared: inside a group Studio's apps answer each other without asking who calls, so a shared
 * group would let every user into every other user's notebooks.
 */
export class StudioSecurityGroup extends pulumi.ComponentResource {
  public readonly id: pulumi.Output<string>;

  constructor(name: string, args: StudioSecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:studio:StudioSecurityGroup", name, args, opts);
    const { groupName, description, vpcId, vpcCidr, s3PrefixListId } = args;
    const child = { parent: this };
    const group = new ec2.SecurityGroup(
      `${name}-group`,
      { name: groupName, description, vpcId, revokeRulesOnDelete: true, tags: { Name: groupName } },
      child,
    );
    const securityGroupId = group.id;
    for (const { key, from, to, why } of OWN_GROUP_PORTS) {
      const peers = { securityGroupId, referencedSecurityGroupId: group.id };
      const ports = { ipProtocol: "tcp", fromPort: from, toPort: to, description: why };
      new vpc.SecurityGroupIngressRule(`${name}-${key}-in`, { ...peers, ...ports }, child);
      new vpc.SecurityGroupEgressRule(`${name}-${key}-out`, { ...peers, ...ports }, child);
    }
    const https = { securityGroupId, ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    new vpc.SecurityGroupEgressRule(
      `${name}-endpoints-out`,
      { ...https, cidrIpv4: vpcCidr, description: "Interface endpoints of AWS services" },
      child,
    );
    new vpc.SecurityGroupEgressRule(
      `${name}-s3-out`,
      { ...https, prefixListId: s3PrefixListId, description: "S3 through its gateway endpoint" },
      child,
    );
    this.id = group.id;
    this.registerOutputs({ id: this.id });
  }
}
