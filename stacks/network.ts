import type * as pulumi from "@pulumi/pulumi";
import * as ec2 from "@pulumi/aws/ec2";
import { encryptedLogGroup } from "../components/encrypted-log-group";
import { LeastPrivilegeRole } from "../components/least-privilege-role";
import { physicalName } from "../components/physical-name";
import { VpcEndpoints, type VpcEndpointsArgs } from "../components/vpc-endpoints";
import { PrivateNetwork } from "../components/private-network";
import { Slice } from "../components/slice";
import { WorkloadGroup } from "../components/workload-group";
import { costTags, type Context } from "./context";
import type { Keys } from "./keys";
import {
  dynamodbEndpointPolicy,
  interfaceEndpointPolicy,
  s3EndpointPolicy,
} from "./network/endpoint-policies";
import { flowLogStatements } from "./network/flow-logs";
import { zoneNames } from "./network/zones";

export interface Network {
  readonly vpcId: pulumi.Output<string>;
  /** One a zone. */
  readonly subnetIds: pulumi.Output<string[]>;
  /** Group of jobs, models and functions. */
  readonly workloadSecurityGroupId: pulumi.Output<string>;
  readonly s3EndpointId: pulumi.Output<string>;
  /** Addresses of S3, for the rules of further security groups. */
  readonly s3PrefixListId: pulumi.Output<string>;
  readonly dynamodbEndpointId: pulumi.Output<string>;
  /** Where a private API is called; undefined where the settings name no such endpoint. */
  readonly executeApiEndpointId: pulumi.Output<string> | undefined;
}

/** EC2: a security group's name has at most 255 characters; IAM: a role's has 64. */
const GROUP_NAME_MAX = 255;
const ROLE_NAME_MAX = 64;

/** Where everything runs: a VPC without internet, and the VPC endpoints of the AWS services that it calls. */
export function createNetwork(context: Context, { keys }: { keys: Keys }): Network {
  const slice = new Slice("network");
  const network = createPrivateNetwork(context, keys, slice);
  const s3 = createGateway(context, "s3", network, slice);
  const dynamodb = createGateway(context, "dynamodb", network, slice);
  const endpoints = createEndpoints(context, network, slice);
  const workload = new WorkloadGroup(
    "workload",
    {
      vpcId: network.vpcId,
      groupName: physicalName(GROUP_NAME_MAX, context.prefix, "workload"),
      endpointGroupId: endpoints.groupId,
      gatewayPrefixListIds: { s3: s3.prefixListId, dynamodb: dynamodb.prefixListId },
    },
    { parent: slice },
  );
  return {
    vpcId: network.vpcId,
    subnetIds: network.subnetIds,
    workloadSecurityGroupId: workload.groupId,
    s3EndpointId: s3.id,
    s3PrefixListId: s3.prefixListId,
    dynamodbEndpointId: dynamodb.id,
    executeApiEndpointId: endpoints.endpointIds["execute-api"],
  };
}

const GATEWAY_POLICIES = { s3: s3EndpointPolicy, dynamodb: dynamodbEndpointPolicy };

function createGateway(
  context: Context,
  service: keyof typeof GATEWAY_POLICIES,
  { vpcId, routeTableIds }: PrivateNetwork,
  parent: Slice,
): ec2.VpcEndpoint {
  return new ec2.VpcEndpoint(
    `gateway-${service}`,
    {
      vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${context.region}.${service}`,
      routeTableIds,
      policy: GATEWAY_POLICIES[service](context),
      tags: { Name: `${context.prefix}-${service}` },
    },
    { parent },
  );
}

function createEndpoints(
  context: Context,
  { vpcId, subnetIds }: PrivateNetwork,
  parent: Slice,
): VpcEndpoints {
  const { settings, region, prefix } = context;
  const policies = settings.interfaceEndpoints.map((name) => [name, interfaceEndpointPolicy(context, name)]);
  return new VpcEndpoints(
    "endpoints",
    {
      vpcId,
      subnetIds,
      region,
      groupName: physicalName(GROUP_NAME_MAX, prefix, "endpoints"),
      clientCidrBlock: settings.vpcCidr,
      policies: Object.fromEntries(policies) as VpcEndpointsArgs["policies"],
      zoneCount: settings.interfaceEndpointZoneCount,
    },
    { parent },
  );
}

function createPrivateNetwork(context: Context, keys: Keys, slice: Slice): PrivateNetwork {
  const { settings, accountId, region, prefix } = context;
  const logGroupName = `/smartretail/${settings.environment}/vpc-flow-logs`;
  const logGroup = encryptedLogGroup(
    "flow-logs",
    { logGroupName, retentionDays: settings.logRetentionDays, kmsKeyArn: keys.operations.arn },
    { parent: slice },
  );
  const { role } = new LeastPrivilegeRole(
    "flow-logs",
    {
      roleName: physicalName(ROLE_NAME_MAX, prefix, "flow-logs"),
      description: "Writes the VPC's flow logs",
      trust: {
        service: "vpc-flow-logs.amazonaws.com",
        accountId,
        sourceArns: [`arn:aws:ec2:${region}:${accountId}:vpc-flow-log/*`],
      },
      policies: {
        deliver: flowLogStatements(`arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`),
      },
      permissionsBoundaryArn: settings.permissionsBoundaryArn,
    },
    { parent: slice },
  );
  return new PrivateNetwork(
    "private",
    {
      cidrBlock: settings.vpcCidr,
      zoneCount: settings.availabilityZoneCount,
      zoneNames: zoneNames(region, settings.availabilityZoneCount),
      flowLogGroupArn: logGroup.arn,
      flowLogRoleArn: role.arn,
      tags: costTags(settings),
    },
    { parent: slice },
  );
}
