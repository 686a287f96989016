import * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import { Vpc } from "@pulumi/awsx/ec2/vpc";

export interface PrivateNetworkArgs {
  /** IPv4 network, split evenly over the zones. */
  readonly cidrBlock: string;
  /** Zones with a subnet; at least 2. */
  readonly zoneCount: number;
  /** Their names, as many as the count. @default the first that AWS lists for the account */
  readonly zoneNames?: readonly string[];
  /** Log group that takes the flow logs. */
  readonly flowLogGroupArn: pulumi.Input<string>;
  /** Role with which the VPC service writes them. */
  readonly flowLogRoleArn: pulumi.Input<string>;
  /** Given here, for a remote component does not see the program's transformations. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Seconds over which a flow is added up; the shorter of the two that EC2 knows shows an attack while it runs. */
const FLOW_AGGREGATION_SECONDS = 60;

/**
 * A network without internet: one isolated subnet a zone, no NAT, a default security group that allows nothing, and a log
 * of every flow.
 *
 * AWS services are reached through endpoints, which are made elsewhere: which ones is a decision with a price.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  public readonly vpcId: pulumi.Output<string>;
  /** One a zone, in the order of the zones. */
  public readonly subnetIds: pulumi.Output<string[]>;
  public readonly routeTableIds: pulumi.Output<string[]>;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("smartretail:network:PrivateNetwork", name, args, opts);
    validatePrivateNetworkArgs(name, args);
    const vpc = new Vpc(
      `${name}-vpc`,
      {
        cidrBlock: args.cidrBlock,
        ...(args.zoneNames
          ? { availabilityZoneNames: [...args.zoneNames] }
          : { numberOfAvailabilityZones: args.zoneCount }),
        // Endpoints answer under the services' public names.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        natGateways: { strategy: "None" },
        subnetStrategy: "Auto",
        subnetSpecs: [{ type: "Isolated", name: "workload" }],
        tags: args.tags,
      },
      { parent: this },
    );
    this.vpcId = vpc.vpcId;
    this.subnetIds = vpc.isolatedSubnetIds;
    this.routeTableIds = vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id)));

    // Adopts the group that comes with every VPC and removes its rules: what names no group gets no traffic.
    new ec2.DefaultSecurityGroup(`${name}-default-group`, { vpcId: this.vpcId }, { parent: this });
    new ec2.FlowLog(
      `${name}-flow-log`,
      {
        vpcId: this.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: args.flowLogGroupArn,
        iamRoleArn: args.flowLogRoleArn,
        maxAggregationInterval: FLOW_AGGREGATION_SECONDS,
      },
      { parent: this },
    );
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds });
  }
}

function validatePrivateNetworkArgs(name: string, { zoneCount, zoneNames }: PrivateNetworkArgs): void {
  if (!Number.isInteger(zoneCount) || zoneCount < 2) {
    throw new Error(`${name}: zoneCount is ${zoneCount}; allowed: an integer from 2`);
  }
  if (zoneNames && new Set(zoneNames).size !== zoneCount) {
    throw new Error(`${name}: zoneNames is "${zoneNames.join(", ")}"; allowed: ${zoneCount} different zones`);
  }
}
