import { ACCOUNT, document, REGION, ref, TAGS, type Fixture } from "../../support/fixture";

const INTERFACES = [
  "ecr.api",
  "ecr.dkr",
  "kms",
  "logs",
  "monitoring",
  "sagemaker.api",
  "sagemaker.runtime",
  "states",
  "sts",
];

const POLICY = document({
  Sid: "OwnPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } },
});

function interfaceEndpoint(name: string, serviceName: string): Fixture {
  return {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name,
    properties: {
      vpcId: ref("vpc"),
      serviceName,
      vpcEndpointType: "Interface",
      subnetIds: [ref("subnet-a"), ref("subnet-b")],
      securityGroupIds: [ref("endpoints")],
      privateDnsEnabled: true,
      policy: POLICY,
      tags: TAGS,
    },
  };
}

/** A network without a way out that keeps every rule. */
export const networkPlatform: readonly Fixture[] = [
  { type: "aws:ec2/vpc:Vpc", name: "vpc", properties: { cidrBlock: "10.0.0.0/16", tags: TAGS } },
  {
    type: "aws:ec2/flowLog:FlowLog",
    name: "flow-log",
    properties: {
      vpcId: ref("vpc"),
      trafficType: "ALL",
      logDestination: ref("pipeline-logs", "arn"),
      tags: TAGS,
    },
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    name: "default-group",
    properties: { vpcId: ref("vpc") },
  },
  ...["subnet-a", "subnet-b"].map((name) => ({
    type: "aws:ec2/subnet:Subnet",
    name,
    properties: { vpcId: ref("vpc"), mapPublicIpOnLaunch: false, tags: TAGS },
  })),
  {
    type: "aws:ec2/routeTable:RouteTable",
    name: "private-routes",
    properties: {
      vpcId: ref("vpc"),
      routes: [{ cidrBlock: "10.1.0.0/16", transitGatewayId: "tgw-1" }],
      tags: TAGS,
    },
  },
  {
    type: "aws:ec2/route:Route",
    name: "to-warehouse",
    properties: {
      routeTableId: ref("private-routes"),
      destinationCidrBlock: "10.2.0.0/16",
      transitGatewayId: "tgw-1",
    },
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: "private-association",
    properties: { routeTableId: ref("private-routes"), subnetId: ref("subnet-a") },
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "workload",
    properties: {
      vpcId: ref("vpc"),
      description: "Jobs and functions",
      ingress: [
        {
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: ["10.0.0.0/16"],
          description: "Calls inside the VPC",
        },
      ],
      egress: [
        { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: ["pl-1"], description: "To S3" },
      ],
      tags: TAGS,
    },
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "endpoints",
    properties: { vpcId: ref("vpc"), description: "Interface endpoints", tags: TAGS },
  },
  {
    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
    name: "classic-rule",
    properties: {
      type: "ingress",
      securityGroupId: ref("endpoints"),
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16"],
      description: "Calls to services",
    },
  },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    name: "ingress-rule",
    properties: {
      securityGroupId: ref("endpoints"),
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
      description: "Calls to services",
    },
  },
  {
    type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    name: "egress-rule",
    properties: {
      securityGroupId: ref("endpoints"),
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
      description: "Answers",
    },
  },
  {
    type: "aws:ec2/networkAcl:NetworkAcl",
    name: "acl",
    properties: {
      subnetIds: [ref("subnet-a")],
      ingress: [{ action: "allow", protocol: "tcp", fromPort: 443, toPort: 443, cidrBlock: "0.0.0.0/0" }],
    },
  },
  {
    type: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    name: "acl-association",
    properties: { networkAclId: ref("acl"), subnetId: ref("subnet-b") },
  },
  {
    type: "aws:ec2/networkAclRule:NetworkAclRule",
    name: "acl-rule",
    properties: {
      ruleAction: "allow",
      egress: false,
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlock: "10.0.0.0/8",
    },
  },
  {
    type: "aws:ec2/eip:Eip",
    name: "address",
    properties: { instance: "i-1", tags: TAGS },
  },
  { type: "aws:ec2/internetGateway:InternetGateway", name: "internet-gateway", properties: {} },
  { type: "aws:ec2/natGateway:NatGateway", name: "nat", properties: { tags: TAGS } },
  {
    type: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    name: "egress-only",
    properties: {},
  },
  { type: "aws:ec2/defaultVpc:DefaultVpc", name: "default-vpc", properties: {} },
  { type: "aws:ec2/defaultSubnet:DefaultSubnet", name: "default-subnet", properties: {} },
  ...INTERFACES.map((service) =>
    interfaceEndpoint(`endpoint-${service}`, `com.amazonaws.${REGION}.${service}`),
  ),
  interfaceEndpoint("endpoint-studio", `aws.sagemaker.${REGION}.studio`),
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: "endpoint-s3",
    properties: {
      vpcId: ref("vpc"),
      serviceName: `com.amazonaws.${REGION}.s3`,
      vpcEndpointType: "Gateway",
      policy: POLICY,
      tags: TAGS,
    },
  },
];
