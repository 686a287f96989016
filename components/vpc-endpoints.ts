import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import { interfaceEndpointService, type InterfaceEndpointName } from "./interface-endpoints";

export interface VpcEndpointsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  readonly region: string;
  /** Physical name of the endpoints' security group. */
  readonly groupName: string;
  /** IPv4 network that may reach the endpoints: the VPC itself. */
  readonly clientCidrBlock: string;
  /** Interface endpoints and their policies as text; each costs its hourly price in every zone. */
  readonly policies: Readonly<Partial<Record<InterfaceEndpointName, string>>>;
  /** Zones in which each has an address. One zone costs half of two, and fails with its zone. */
  readonly zoneCount: number;
}

/** PrivateLink endpoints with private DNS behind one security group that takes HTTPS from the network, nothing else. */
export class VpcEndpoints extends pulumi.ComponentResource {
  public readonly groupId: pulumi.Output<string>;
  /** Ids of the endpoints that were asked for. */
  public readonly endpointIds: Readonly<Partial<Record<InterfaceEndpointName, pulumi.Output<string>>>>;

  constructor(name: string, args: VpcEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:network:VpcEndpoints", name, args, opts);
    validateVpcEndpointsArgs(name, args);
    const group = this.createGroup(name, args);
    this.groupId = group.id;
    const subnetIds = pulumi.output(args.subnetIds).apply((ids) => ids.slice(0, args.zoneCount));
    const endpointIds: Partial<Record<InterfaceEndpointName, pulumi.Output<string>>> = {};
    for (const [service, policy] of Object.entries(args.policies) as [InterfaceEndpointName, string][]) {
      const endpoint = new ec2.VpcEndpoint(
        `${name}-${service.replace(".", "-")}`,
        {
          vpcId: args.vpcId,
          vpcEndpointType: "Interface",
          serviceName: interfaceEndpointService(service, args.region),
          privateDnsEnabled: true,
          subnetIds,
          securityGroupIds: [group.id],
          policy,
          tags: { Name: `${name}-${service}` },
        },
        { parent: this },
      );
      endpointIds[service] = endpoint.id;
    }
    this.endpointIds = endpointIds;
    this.registerOutputs({ groupId: this.groupId });
  }

  private createGroup(name: string, args: VpcEndpointsArgs): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(
      `${name}-group`,
      {
        name: args.groupName,
        description: "HTTPS from the network to AWS services",
        vpcId: args.vpcId,
        tags: { Name: args.groupName },
      },
      { parent: this },
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-from-network`,
      {
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: args.clientCidrBlock,
        description: "HTTPS from the network",
      },
      { parent: this },
    );
    return group;
  }
}

function validateVpcEndpointsArgs(name: string, { zoneCount }: VpcEndpointsArgs): void {
  if (!Number.isInteger(zoneCount) || zoneCount < 1) {
    throw new Error(`${name}: zoneCount is ${zoneCount}; allowed: an integer from 1`);
  }
}
