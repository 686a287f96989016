import assert from "node:assert/strict";
import { StudioSecurityGroup } from "../../components/studio-security-group";
import { find, listing, record } from "../support/record";

const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

function recordGroup(preview = false) {
  const args = {
    groupName: "shop-studio-aoki",
    description: "Studio apps of aoki",
    vpcId: "vpc-1",
    vpcCidr: "10.40.0.0/16",
    s3PrefixListId: "pl-s3",
  };
  return record(() => void new StudioSecurityGroup("aoki", args), { preview });
}

describe("StudioSecurityGroup", () => {
  it("makes a group with two rules in and four out", async () => {
    assert.deepEqual(listing(await recordGroup()), [
      "aws:ec2/securityGroup:SecurityGroup aoki-group",
      `${EGRESS} aoki-apps-out`,
      `${EGRESS} aoki-endpoints-out`,
      `${EGRESS} aoki-nfs-out`,
      `${EGRESS} aoki-s3-out`,
      `${INGRESS} aoki-apps-in`,
      `${INGRESS} aoki-nfs-in`,
      "smartretail:studio:StudioSecurityGroup aoki",
    ]);
  });

  it("lets in the user's own apps only, on the ports that Studio needs", async () => {
    const recording = await recordGroup();

    const { id } = find(recording, "aws:ec2/securityGroup:SecurityGroup");
    const rules = recording.resources.filter(({ type }) => type === INGRESS);
    assert.deepEqual(
      rules.map(({ inputs }) => [
        inputs.referencedSecurityGroupId,
        inputs.fromPort,
        inputs.toPort,
        inputs.cidrIpv4,
      ]),
      [
        [id, 2049, 2049, undefined],
        [id, 8192, 65535, undefined],
      ],
    );
  });

  it("lets HTTPS out to the network's endpoints and to S3, and nothing to the internet", async () => {
    const recording = await recordGroup();

    assert.equal(find(recording, EGRESS, "aoki-endpoints-out").inputs.cidrIpv4, "10.40.0.0/16");
    assert.equal(find(recording, EGRESS, "aoki-s3-out").inputs.prefixListId, "pl-s3");
    assert.doesNotMatch(JSON.stringify(recording.resources.map(({ inputs }) => inputs)), /0\.0\.0\.0\/0/);
  });

  it("shows its ports in a first preview", async () => {
    const { inputs } = find(await recordGroup(true), INGRESS, "aoki-nfs-in");

    assert.deepEqual([inputs.fromPort, inputs.referencedSecurityGroupId], [2049, { $unknown: true }]);
  });
});
