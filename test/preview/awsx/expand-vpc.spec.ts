import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as awsx from "@pulumi/awsx";
import * as ec2 from "@pulumi/aws/ec2";
import { LAID_OUT_OPTIONS } from "../../../preview/awsx/expand-vpc";
import { find, listing, record } from "../../support/record";
import { assertMadeFor } from "../sdk/made-for";

const network = (strategy: "None" | "Single" | "OnePerAz", zones = 2) => {
  const types = strategy === "None" ? (["Isolated"] as const) : (["Public", "Private"] as const);
  return new awsx.ec2.Vpc("net", {
    cidrBlock: "10.0.0.0/16",
    numberOfAvailabilityZones: zones,
    natGateways: { strategy },
    subnetStrategy: "Auto",
    subnetSpecs: types.map((type) => ({ type })),
    tags: { Project: "smartretail" },
  });
};

const subnetParts = (name: string) => [
  `aws:ec2/routeTable:RouteTable ${name}`,
  `aws:ec2/routeTableAssociation:RouteTableAssociation ${name}`,
  `aws:ec2/subnet:Subnet ${name}`,
];

/** Options of awsx that are an error in a plan. */
const NOT_LAID_OUT = [
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
  "subnetNameTagStrategy",
];

describe("expandVpc", () => {
  it("was made for the installed awsx", () => {
    assertMadeFor("@pulumi/awsx", "preview/awsx/expand-vpc.ts");
  });

  it("knows every option that awsx has", () => {
    const typings = readFileSync(require.resolve("@pulumi/awsx/ec2/vpc.js").replace(/js$/, "d.ts"), "utf8");
    const args = typings.slice(typings.indexOf("export interface VpcArgs"));
    const options = [...args.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name);

    assert.deepEqual(options.sort(), [...LAID_OUT_OPTIONS, ...NOT_LAID_OUT].sort());
  });

  it("has isolated subnets without any route out for strategy None", async () => {
    const recording = await record(() => void network("None"));

    assert.deepEqual(
      listing(recording),
      [
        "aws:ec2/internetGateway:InternetGateway net",
        "aws:ec2/vpc:Vpc net",
        "awsx:ec2:Vpc net",
        ...subnetParts("net-isolated-1"),
        ...subnetParts("net-isolated-2"),
      ].sort(),
    );
  });

  for (const [strategy, gateways] of [
    ["Single", ["net-1"]],
    ["OnePerAz", ["net-1", "net-2"]],
  ] as const) {
    it(`has ${gateways.length} NAT gateways and addresses in two zones for strategy ${strategy}`, async () => {
      const recording = await record(() => void network(strategy));

      const subnets = ["net-private-1", "net-private-2", "net-public-1", "net-public-2"];
      assert.deepEqual(
        listing(recording),
        [
          "aws:ec2/internetGateway:InternetGateway net",
          "aws:ec2/vpc:Vpc net",
          "awsx:ec2:Vpc net",
          ...subnets.flatMap(subnetParts),
          ...subnets.map((name) => `aws:ec2/route:Route ${name}`),
          ...gateways.flatMap((name) => [`aws:ec2/eip:Eip ${name}`, `aws:ec2/natGateway:NatGateway ${name}`]),
        ].sort(),
      );
      const zoneTwo = find(recording, "aws:ec2/route:Route", "net-private-2");
      const gateway = find(recording, "aws:ec2/natGateway:NatGateway", gateways.at(-1));
      assert.equal(zoneTwo.inputs.natGatewayId, gateway.id);
    });
  }

  it("hangs everything below the component, with its tags", async () => {
    const recording = await record(() => void network("None"));

    const subnet = find(recording, "aws:ec2/subnet:Subnet", "net-isolated-1");
    assert.equal(
      subnet.urn,
      "urn:pulumi:dev::smartretail::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::net-isolated-1",
    );
    assert.equal(subnet.inputs.cidrBlock, "10.0.0.0/17");
    assert.equal(subnet.inputs.mapPublicIpOnLaunch, false);
    assert.deepEqual(subnet.inputs.tags, {
      Name: "net-isolated-1",
      Project: "smartretail",
      SubnetType: "Isolated",
    });
  });

  it("gives the program ids, and resources that it can go on with", async () => {
    const recording = await record(() => {
      const vpc = network("None");
      new ec2.SecurityGroup("group", { vpcId: vpc.vpcId });
      new ec2.VpcEndpoint("s3", {
        vpcId: vpc.vpcId,
        serviceName: "com.amazonaws.ap-northeast-1.s3",
        routeTableIds: vpc.routeTables.apply((tables) => tables.map(({ id }) => id)),
      });
      return { subnetIds: vpc.isolatedSubnetIds };
    });

    const vpc = find(recording, "aws:ec2/vpc:Vpc");
    assert.match(vpc.id, /^vpc-[0-9a-f]{17}$/);
    assert.equal(find(recording, "aws:ec2/securityGroup:SecurityGroup").inputs.vpcId, vpc.id);
    const tables = recording.resources.filter(({ type }) => type === "aws:ec2/routeTable:RouteTable");
    assert.deepEqual(
      find(recording, "aws:ec2/vpcEndpoint:VpcEndpoint").inputs.routeTableIds,
      tables.map(({ id }) => id),
    );
    const subnets = recording.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.deepEqual(
      recording.outputs.subnetIds,
      subnets.map(({ id }) => id),
    );
  });

  it("leaves ids unknown in a preview", async () => {
    const recording = await record(
      () => {
        const vpc = network("None");
        new ec2.SecurityGroup("group", { vpcId: vpc.vpcId });
      },
      { preview: true },
    );

    assert.deepEqual(find(recording, "aws:ec2/securityGroup:SecurityGroup").inputs.vpcId, { $unknown: true });
    assert.deepEqual(find(recording, "aws:ec2/subnet:Subnet", "net-isolated-2").inputs.vpcId, {
      $unknown: true,
    });
  });

  it("registers endpoints that the component is given", async () => {
    const serviceName = "com.amazonaws.ap-northeast-1.s3";

    const recording = await record(
      () =>
        void new awsx.ec2.Vpc("net", {
          natGateways: { strategy: "None" },
          subnetSpecs: [{ type: "Isolated" }],
          vpcEndpointSpecs: [{ serviceName, policy: "{}" }],
          tags: { Owner: "team" },
        }),
    );

    const endpoint = find(recording, "aws:ec2/vpcEndpoint:VpcEndpoint", serviceName);
    assert.equal(endpoint.inputs.policy, "{}");
    assert.deepEqual(endpoint.inputs.tags, { Name: "net", Owner: "team" });
  });

  for (const [what, args, message] of [
    [
      "NAT gateways without public subnets",
      { subnetSpecs: [{ type: "Isolated" as const }] },
      /need public subnets/,
    ],
    [
      "more zones than the region has",
      { numberOfAvailabilityZones: 4 },
      /the region has 3 availability zones, not 4/,
    ],
    [
      "zones given twice",
      { numberOfAvailabilityZones: 2, availabilityZoneNames: ["ap-northeast-1a"] },
      /only one of availabilityZoneNames/,
    ],
    [
      "an address pool",
      { ipv4IpamPoolId: "pool", ipv4NetmaskLength: 16 },
      /does not lay out awsx\.ec2\.Vpc's ipv4IpamPoolId/,
    ],
    [
      "a strategy of names for subnets",
      { subnetNameTagStrategy: "LogicalName" },
      /does not lay out awsx\.ec2\.Vpc's subnetNameTagStrategy/,
    ],
  ] as const) {
    it(`rejects ${what}`, async () => {
      await assert.rejects(
        record(() => void new awsx.ec2.Vpc("net", args as awsx.ec2.VpcArgs)),
        message,
      );
    });
  }
});
