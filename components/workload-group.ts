import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";

interface WorkloadGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Physical name, at most 255 characters. */
  readonly groupName: string;
  /** Security group of the interface endpoints. */
  readonly endpointGroupId: pulumi.Input<string>;
  /** Managed prefix lists of the gateway endpoints, by service. */
  readonly gatewayPrefixListIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The security group of jobs, models and functions: out to the endpoints and to each other, in from each other only.
 *
 * Instances of one distributed job talk through an IPsec tunnel (inter-container traffic encryption, which the roles
 * demand): UDP 500 for the keys, IP protocol 50 for the traffic. Studio users have groups of their own.
 */
export class WorkloadGroup extends pulumi.ComponentResource {
  public readonly groupId: pulumi.Output<string>;

  constructor(name: string, args: WorkloadGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:network:WorkloadGroup", name, args, opts);
    const group = new ec2.SecurityGroup(
      `${name}-group`,
      {
        name: args.groupName,
        description: "Jobs, models and functions without internet",
        vpcId: args.vpcId,
        tags: { Name: args.groupName },
      },
      { parent: this },
    );
    this.groupId = group.id;
    const here = { parent: this };
    const own = { securityGroupId: group.id };
    new vpc.SecurityGroupEgressRule(
      `${name}-to-endpoints`,
      {
        ...own,
        ...HTTPS,
        referencedSecurityGroupId: args.endpointGroupId,
        description: "AWS services by PrivateLink",
      },
      here,
    );
    for (const [service, prefixListId] of Object.entries(args.gatewayPrefixListIds)) {
      const description = `${service} by its gateway endpoint`;
      new vpc.SecurityGroupEgressRule(
        `${name}-to-${service}`,
        { ...own, ...HTTPS, prefixListId, description },
        here,
      );
    }
    for (const [rule, traffic] of Object.entries(BETWEEN_INSTANCES)) {
      const args = { ...own, ...traffic, referencedSecurityGroupId: group.id };
      new vpc.SecurityGroupIngressRule(`${name}-${rule}-in`, args, here);
      new vpc.SecurityGroupEgressRule(`${name}-${rule}-out`, args, here);
    }
    this.registerOutputs({ groupId: this.groupId });
  }
}

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/** https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html */
const BETWEEN_INSTANCES = {
  "key-exchange": {
    ipProtocol: "udp",
    fromPort: 500,
    toPort: 500,
    description: "Key exchange between the instances of a job",
  },
  tunnel: { ipProtocol: "50", description: "Encrypted traffic between the instances of a job (ESP)" },
};
