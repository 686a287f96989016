import assert from "node:assert/strict";
import { VpcEndpoints, type VpcEndpointsArgs } from "../../components/vpc-endpoints";
import { find, listing, record } from "../support/record";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const args: VpcEndpointsArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-c", "subnet-d"],
  region: "ap-northeast-1",
  groupName: "retail-endpoints",
  clientCidrBlock: "10.40.0.0/16",
  policies: { "sagemaker.api": "{}", studio: '{"Version":"2012-10-17"}' },
  zoneCount: 2,
};

const make = (changes: Partial<VpcEndpointsArgs> = {}, preview = false) =>
  record(() => void new VpcEndpoints("endpoints", { ...args, ...changes }), { preview });

describe("VpcEndpoints", () => {
  it("makes one group, one rule and an endpoint per service", async () => {
    assert.deepEqual(listing(await make()), [
      "aws:ec2/securityGroup:SecurityGroup endpoints-group",
      "aws:ec2/vpcEndpoint:VpcEndpoint endpoints-sagemaker-api",
      "aws:ec2/vpcEndpoint:VpcEndpoint endpoints-studio",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule endpoints-from-network",
      "smartretail:network:VpcEndpoints endpoints",
    ]);
  });

  it("takes HTTPS from the network and nothing else", async () => {
    const recording = await make();

    const { inputs } = find(recording, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(
      [inputs.ipProtocol, inputs.fromPort, inputs.toPort, inputs.cidrIpv4],
      ["tcp", 443, 443, "10.40.0.0/16"],
    );
    const group = find(recording, "aws:ec2/securityGroup:SecurityGroup").inputs;
    assert.equal(group.ingress, undefined);
    assert.equal(group.egress, undefined);
    assert.equal(group.description, "HTTPS from the network to AWS services");
  });

  it("answers under the service's own name, with the policy that it was given", async () => {
    const { inputs } = find(await make(), ENDPOINT, "endpoints-studio");

    assert.equal(inputs.serviceName, "aws.sagemaker.ap-northeast-1.studio");
    assert.equal(inputs.vpcEndpointType, "Interface");
    assert.equal(inputs.privateDnsEnabled, true);
    assert.equal(inputs.policy, '{"Version":"2012-10-17"}');
    assert.equal((inputs.securityGroupIds as string[]).length, 1);
  });

  it("stands in as many zones as it is told", async () => {
    const zonesOf = async (zoneCount: number) =>
      find(await make({ zoneCount }), ENDPOINT, "endpoints-sagemaker-api").inputs.subnetIds;

    assert.deepEqual(await zonesOf(1), ["subnet-a"]);
    assert.deepEqual(await zonesOf(2), ["subnet-a", "subnet-c"]);
  });

  it("makes only the group where no endpoint is listed", async () => {
    const recording = await make({ policies: {} });

    assert.ok(!recording.resources.some(({ type }) => type === ENDPOINT));
  });

  it("registers the same in a first preview", async () => {
    assert.deepEqual(listing(await make({}, true)), listing(await make()));
  });

  it("has at least one zone", async () => {
    await assert.rejects(make({ zoneCount: 0 }), {
      message: "endpoints: zoneCount is 0; allowed: an integer from 1",
    });
  });
});
