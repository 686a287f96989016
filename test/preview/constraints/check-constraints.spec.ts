import assert from "node:assert/strict";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sagemaker from "@pulumi/aws/sagemaker";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import constraints from "../../../preview/api-constraints.json";
import { checkConstraints } from "../../../preview/constraints/check-constraints";
import type { ApiShape } from "../../../preview/constraints/api-shapes";
import { compiled } from "../../../preview/constraints/check-shape";
import { record } from "../../support/record";

const check = async (program: () => void, preview = false) =>
  checkConstraints((await record(program, { preview })).resources);

const variant = {
  variantName: "champion",
  modelName: "m",
  initialInstanceCount: 1,
  instanceType: "ml.m5.large",
};
const config = (change: object) => () =>
  void new sagemaker.EndpointConfiguration("config", {
    name: "smartretail-prod",
    productionVariants: [{ ...variant, ...change }],
  });

describe("checkConstraints", () => {
  it("finds nothing wrong with what AWS takes", async () => {
    const report = await check(config({}));

    assert.deepEqual(report, { violations: [], unchecked: [] });
  });

  it("names resource, path, value and allowed values of a wrong enum", async () => {
    const { violations } = await check(config({ instanceType: "ml.t3.medium" }));

    assert.equal(violations.length, 1);
    assert.match(
      violations[0] ?? "",
      /^EndpointConfiguration "config": productionVariants\[0\]\.instanceType is "ml\.t3\.medium"; allowed: ml\.\S+, .* and \d+ more$/,
    );
  });

  for (const [what, program, message] of [
    [
      "a name with a character that AWS does not take",
      () =>
        void new sagemaker.Model("m", { name: "a_b", executionRoleArn: "arn:aws:iam::123456789012:role/r" }),
      /^Model "m": name is "a_b"; allowed: what matches /,
    ],
    [
      "a name that is too long",
      () => void new iam.Role("r", { name: "x".repeat(65), assumeRolePolicy: "{}" }),
      /^Role "r": name "x+…" has 65 characters; allowed: 1 to 64$/,
    ],
    [
      "a number out of range",
      () => void new kms.Key("k", { deletionWindowInDays: 400 }),
      /^Key "k": deletionWindowInDays is 400; allowed: 1 to 365$/,
    ],
    [
      "a value that is no member of a nested enum",
      config({ modelName: "m", inferenceAmiVersion: "no-such-image" }),
      /^EndpointConfiguration "config": productionVariants\[0\]\.inferenceAmiVersion is "no-such-image"; allowed: /,
    ],
    [
      "a required member that is missing inside a structure",
      () =>
        void new sagemaker.EndpointConfiguration("config", {
          productionVariants: [variant],
          dataCaptureConfig: { destinationS3Uri: "s3://b/p", initialSamplingPercentage: 20 } as never,
        }),
      /^EndpointConfiguration "config": dataCaptureConfig lacks CaptureOptions, which AWS requires$/,
    ],
    [
      "a bucket name against the documented rule",
      () => void new s3.Bucket("b", { bucket: "Lake_1" }),
      /^Bucket "b": bucket is "Lake_1"; allowed: what matches /,
    ],
    [
      "a security group's description",
      () => void new ec2.SecurityGroup("g", { vpcId: "vpc-1", description: "store’s endpoints" }),
      /^SecurityGroup "g": description is "store’s endpoints"; allowed: /,
    ],
    [
      "a log group name with a blank",
      () => void new cloudwatch.LogGroup("l", { name: "/a b", retentionInDays: 10 }),
      /^LogGroup "l": name is "\/a b"; allowed: what matches/,
    ],
    [
      "a tag's value",
      () => void new kms.Key("k", { tags: { Owner: "x".repeat(257) } }),
      /^Key "k": tags\.Owner "x+…" has 257 characters; allowed: 0 to 256$/,
    ],
  ] as const) {
    it(`rejects ${what}`, async () => {
      const { violations } = await check(program);

      assert.equal(violations.length, 1, violations.join("\n"));
      assert.match(violations[0] ?? "", message);
    });
  }

  it("rejects the name that the provider would make up", async () => {
    const { violations } = await check(
      () => void new sagemaker.Model("under_score", { executionRoleArn: "arn:aws:iam::123456789012:role/r" }),
    );

    assert.match(violations.join("\n"), /^Model "under_score": name is "under_score-[0-9a-f]{7}"/);
  });

  it("passes over unknown and secret values", async () => {
    const report = await check(() => {
      const topic = new sns.Topic("t", { displayName: pulumi.secret("x".repeat(200)) });
      new sns.TopicPolicy("p", { arn: topic.arn, policy: topic.arn });
    }, true);

    assert.deepEqual(report.violations, []);
  });

  it("reports a type without a mapping, and an input that no operation knows", async () => {
    const { unchecked } = await check(() => {
      new sqs.RedrivePolicy("q", { queueUrl: "q", redrivePolicy: "{}" });
      config({ inventedProperty: 1 })();
    });

    assert.deepEqual(unchecked, [
      "aws:sagemaker/endpointConfiguration:EndpointConfiguration productionVariants.inventedProperty",
      "aws:sqs/redrivePolicy:RedrivePolicy",
    ]);
  });

  it("can read every published pattern", () => {
    const shapes = constraints.shapes as unknown as Record<string, ApiShape>;
    const unread = Object.entries(shapes).filter(([, { pattern }]) => pattern && !compiled(pattern));

    assert.deepEqual(unread, []);
  });
});
