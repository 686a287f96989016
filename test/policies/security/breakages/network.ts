import { add, drop, put, statement, unset, type RuleCases } from "../../support/breakage";
import type { AnalyzedResource } from "../../../../preview/policies/analyzed-resource";
import { bare, T } from "./types";

const isInterface = (resource: AnalyzedResource): boolean => resource.inputs.vpcEndpointType === "Interface";
const serves =
  (service: string) =>
  (resource: AnalyzedResource): boolean =>
    String(resource.inputs.serviceName).endsWith(`.${service}`);
const rule = (values: object): object => ({
  protocol: "tcp",
  fromPort: 443,
  toPort: 443,
  description: "Added",
  ...values,
});
const OPEN = [
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  T.eip,
];
const DEFAULTS = ["aws:ec2/defaultVpc:DefaultVpc", "aws:ec2/defaultSubnet:DefaultSubnet"];

export const networkCases: RuleCases = {
  "vpc-flow-logs": {
    breakages: [drop(T.flowLog), put(T.flowLog, "trafficType", "ACCEPT"), unset(T.flowLog, "logDestination")],
  },
  "vpc-default-sg-closed": {
    breakages: [drop(T.defaultGroup), put(T.defaultGroup, "egress", [rule({ cidrBlocks: ["0.0.0.0/0"] })])],
  },
  "vpc-no-default": {
    without: DEFAULTS,
    breakages: [
      ...DEFAULTS.map((type) => add(bare(type))),
      add(
        bare("aws:ec2/defaultRouteTable:DefaultRouteTable", {
          routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }],
        }),
      ),
    ],
  },
  "subnet-no-public-ip": { breakages: [put(T.subnet, "mapPublicIpOnLaunch", true)] },
  "private-no-igw-route": {
    breakages: [
      put(T.routeTable, "routes", [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }]),
      add(bare(T.route, { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" })),
      add(bare(T.route, { routeTableId: "rtb-1", destinationIpv6CidrBlock: "::/0", gatewayId: "igw-1" })),
    ],
  },
  "sg-no-open-ingress": {
    options: { publicPorts: [] },
    breakages: [
      put(T.securityGroup, "ingress", [rule({ cidrBlocks: ["0.0.0.0/0"] })]),
      put(T.securityGroup, "ingress", [rule({ ipv6CidrBlocks: ["::/0"] })]),
      add(bare(T.classicRule, { type: "ingress", ...rule({ cidrBlocks: ["0.0.0.0/0"] }) })),
      put(T.ingressRule, "cidrIpv4", "0.0.0.0/0"),
      put(T.ingressRule, "cidrIpv6", "::/0"),
    ],
  },
  "sg-no-open-egress": {
    breakages: [
      put(T.securityGroup, "egress", [
        rule({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
      ]),
      add(bare(T.classicRule, { type: "egress", ...rule({ cidrBlocks: ["0.0.0.0/0"] }) })),
      put(T.egressRule, "cidrIpv6", "::/0"),
      put(T.egressRule, "cidrIpv4", "0.0.0.0/0"),
    ],
  },
  "sg-narrow-ports": {
    options: { directions: ["ingress", "egress"] },
    breakages: [
      put(T.securityGroup, "ingress", [rule({ fromPort: 0, toPort: 65535, cidrBlocks: ["10.0.0.0/8"] })]),
      put(T.securityGroup, "ingress", [rule({ protocol: "-1", cidrBlocks: ["10.0.0.0/8"] })]),
      add(bare(T.classicRule, { type: "ingress", ...rule({ toPort: 8080, cidrBlocks: ["10.0.0.0/8"] }) })),
      add(bare(T.ingressRule, { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8", description: "All" })),
    ],
  },
  "sg-described": {
    breakages: [
      put(T.securityGroup, "description", "Managed by Pulumi"),
      unset(T.classicRule, "description"),
      unset(T.ingressRule, "description"),
      unset(T.egressRule, "description"),
    ],
  },
  "sg-no-rule-conflict": {
    breakages: [
      put(
        T.securityGroup,
        "ingress",
        [rule({ cidrBlocks: ["10.0.0.0/16"] })],
        ({ name }) => name !== "workload",
      ),
    ],
  },
  "sg-attached": {
    with: [T.fn, T.vpcEndpoint, T.model, T.classicRule],
    breakages: [add(bare(T.securityGroup, { description: "Unused" }))],
  },
  "nacl-attached": { breakages: [add(bare(T.nacl, {}))] },
  "nacl-closed": {
    breakages: [
      put(T.nacl, "ingress", [
        { action: "allow", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" },
      ]),
      put(T.naclRule, "cidrBlock", "0.0.0.0/0", undefined),
      add(bare(T.naclRule, { ruleAction: "allow", egress: false, protocol: "-1", ipv6CidrBlock: "::/0" })),
    ].filter(({ what }) => !what.startsWith("NetworkAclRule.cidrBlock")),
  },
  "vpce-policy-scoped": {
    breakages: [
      unset(T.vpcEndpoint, "policy"),
      statement(T.vpcEndpoint, "policy", {
        Sid: "All",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
      }),
    ],
  },
  "vpce-multi-az": { breakages: [put(T.vpcEndpoint, "subnetIds", [], isInterface)] },
  "vpce-private-dns": {
    breakages: [
      put(T.vpcEndpoint, "privateDnsEnabled", false, isInterface),
      unset(T.vpcEndpoint, "privateDnsEnabled", isInterface),
    ],
  },
  "vpce-required-set": {
    with: [T.domain],
    without: ["aws:ec2/natGateway:NatGateway"],
    breakages: [
      drop(T.vpcEndpoint, serves("sts")),
      drop(T.vpcEndpoint, serves("studio")),
      put(T.vpcEndpoint, "serviceName", "com.amazonaws.ap-northeast-1.glue", serves("logs")),
    ],
  },
  "net-no-internet": { without: OPEN, breakages: OPEN.map((type) => add(bare(type))) },
  "eip-attached": { breakages: [add(bare(T.eip))] },
};
