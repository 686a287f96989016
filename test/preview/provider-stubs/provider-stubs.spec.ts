import assert from "node:assert/strict";
import * as awsx from "@pulumi/awsx";
import { getAvailabilityZones, getCallerIdentity, getPartition, getRegion } from "@pulumi/aws";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sagemaker from "@pulumi/aws/sagemaker";
import * as sns from "@pulumi/aws/sns";
import { record } from "../../support/record";

describe("providerStubs", () => {
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

  it("says who and where the program runs", async () => {
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
    const program = () => ({ vpcId: new awsx.ec2.Vpc("net", { natGateways: { strategy: "Single" } }).vpcId });

    const first = await record(program);
    const second = await record(program);

    assert.deepEqual(first.resources, second.resources);
  });
});
