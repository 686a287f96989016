import assert from "node:assert/strict";
import type { Statement } from "../../../components/policy-document";
import type { Recording } from "../../../preview/recorded-resource";
import { inference } from "../../../stacks/identity/jobs";
import { testContext } from "../../support/context";
import { foundationOf } from "../../support/foundation";
import { decide, type IamRequest } from "../../support/iam";
import { find } from "../../support/record";
import { statementsOf } from "../../support/statements";

const SAGEMAKER = "arn:aws:sagemaker:ap-northeast-1:123456789012";
const OTHER_KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/x";
const STARTERS = ["state-machines", "data-scientist", "ml-engineer"];

describe("what IAM decides for who starts jobs", () => {
  let recording: Recording;
  let inside: NonNullable<IamRequest["context"]>;

  before(async () => {
    ({ recording } = await foundationOf("prod"));
    const key = String(find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn);
    inside = {
      "sagemaker:InstanceTypes": ["ml.m5.xlarge"],
      "sagemaker:InterContainerTrafficEncryption": "true",
      "sagemaker:MaxRuntimeInSeconds": "3600",
      "sagemaker:NetworkIsolation": "true",
      "sagemaker:OutputKmsKeyArn": key,
      "sagemaker:VolumeKmsKeyArn": key,
      "sagemaker:VpcSecurityGroupIds": [
        find(recording, "aws:ec2/securityGroup:SecurityGroup", "workload-group").id,
      ],
      "sagemaker:VpcSubnets": recording.resources
        .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
        .map(({ id }) => id),
    };
  });

  const rightsOf = (holder: string): Statement[] =>
    recording.resources
      .filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith(`${holder}-`))
      .flatMap(({ inputs }) => statementsOf(inputs.policy));
  const train = (
    holder: string,
    changes: Record<string, string | string[] | undefined> = {},
    name = "prod-weekly",
  ) => {
    const context = Object.fromEntries(
      Object.entries({ ...inside, ...changes }).filter(([, value]) => value !== undefined),
    ) as IamRequest["context"];
    const resource = `${SAGEMAKER}:training-job/smartretail-${name}`;
    return decide(rightsOf(holder), { action: "sagemaker:CreateTrainingJob", resource, context });
  };

  it("lets a transform's model pull DeepAR's image where a category is trained with it, and nowhere else", async () => {
    const { slices } = await foundationOf("prod");
    const pulled = (changes: Record<string, unknown>) =>
      JSON.stringify(inference(testContext("prod", changes), slices).policies?.platform ?? []).includes(
        ":repository/forecasting-deepar",
      );

    assert.deepEqual([pulled({}), pulled({ trainingAlgorithms: ["drinks=deepar"] })], [false, true]);
  });

  it("allows a job that stays inside", () => {
    for (const holder of STARTERS) assert.equal(train(holder), "allowed", holder);
  });

  it("allows it as well where its keys come under their older names, or under both", () => {
    const key = inside["sagemaker:VolumeKmsKeyArn"] as string;
    const older = { "sagemaker:OutputKmsKey": key, "sagemaker:VolumeKmsKey": key };
    const only = { ...older, "sagemaker:OutputKmsKeyArn": undefined, "sagemaker:VolumeKmsKeyArn": undefined };

    for (const holder of STARTERS) {
      assert.equal(train(holder, only), "allowed", holder);
      assert.equal(train(holder, older), "allowed", holder);
      assert.equal(train(holder, { ...only, "sagemaker:VolumeKmsKey": undefined }), "denied", holder);
      assert.equal(train(holder, { ...only, "sagemaker:OutputKmsKey": OTHER_KEY }), "denied", holder);
    }
  });

  const rejected: [string, Record<string, string | string[] | undefined>][] = [
    [
      "outside the network",
      { "sagemaker:VpcSubnets": undefined, "sagemaker:VpcSecurityGroupIds": undefined },
    ],
    ["in another subnet", { "sagemaker:VpcSubnets": ["subnet-elsewhere"] }],
    ["in another group", { "sagemaker:VpcSecurityGroupIds": ["sg-elsewhere"] }],
    ["with internet in the container", { "sagemaker:NetworkIsolation": "false" }],
    ["that says nothing of isolation", { "sagemaker:NetworkIsolation": undefined }],
    ["with plain traffic between instances", { "sagemaker:InterContainerTrafficEncryption": "false" }],
    ["without a key on its volume", { "sagemaker:VolumeKmsKeyArn": undefined }],
    ["without a key on its results", { "sagemaker:OutputKmsKeyArn": undefined }],
    ["with another key on its volume", { "sagemaker:VolumeKmsKeyArn": OTHER_KEY }],
    [
      "with another account's key on its results",
      { "sagemaker:OutputKmsKeyArn": "arn:aws:kms:ap-northeast-1:210987654321:key/x" },
    ],
    ["on a machine that is not listed", { "sagemaker:InstanceTypes": ["ml.m5.xlarge", "ml.p4d.24xlarge"] }],
    ["that names no machine", { "sagemaker:InstanceTypes": undefined }],
    ["that may run for a day", { "sagemaker:MaxRuntimeInSeconds": "86400" }],
  ];
  for (const [what, changes] of rejected) {
    it(`rejects a job ${what}`, () => {
      for (const holder of STARTERS) assert.notEqual(train(holder, changes), "allowed", holder);
    });
  }

  it("rejects a job under another environment's name", () => {
    for (const holder of STARTERS) assert.equal(train(holder, {}, "dev-weekly"), "not allowed", holder);
  });

  it("lets only the machines start processing that calls AWS, and only by its name", () => {
    const process = (holder: string, kind: string) =>
      decide(rightsOf(holder), {
        action: "sagemaker:CreateProcessingJob",
        resource: `${SAGEMAKER}:processing-job/smartretail-prod-${kind}-1`,
        context: { ...inside, "sagemaker:NetworkIsolation": "false" },
      });

    assert.equal(process("state-machines", "online-features"), "allowed");
    assert.equal(process("state-machines", "clean"), "not allowed");
    assert.equal(process("data-scientist", "online-features"), "not allowed");
  });

  it("lets a version be approved by engineers alone, and registered as approved by nobody", () => {
    const version = (holder: string, action: string, status: string) =>
      decide(rightsOf(holder), {
        action: `sagemaker:${action}`,
        resource: `${SAGEMAKER}:model-package/smartretail-prod-drinks/7`,
        context: { "sagemaker:ModelApprovalStatus": status },
      });

    assert.equal(version("data-scientist", "CreateModelPackage", "PendingManualApproval"), "allowed");
    assert.equal(version("ml-engineer", "UpdateModelPackage", "Approved"), "allowed");
    for (const holder of STARTERS) {
      assert.equal(version(holder, "CreateModelPackage", "Approved"), "not allowed", holder);
      if (holder !== "ml-engineer")
        assert.equal(version(holder, "UpdateModelPackage", "Approved"), "not allowed");
    }
  });

  it("passes the experiments' role to SageMaker, and no other role, nor to anything else", () => {
    const pass = (role: string, service: string) =>
      decide(rightsOf("data-scientist"), {
        action: "iam:PassRole",
        resource: `arn:aws:iam::123456789012:role/smartretail-prod-${role}`,
        context: { "iam:PassedToService": service },
      });

    assert.equal(pass("experiment", "sagemaker.amazonaws.com"), "allowed");
    assert.equal(pass("experiment", "lambda.amazonaws.com"), "not allowed");
    assert.equal(pass("training", "sagemaker.amazonaws.com"), "not allowed");
    assert.equal(pass("release-control", "sagemaker.amazonaws.com"), "not allowed");
  });

  it("lets release control put new artifacts into the model repositories, and nobody replace one", () => {
    const put = (holder: string, context: IamRequest["context"] = {}) =>
      decide(rightsOf(holder), {
        action: "s3:PutObject",
        resource:
          "arn:aws:s3:::smartretail-prod-models-123456789012/mme/champion/drinks/20261004-0a1b2c3d.tar.gz",
        context,
      });

    assert.equal(put("release-control", { "s3:if-none-match": "*" }), "allowed");
    for (const holder of ["release-control", "training", "processing", "inference", ...STARTERS]) {
      assert.equal(put(holder), "not allowed", holder);
    }
  });
});
