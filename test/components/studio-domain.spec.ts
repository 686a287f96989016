import assert from "node:assert/strict";
import { StudioDomain, type StudioDomainArgs } from "../../components/studio-domain";
import { find, listing, record } from "../support/record";

const TYPE = "aws:sagemaker/domain:Domain";
const args: StudioDomainArgs = {
  domainName: "shop",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-c"],
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/lake",
  defaultRoleArn: "arn:aws:iam::123456789012:role/nobody",
  defaultSecurityGroupId: "sg-nobody",
  apps: { instanceTypes: ["ml.t3.medium"], idleTimeoutMinutes: 60 },
  homeRetention: "Retain",
};

function recordDomain(changes: Partial<StudioDomainArgs> = {}, preview = false) {
  return record(() => void new StudioDomain("studio", { ...args, ...changes }), { preview });
}

describe("StudioDomain", () => {
  it("makes one domain", async () => {
    assert.deepEqual(listing(await recordDomain()), [
      `${TYPE} studio-domain`,
      "smartretail:studio:StudioDomain studio",
    ]);
  });

  it("stays inside the network, encrypted, without Docker, with the person's name in every session", async () => {
    const { inputs } = find(await recordDomain(), TYPE);

    assert.equal(inputs.appNetworkAccessType, "VpcOnly");
    assert.equal(inputs.kmsKeyId, args.kmsKeyArn);
    assert.deepEqual(inputs.subnetIds, ["subnet-a", "subnet-c"]);
    assert.deepEqual(inputs.domainSettings, {
      dockerSettings: { enableDockerAccess: "DISABLED" },
      executionRoleIdentityConfig: "USER_PROFILE_NAME",
    });
    assert.equal(inputs.tagPropagation, "ENABLED");
  });

  it("gives shared spaces and unknown users the default role and group, and stops their idle apps", async () => {
    const { inputs } = find(await recordDomain(), TYPE);

    const spaces = inputs.defaultSpaceSettings as unknown as Record<string, unknown>;
    const users = inputs.defaultUserSettings as unknown as Record<string, unknown>;
    for (const settings of [spaces, users]) {
      assert.equal(settings.executionRole, args.defaultRoleArn);
      assert.deepEqual(settings.securityGroups, ["sg-nobody"]);
      assert.match(JSON.stringify(settings.jupyterLabAppSettings), /"idleTimeoutInMinutes":60/);
      assert.match(JSON.stringify(settings.spaceStorageSettings), /"maximumEbsVolumeSizeInGb":50/);
    }
  });

  it("keeps the users' files where they are to be kept, and is then protected", async () => {
    const kept = find(await recordDomain(), TYPE);
    const deleted = find(await recordDomain({ homeRetention: "Delete" }), TYPE);

    assert.deepEqual([kept.inputs.retentionPolicy, kept.protect], [{ homeEfsFileSystem: "Retain" }, true]);
    assert.deepEqual(
      [deleted.inputs.retentionPolicy, deleted.protect],
      [{ homeEfsFileSystem: "Delete" }, false],
    );
  });

  it("is known as a whole in a first preview when its wiring is known", async () => {
    const { inputs } = find(await recordDomain({}, true), TYPE);

    assert.doesNotMatch(JSON.stringify(inputs), /\$unknown/);
  });

  it("rejects apps that SageMaker rejects", async () => {
    await assert.rejects(recordDomain({ apps: { ...args.apps, idleTimeoutMinutes: 30 } }), {
      message: "idleTimeoutMinutes is 30; allowed: an integer from 60 to 525600",
    });
  });
});
