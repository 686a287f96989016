import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesGlob, matchesPattern, nearestName } from "../../../policies/kit";
import { parseAsl } from "../../../policies/kit/documents/state-machine";
import { parseJson } from "../../../policies/kit/documents/json";
import { parsePolicy, type PolicyDocument } from "../../../policies/kit/documents/policy";
import { deniesPlainHttp, openGrants } from "../../../policies/security/open-grants";
import { hasLocalNvme } from "../../../policies/security/nvme";
import { secretInText, secretInVariable } from "../../../policies/security/secrets";

const silent = { fail: () => undefined, defer: () => undefined };

function policyOf(...Statement: object[]): PolicyDocument {
  return parsePolicy(parseJson(JSON.stringify({ Statement })), "policy", silent);
}

describe("policy documents", () => {
  it("read single values and lists alike", () => {
    const [statement] = policyOf({
      Effect: "Allow",
      Principal: { Service: "a.amazonaws.com" },
      Action: "s3:Get*",
      Resource: ["x"],
    }).statements;

    assert.ok(statement?.covers("s3:GetObject"));
    assert.ok(!statement?.covers("s3:PutObject"));
    assert.deepEqual(statement?.services, ["a.amazonaws.com"]);
  });

  it("match action patterns as IAM does: case ignored, stars and question marks only", () => {
    assert.ok(matchesPattern("IAM:pass*", "iam:PassRole"));
    assert.ok(matchesPattern("s3:Get?bject", "s3:GetObject"));
    assert.ok(!matchesPattern("s3:Get.bject", "s3:GetObject"));
    fc.assert(
      fc.property(
        fc.string(),
        (text) => matchesPattern("*", text) && matchesGlob("*", text.replace(/\n/g, "")),
      ),
    );
  });

  it("count a grant to everybody as open unless a condition names the callers", () => {
    const grant = (Condition: object): number =>
      openGrants(
        policyOf({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*", Condition }),
      ).length;

    assert.equal(grant({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }), 0);
    assert.equal(grant({ StringEquals: { "AWS:SourceVpce": "vpce-1" } }), 0);
    assert.equal(grant({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }), 0);
    assert.equal(grant({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }), 1);
    assert.equal(grant({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } }), 1);
    assert.equal(grant({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } }), 1);
    assert.equal(grant({ ArnLike: { "aws:SourceArn": "arn:*:*:*:*" } }), 1);
    assert.equal(grant({ NumericLessThan: { "s3:max-keys": "10" } }), 1);
  });

  it("want the denial of plain HTTP for everybody and for the action in question", () => {
    const deny = (Principal: unknown, Action: string): boolean =>
      deniesPlainHttp(
        policyOf({
          Effect: "Deny",
          Principal,
          Action,
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
        "s3:GetObject",
      );

    assert.ok(deny("*", "s3:*"));
    assert.ok(!deny({ AWS: "arn:aws:iam::111122223333:role/x" }, "s3:*"));
    assert.ok(!deny("*", "s3:PutObject"));
  });
});

describe("state machine definitions", () => {
  it("find tasks inside Map and Parallel states, optimised and by the SDK integration", () => {
    const train = (resource: string): object => ({
      Type: "Task",
      Resource: resource,
      Parameters: { "RoleArn.$": "$.role", VpcConfig: {} },
    });
    const definition = {
      States: {
        All: {
          Type: "Parallel",
          Branches: [{ States: { One: train("arn:aws:states:::sagemaker:createTrainingJob.sync") } }],
        },
        Each: {
          Type: "Map",
          ItemProcessor: { States: { Two: train("arn:aws:states:::aws-sdk:sagemaker:createTrainingJob") } },
        },
      },
    };

    const { states } = parseAsl(parseJson(JSON.stringify(definition)), "definition", silent);

    const tasks = states.filter(({ type }) => type === "Task");
    assert.deepEqual(
      tasks.map(({ api }) => api),
      ["sagemaker:createTrainingJob", "sagemaker:createTrainingJob"],
    );
    assert.deepEqual(
      tasks.map((task) => [task.origin("RoleArn"), task.origin("VpcConfig"), task.origin("Other")]).at(0),
      ["input", "literal", "unset"],
    );
    assert.equal(tasks[0]?.path, "definition.States.All.Branches[0].States.One");
  });
});

describe("what the rules know about AWS", () => {
  it("tell instances with NVMe disks from those with volumes", () => {
    const nvme = [
      "ml.g5.xlarge",
      "ml.p4d.24xlarge",
      "ml.m5d.large",
      "ml.g4dn.xlarge",
      "ml.c6gd.large",
      "ml.trn1.32xlarge",
    ];
    const volumes = [
      "ml.m5.large",
      "ml.c5.xlarge",
      "ml.r5.large",
      "ml.t2.medium",
      "ml.p3.2xlarge",
      "ml.inf2.xlarge",
      "ml.g5g.xlarge",
    ];

    assert.deepEqual(
      nvme.filter((type) => !hasLocalNvme(type)),
      [],
    );
    assert.deepEqual(volumes.filter(hasLocalNvme), []);
  });

  it("find secrets and let references pass", () => {
    assert.ok(secretInText("-----BEGIN RSA PRIVATE KEY-----"));
    assert.ok(secretInVariable("DB_PASSWORD", "hunter2hunter2"));
    assert.equal(
      secretInVariable("DB_PASSWORD", "arn:aws:secretsmanager:ap-northeast-1:1:secret:x"),
      undefined,
    );
    assert.equal(secretInVariable("TOKEN_PARAMETER_NAME", "/smartretail/token"), undefined);
    assert.equal(secretInText('{"Password.$": "$.password"}'), undefined);
  });

  it("offer the nearest name, and none when nothing is near", () => {
    assert.equal(nearestName("sm-epc-kmc", ["sm-epc-cmk", "sm-epc-ha"]), "sm-epc-cmk");
    assert.equal(nearestName("something-else", ["sm-epc-cmk"]), undefined);
  });
});
