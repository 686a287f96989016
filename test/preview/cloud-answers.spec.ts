import assert from "node:assert/strict";
import * as awsx from "@pulumi/awsx";
import { getAvailabilityZones, getCallerIdentity, getPartition, getRegion } from "@pulumi/aws";
import * as ec2 from "@pulumi/aws/ec2";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sagemaker from "@pulumi/aws/sagemaker";
import * as sns from "@pulumi/aws/sns";
import { find, listing, record } from "../support/record";

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

describe("cloudAnswers: awsx.ec2.Vpc", () => {
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
      /cannot lay out a network of an IPAM pool/,
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

describe("cloudAnswers", () => {
  it("builds ids and ARNs in AWS's forms from physical names", async () => {
    const recording = await record(() => {
      const bucket = new s3.Bucket("lake", { bucket: "smartretail-dev-raw-123456789012" });
      const topic = new sns.Topic("topic", { name: "smartretail-dev-alerts" });
      const key = new kms.Key("key");
      return { bucketArn: bucket.arn, topicArn: topic.arn, keyArn: key.arn, keyId: key.keyId };
    });

    const { keyId, ...rest } = recording.outputs;
    assert.match(String(keyId), /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.deepEqual(rest, {
      bucketArn: "arn:aws:s3:::smartretail-dev-raw-123456789012",
      keyArn: `arn:aws:kms:ap-northeast-1:123456789012:key/${String(keyId)}`,
      topicArn: "arn:aws:sns:ap-northeast-1:123456789012:smartretail-dev-alerts",
    });
  });

  it("fills in the name that the program leaves out, in a preview as well", async () => {
    const program = () => {
      const model = new sagemaker.Model("champion", { executionRoleArn: "arn:aws:iam::123456789012:role/r" });
      return { name: model.name, arn: model.arn };
    };

    const known = await record(program);
    const preview = await record(program, { preview: true });

    assert.match(String(known.outputs.name), /^champion-[0-9a-f]{7}$/);
    assert.equal(preview.outputs.name, known.outputs.name);
    assert.deepEqual(preview.outputs.arn, { $unknown: true });
  });

  it("gives a built image by digest, unknown before it is built", async () => {
    const program = () => {
      const image = new awsx.ecr.Image("processing", {
        repositoryUrl: "123456789012.dkr.ecr.x/repo",
        context: ".",
      });
      return { uri: image.imageUri };
    };

    const known = await record(program);
    const preview = await record(program, { preview: true });

    assert.match(String(known.outputs.uri), /^123456789012\.dkr\.ecr\.x\/repo@sha256:[0-9a-f]{64}$/);
    assert.deepEqual(preview.outputs.uri, { $unknown: true });
  });

  it("answers who and where the program runs", async () => {
    const recording = await record(async () => ({
      account: (await getCallerIdentity()).accountId,
      partition: (await getPartition()).partition,
      region: (await getRegion()).region,
      zones: (await getAvailabilityZones()).names,
    }));

    assert.deepEqual(recording.outputs, {
      account: "123456789012",
      partition: "aws",
      region: "ap-northeast-1",
      zones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
    });
  });

  it("is the same in every run", async () => {
    const program = () => ({ id: network("Single").vpcId });

    const first = await record(program);
    const second = await record(program);

    assert.deepEqual(first.resources, second.resources);
  });
});
