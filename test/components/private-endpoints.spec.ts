import assert from "node:assert/strict";
import { PrivateEndpoints, type PrivateEndpointsArgs } from "../../components/private-endpoints";
import { find, listing, record } from "../support/record";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const args: PrivateEndpointsArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-c", "subnet-d"],
  region: "ap-northeast-1",
  groupName: "retail-endpoints",
  clientCidrBlock: "10.40.0.0/16",
  policies: { "sagemaker.api": "{}", studio: '{"Version":"2012-10-17"}' },
  zoneCount: 2,
};

const make = (changes: Partial<PrivateEndpointsArgs> = {}, preview = false) =>
  record(() => void new PrivateEndpoints("doors", { ...args, ...changes }), { preview });

describe("PrivateEndpoints", () => {
  it("makes one group, one rule and an endpoint per service", async () => {
    assert.deepEqual(listing(await make()), [
      "aws:ec2/securityGroup:SecurityGroup doors-group",
      "aws:ec2/vpcEndpoint:VpcEndpoint doors-sagemaker-api",
      "aws:ec2/vpcEndpoint:VpcEndpoint doors-studio",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule doors-from-network",
      "smartretail:network:PrivateEndpoints doors",
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
    const { inputs } = find(await make(), ENDPOINT, "doors-studio");

    assert.equal(inputs.serviceName, "aws.sagemaker.ap-northeast-1.studio");
    assert.equal(inputs.vpcEndpointType, "Interface");
    assert.equal(inputs.privateDnsEnabled, true);
    assert.equal(inputs.policy, '{"Version":"2012-10-17"}');
    assert.equal((inputs.securityGroupIds as string[]).length, 1);
  });

  it("stands in as many zones as it is told", async () => {
    const zonesOf = async (zoneCount: number) =>
      find(await make({ zoneCount }), ENDPOINT, "doors-sagemaker-api").inputs.subnetIds;

    assert.deepEqual(await zonesOf(1), ["subnet-a"]);
    assert.deepEqual(await zonesOf(2), ["subnet-a", "subnet-c"]);
  });

  it("makes only the group where no endpoint is wanted", async () => {
    const recording = await make({ policies: {} });

    assert.ok(!recording.resources.some(({ type }) => type === ENDPOINT));
  });

  it("registers the same in a first preview", async () => {
    assert.deepEqual(listing(await make({}, true)), listing(await make()));
  });

  it("refuses to stand nowhere", async () => {
    await assert.rejects(make({ zoneCount: 0 }), {
      message: "doors: zoneCount is 0; allowed: an integer from 1",
    });
  });
});
