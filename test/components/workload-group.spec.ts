import assert from "node:assert/strict";
import { WorkloadGroup } from "../../components/workload-group";
import { find, listing, record } from "../support/record";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const make = (preview = false) =>
  record(
    () =>
      void new WorkloadGroup("jobs", {
        vpcId: "vpc-1",
        groupName: "retail-workload",
        endpointGroupId: "sg-endpoints",
        gatewayPrefixListIds: { s3: "pl-s3", dynamodb: "pl-dynamodb" },
      }),
    { preview },
  );

describe("WorkloadGroup", () => {
  it("makes a group and its rules", async () => {
    assert.deepEqual(listing(await make()), [
      "aws:ec2/securityGroup:SecurityGroup jobs-group",
      `${EGRESS} jobs-key-exchange-out`,
      `${EGRESS} jobs-to-dynamodb`,
      `${EGRESS} jobs-to-endpoints`,
      `${EGRESS} jobs-to-s3`,
      `${EGRESS} jobs-tunnel-out`,
      `${INGRESS} jobs-key-exchange-in`,
      `${INGRESS} jobs-tunnel-in`,
      "smartretail:network:WorkloadGroup jobs",
    ]);
  });

  it("lets HTTPS out to the endpoints and the gateways' prefix lists", async () => {
    const recording = await make();

    const toEndpoints = find(recording, EGRESS, "jobs-to-endpoints").inputs;
    const toS3 = find(recording, EGRESS, "jobs-to-s3").inputs;
    assert.equal(toEndpoints.referencedSecurityGroupId, "sg-endpoints");
    assert.equal(toS3.prefixListId, "pl-s3");
    for (const rule of [toEndpoints, toS3]) {
      assert.deepEqual([rule.ipProtocol, rule.fromPort, rule.toPort], ["tcp", 443, 443]);
    }
  });

  it("names no range of addresses", async () => {
    const rules = (await make()).resources.filter(({ type }) => [INGRESS, EGRESS].includes(type));

    assert.deepEqual(
      rules.filter(({ inputs }) => "cidrIpv4" in inputs || "cidrIpv6" in inputs),
      [],
    );
    assert.ok(rules.every(({ inputs }) => typeof inputs.description === "string"));
  });

  it("lets instances of a job talk through their tunnel, both ways, among themselves", async () => {
    const recording = await make();
    const groupId = find(recording, "aws:ec2/securityGroup:SecurityGroup").id;

    for (const [type, direction] of [
      [INGRESS, "in"],
      [EGRESS, "out"],
    ] as const) {
      const keys = find(recording, type, `jobs-key-exchange-${direction}`).inputs;
      const tunnel = find(recording, type, `jobs-tunnel-${direction}`).inputs;
      assert.deepEqual([keys.ipProtocol, keys.fromPort, keys.toPort], ["udp", 500, 500]);
      assert.deepEqual([tunnel.ipProtocol, tunnel.fromPort], ["50", undefined]);
      assert.equal(keys.referencedSecurityGroupId, groupId);
      assert.equal(tunnel.referencedSecurityGroupId, groupId);
    }
  });

  it("keeps its rules apart from the group", async () => {
    const { inputs } = find(await make(), "aws:ec2/securityGroup:SecurityGroup");

    assert.deepEqual([inputs.ingress, inputs.egress], [undefined, undefined]);
  });

  it("registers the same in a first preview", async () => {
    assert.deepEqual(listing(await make(true)), listing(await make()));
  });
});
