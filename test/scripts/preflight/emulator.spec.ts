import assert from "node:assert/strict";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { awsAccount } from "../../../scripts/preflight/aws-account";
import { startEmulator, type Emulator } from "../../support/emulator";
import { skipWithout } from "../../support/skip-without";

describe("awsAccount against an AWS emulator", function () {
  let emulator: Emulator;
  before(async function () {
    // It knows no quotas of SageMaker and no cost-allocation tags: the wire of the real clients is faked for those.
    skipWithout(this, "moto_server", "Python: pip install 'moto[server]'");
    emulator = await startEmulator();
  });
  after(() => emulator?.stop());

  it("knows the caller, roles, buckets and the zones of endpoint services", async () => {
    const { place } = emulator;
    const account = awsAccount(place);
    await new IAMClient(place).send(
      new CreateRoleCommand({ RoleName: "smartretail-deployer", AssumeRolePolicyDocument: "{}" }),
    );
    await new S3Client({ ...place, forcePathStyle: true }).send(
      new CreateBucketCommand({
        Bucket: "smartretail-dev-raw-123456789012",
        CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" },
      }),
    );

    assert.equal((await account.identity()).accountId, "123456789012");
    assert.deepEqual(
      [await account.hasRole("smartretail-deployer"), await account.hasRole("nobody")],
      [true, false],
    );
    assert.deepEqual(
      [await account.bucket("smartretail-dev-raw-123456789012"), await account.bucket("smartretail-free")],
      ["ours", "free"],
    );
    const services = ["com.amazonaws.ap-northeast-1.sagemaker.api", "com.amazonaws.ap-northeast-1.no-such"];
    const zones = await account.endpointZones(services);
    assert.deepEqual([...zones.keys()], ["com.amazonaws.ap-northeast-1.sagemaker.api"]);
    assert.ok((zones.get("com.amazonaws.ap-northeast-1.sagemaker.api") ?? []).length > 0);
  });
});
