import assert from "node:assert/strict";
import * as sns from "@pulumi/aws/sns";
import { LeastPrivilegeRole, type LeastPrivilegeRoleArgs } from "../../components/least-privilege-role";
import type { Statement } from "../../components/policy-document";
import { PolicySet } from "../../components/policy-set";
import { find, listing, record } from "../support/record";
import { statementOf } from "../support/statements";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const read: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::lake/*",
};

const args: LeastPrivilegeRoleArgs = {
  roleName: "retail-training",
  description: "Training jobs",
  trust: { service: "sagemaker.amazonaws.com", accountId: "123456789012" },
  policies: { data: [read] },
};

const make = (changes: Partial<LeastPrivilegeRoleArgs> = {}, preview = false) =>
  record(() => void new LeastPrivilegeRole("training", { ...args, ...changes }), { preview });
const trustOf = async (trust: LeastPrivilegeRoleArgs["trust"]) =>
  statementOf(find(await make({ trust }), ROLE).inputs.assumeRolePolicy, "AllowServiceOfThisAccount");

describe("LeastPrivilegeRole", () => {
  it("makes a role and attaches one managed policy for each part", async () => {
    const recording = await make({ policies: { data: [read], logs: [read] } });

    assert.deepEqual(listing(recording), [
      "aws:iam/policy:Policy training-data",
      "aws:iam/policy:Policy training-logs",
      "aws:iam/role:Role training-role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment training-data-attachment",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment training-logs-attachment",
      "smartretail:identity:LeastPrivilegeRole training",
      "smartretail:identity:PolicySet training",
    ]);
    const { inputs } = find(recording, POLICY, "training-data");
    assert.equal(inputs.name, "retail-training-data");
    assert.deepEqual(statementOf(inputs.policy, "Read"), read);
  });

  it("sets no policy inline and none of AWS", async () => {
    const { inputs } = find(await make(), ROLE);

    assert.deepEqual(Object.keys(inputs), ["assumeRolePolicy", "description", "maxSessionDuration", "name"]);
    assert.equal(inputs.maxSessionDuration, 3600);
  });

  it("trusts a service on behalf of this account only", async () => {
    assert.deepEqual(await trustOf(args.trust), {
      Sid: "AllowServiceOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "sagemaker.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    });
  });

  it("trusts it on behalf of named resources only", async () => {
    const sourceArns = ["arn:aws:sagemaker:ap-northeast-1:123456789012:*"];

    assert.deepEqual((await trustOf({ ...args.trust, sourceArns })).Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": sourceArns },
    });
  });

  it("lets the service name the person behind a session where it is told to", async () => {
    assert.deepEqual((await trustOf({ ...args.trust, sourceIdentity: true })).Action, [
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
    ]);
  });

  it("takes a permissions boundary, or none", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";

    const bounded = find(await make({ permissionsBoundaryArn }), ROLE).inputs;
    const unbounded = find(await make({ permissionsBoundaryArn: "" }), ROLE).inputs;
    assert.equal(bounded.permissionsBoundary, permissionsBoundaryArn);
    assert.ok(!("permissionsBoundary" in unbounded));
  });

  it("takes a longer session", async () => {
    assert.equal(find(await make({ maxSessionSeconds: 43200 }), ROLE).inputs.maxSessionDuration, 43200);
  });

  it("keeps documents with ids apart, so that the others are known in a first preview", async () => {
    const program = () => {
      const { arn } = new sns.Topic("topic");
      const guard = arn.apply((topicArn) => JSON.stringify({ Statement: [], topicArn }));
      void new LeastPrivilegeRole("training", { ...args, documents: { guard } });
    };

    const recording = await record(program, { preview: true });

    assert.equal(typeof find(recording, POLICY, "training-data").inputs.policy, "string");
    assert.deepEqual(find(recording, POLICY, "training-guard").inputs.policy, { $unknown: true });
  });

  it("registers the same in a first preview", async () => {
    const preview = await make({}, true);

    assert.deepEqual(listing(preview), listing(await make()));
    assert.equal(typeof find(preview, POLICY).inputs.policy, "string");
  });

  it("shares policies with other roles", async () => {
    const recording = await record(() => {
      const sharedPolicies = new PolicySet("people", {
        namePrefix: "retail-people",
        description: "People",
        policies: { data: [read] },
      });
      for (const person of ["aoki", "ito"]) {
        void new LeastPrivilegeRole(person, { ...args, roleName: person, policies: {}, sharedPolicies });
      }
    });

    assert.deepEqual(listing(recording), [
      "aws:iam/policy:Policy people-data",
      "aws:iam/role:Role aoki-role",
      "aws:iam/role:Role ito-role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment aoki-data-attachment",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment ito-data-attachment",
      "smartretail:identity:LeastPrivilegeRole aoki",
      "smartretail:identity:LeastPrivilegeRole ito",
      "smartretail:identity:PolicySet people",
    ]);
    const { propertyDependencies } = find(
      recording,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "ito-data-attachment",
    );
    assert.deepEqual(propertyDependencies.policyArn, [find(recording, POLICY).urn]);
  });

  it("makes a role without any right where it is given none", async () => {
    assert.deepEqual(listing(await make({ policies: undefined })), [
      "aws:iam/role:Role training-role",
      "smartretail:identity:LeastPrivilegeRole training",
    ]);
  });

  it("rejects a role name that IAM does not take", async () => {
    for (const roleName of ["retail training", "r".repeat(65)]) {
      await assert.rejects(make({ roleName }), {
        message: `training: roleName is "${roleName}"; allowed: 1 to 64 letters, digits and +=,.@-_`,
      });
    }
  });

  it("rejects a session that IAM does not take", async () => {
    await assert.rejects(make({ maxSessionSeconds: 900 }), {
      message: "training: maxSessionSeconds is 900; allowed: 3600 to 43200",
    });
  });
});
