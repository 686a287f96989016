import assert from "node:assert/strict";
import type { Statement } from "../../components/policy-document";
import { PolicySet, type PolicySetArgs } from "../../components/policy-set";
import { find, listing, record } from "../support/record";
import { statementsOf } from "../support/statements";

const read: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::lake/*",
};
const args: PolicySetArgs = {
  namePrefix: "retail-training",
  description: "Training jobs",
  policies: { data: [read], logs: [read] },
};

const make = (changes: Partial<PolicySetArgs> = {}) =>
  record(() => void new PolicySet("training", { ...args, ...changes }));

describe("PolicySet", () => {
  it("makes one managed policy for each part", async () => {
    const recording = await make();

    assert.deepEqual(listing(recording), [
      "aws:iam/policy:Policy training-data",
      "aws:iam/policy:Policy training-logs",
      "smartretail:identity:PolicySet training",
    ]);
    const { inputs } = find(recording, "aws:iam/policy:Policy", "training-data");
    assert.deepEqual([inputs.name, inputs.description], ["retail-training-data", "Training jobs: data"]);
    assert.deepEqual(statementsOf(inputs.policy), [read]);
  });

  it("takes documents that are made elsewhere", async () => {
    const recording = await make({ documents: { guard: '{"Statement":[]}' } });

    assert.equal(
      find(recording, "aws:iam/policy:Policy", "training-guard").inputs.policy,
      '{"Statement":[]}',
    );
  });

  it("hands out its policies by part", async () => {
    let arns: PolicySet["arns"] = {};
    await record(() => void ({ arns } = new PolicySet("training", args)));

    assert.deepEqual(Object.keys(arns), ["data", "logs"]);
  });

  it("rejects a policy that IAM would find too long", async () => {
    const Resource = Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::lake-with-a-long-name/${i}/*`);

    await assert.rejects(
      make({ policies: { data: [{ ...read, Resource }] } }),
      /^Error: training: policy "data" has \d{4} characters; at most 6144 are allowed$/,
    );
  });

  it("rejects more policies than a role takes", async () => {
    const policies = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`part-${i}`, [read]]));

    await assert.rejects(make({ policies }), {
      message: "training: has 11 policies; at most 10 are allowed",
    });
  });

  it("rejects two policies of one name", async () => {
    await assert.rejects(make({ documents: { data: "{}" } }), {
      message: 'training: "data" names two policies',
    });
  });

  it("rejects names that IAM does not take", async () => {
    await assert.rejects(make({ namePrefix: "retail training" }), {
      message: 'training: policy name "retail training-data"; allowed are letters, digits and +=,.@-_',
    });
    const part = "p".repeat(120);
    await assert.rejects(make({ policies: { [part]: [read] } }), {
      message: `training: policy name "retail-training-${part}" is too long; at most 128 characters are allowed`,
    });
  });
});
