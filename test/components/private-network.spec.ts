import assert from "node:assert/strict";
import { PrivateNetwork, type PrivateNetworkArgs } from "../../components/private-network";
import { find, listing, record } from "../support/record";
import { valueOf } from "../support/value-of";

const args: PrivateNetworkArgs = {
  cidrBlock: "10.40.0.0/16",
  zoneCount: 2,
  flowLogGroupArn: "arn:aws:logs:ap-northeast-1:123456789012:log-group:flows",
  flowLogRoleArn: "arn:aws:iam::123456789012:role/flows",
  tags: { Project: "retail" },
};

const make = (changes: Partial<PrivateNetworkArgs> = {}, preview = false) =>
  record(() => void new PrivateNetwork("net", { ...args, ...changes }), { preview });

describe("PrivateNetwork", () => {
  it("makes one isolated subnet a zone and no way to the internet", async () => {
    assert.deepEqual(listing(await make()), [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup net-default-group",
      "aws:ec2/flowLog:FlowLog net-flow-log",
      // awsx always makes one; without a route it leads nowhere.
      "aws:ec2/internetGateway:InternetGateway net-vpc",
      "aws:ec2/routeTable:RouteTable net-vpc-workload-1",
      "aws:ec2/routeTable:RouteTable net-vpc-workload-2",
      "aws:ec2/routeTableAssociation:RouteTableAssociation net-vpc-workload-1",
      "aws:ec2/routeTableAssociation:RouteTableAssociation net-vpc-workload-2",
      "aws:ec2/subnet:Subnet net-vpc-workload-1",
      "aws:ec2/subnet:Subnet net-vpc-workload-2",
      "aws:ec2/vpc:Vpc net-vpc",
      "awsx:ec2:Vpc net-vpc",
      "smartretail:network:PrivateNetwork net",
    ]);
  });

  it("asks awsx for isolated subnets without NAT, with its tags as an argument", async () => {
    assert.deepEqual(find(await make({ zoneCount: 3 }), "awsx:ec2:Vpc").inputs, {
      cidrBlock: "10.40.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: "None" },
      numberOfAvailabilityZones: 3,
      subnetSpecs: [{ name: "workload", type: "Isolated" }],
      subnetStrategy: "Auto",
      tags: { Project: "retail" },
    });
  });

  it("stands in the zones that are named", async () => {
    const recording = await make({ zoneNames: ["ap-northeast-1a", "ap-northeast-1d"] });

    const { inputs } = find(recording, "awsx:ec2:Vpc");
    assert.deepEqual(inputs.availabilityZoneNames, ["ap-northeast-1a", "ap-northeast-1d"]);
    assert.equal(inputs.numberOfAvailabilityZones, undefined);
    const subnets = recording.resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.deepEqual(
      subnets.map((subnet) => subnet.inputs.availabilityZone),
      ["ap-northeast-1a", "ap-northeast-1d"],
    );
  });

  it("gives no subnet a public address or a default route", async () => {
    const { resources } = await make();

    const subnets = resources.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    assert.deepEqual(
      subnets.map(({ inputs }) => [inputs.cidrBlock, inputs.mapPublicIpOnLaunch]),
      [
        ["10.40.0.0/17", false],
        ["10.40.128.0/17", false],
      ],
    );
    assert.ok(!resources.some(({ type }) => type === "aws:ec2/route:Route"));
  });

  it("empties the default security group", async () => {
    const { inputs } = find(await make(), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");

    assert.deepEqual(Object.keys(inputs), ["vpcId"]);
  });

  it("logs every flow", async () => {
    const { inputs } = find(await make(), "aws:ec2/flowLog:FlowLog");

    assert.equal(inputs.trafficType, "ALL");
    assert.equal(inputs.logDestinationType, "cloud-watch-logs");
    assert.equal(inputs.logDestination, args.flowLogGroupArn);
    assert.equal(inputs.iamRoleArn, args.flowLogRoleArn);
    assert.equal(inputs.maxAggregationInterval, 60);
  });

  it("hands out a subnet and a route table a zone", async () => {
    let network: PrivateNetwork | undefined;
    await record(() => void (network = new PrivateNetwork("net", { ...args, zoneCount: 3 })));

    assert.ok(network);
    assert.equal((await valueOf(network.subnetIds)).length, 3);
    assert.equal(new Set(await valueOf(network.routeTableIds)).size, 3);
    assert.match(await valueOf(network.vpcId), /^vpc-/);
  });

  it("registers the same in a first preview", async () => {
    assert.deepEqual(listing(await make({}, true)), listing(await make()));
  });

  it("rejects other names than its zones have", async () => {
    await assert.rejects(make({ zoneNames: ["ap-northeast-1a", "ap-northeast-1a"] }), {
      message: 'net: zoneNames is "ap-northeast-1a, ap-northeast-1a"; allowed: 2 different zones',
    });
  });

  it("rejects a single zone", async () => {
    await assert.rejects(make({ zoneCount: 1 }), {
      message: "net: zoneCount is 1; allowed: an integer from 2",
    });
  });
});
