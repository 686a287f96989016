import assert from "node:assert/strict";
import { StudioUser, type StudioUserArgs } from "../../components/studio-user";
import { find, listing, record } from "../support/record";

const TYPE = "aws:sagemaker/userProfile:UserProfile";
const args: StudioUserArgs = {
  profileName: "aoki",
  securityGroupName: "shop-studio-aoki",
  domainId: "d-1",
  roleArn: "arn:aws:iam::123456789012:role/data-scientist",
  vpcId: "vpc-1",
  vpcCidr: "10.40.0.0/16",
  s3PrefixListId: "pl-s3",
  apps: { instanceTypes: ["ml.t3.medium"], idleTimeoutMinutes: 90 },
};

function recordUser(changes: Partial<StudioUserArgs> = {}, preview = false) {
  return record(() => void new StudioUser("aoki", { ...args, ...changes }), { preview });
}

describe("StudioUser", () => {
  it("makes a profile and a security group of its own", async () => {
    const names = listing(await recordUser()).filter((line) => !line.includes("Rule"));

    assert.deepEqual(names, [
      "aws:ec2/securityGroup:SecurityGroup aoki-network-group",
      `${TYPE} aoki-profile`,
      "smartretail:studio:StudioSecurityGroup aoki-network",
      "smartretail:studio:StudioUser aoki",
    ]);
  });

  it("works with its own role and in its own group only", async () => {
    const recording = await recordUser();

    const { inputs } = find(recording, TYPE);
    const settings = inputs.userSettings as unknown as Record<string, unknown>;
    const { id } = find(recording, "aws:ec2/securityGroup:SecurityGroup");
    assert.deepEqual([settings.executionRole, settings.securityGroups], [args.roleArn, [id]]);
    assert.match(JSON.stringify(settings), /"idleTimeoutInMinutes":90/);
  });

  it("has its role in a first preview", async () => {
    const { inputs } = find(await recordUser({}, true), TYPE);

    assert.equal((inputs.userSettings as unknown as Record<string, unknown>).executionRole, args.roleArn);
  });

  it("rejects a name that SageMaker rejects", async () => {
    await assert.rejects(recordUser({ profileName: "aoki_t" }), {
      message: 'profileName is "aoki_t"; allowed: 1 to 63 letters, digits and hyphens, not at an end',
    });
  });

  it("rejects apps that SageMaker rejects", async () => {
    await assert.rejects(
      recordUser({ apps: { ...args.apps, instanceTypes: [] } }),
      /instanceTypes has no entry/,
    );
  });
});
