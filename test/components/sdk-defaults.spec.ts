import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { installScript, sdkDefaults } from "../../components/sdk-defaults";

const DEFAULTS = sdkDefaults({
  bucket: "smartretail-prod-models-123456789012",
  jobRoleArn: "arn:aws:iam::123456789012:role/smartretail-prod-experiment",
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/1",
  prefix: "experiments",
  securityGroupIds: ["sg-1"],
  subnetIds: ["subnet-1", "subnet-2"],
});

describe("sdkDefaults", () => {
  const { SageMaker } = parse(DEFAULTS) as { SageMaker: Record<string, Record<string, unknown>> };

  it("gives every kind of job the keys, and training and processing the network, isolation and role", () => {
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const VpcConfig = { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1", "subnet-2"] };
    const fence = { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: true };
    const RoleArn = "arn:aws:iam::123456789012:role/smartretail-prod-experiment";

    assert.deepEqual(SageMaker.TrainingJob, {
      ...fence,
      OutputDataConfig: { KmsKeyId: key },
      ResourceConfig: { VolumeKmsKeyId: key },
      RoleArn,
      VpcConfig,
    });
    assert.deepEqual(SageMaker.ProcessingJob, {
      NetworkConfig: { ...fence, VpcConfig },
      ProcessingOutputConfig: { KmsKeyId: key },
      ProcessingResources: { ClusterConfig: { VolumeKmsKeyId: key } },
      RoleArn,
    });
    assert.deepEqual(SageMaker.TransformJob, {
      TransformOutput: { KmsKeyId: key },
      TransformResources: { VolumeKmsKeyId: key },
    });
    assert.deepEqual(SageMaker.Model, { EnableNetworkIsolation: true, ExecutionRoleArn: RoleArn, VpcConfig });
  });

  it("keeps the SDK from making a bucket of its own, and spells everything out", () => {
    assert.deepEqual(SageMaker.PythonSDK, {
      Modules: {
        Session: {
          DefaultS3Bucket: "smartretail-prod-models-123456789012",
          DefaultS3ObjectKeyPrefix: "experiments",
        },
      },
    });
    assert.doesNotMatch(DEFAULTS, /[&*]a\d/);
  });
});

describe("installScript", () => {
  it("writes the defaults, byte for byte, into the user's folder", () => {
    const home = mkdtempSync(join(tmpdir(), "home-"));

    const { status, stderr } = spawnSync("bash", ["-c", installScript(DEFAULTS)], {
      env: { HOME: home, PATH: process.env.PATH },
    });

    assert.equal(status, 0, String(stderr));
    assert.equal(readFileSync(join(home, ".config/sagemaker/config.yaml"), "utf8"), DEFAULTS);
    rmSync(home, { recursive: true });
  });

  it("fits into a lifecycle configuration", () => {
    // SageMaker: at most 16,384 characters of base64.
    assert.ok(Buffer.from(installScript(DEFAULTS)).toString("base64").length < 16_384);
  });
});
