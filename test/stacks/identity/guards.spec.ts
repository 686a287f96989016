import assert from "node:assert/strict";
import type { Recording } from "../../../preview/recorded-resource";
import { foundationOf } from "../../support/foundation";
import { find } from "../../support/record";
import { statementOf, statementsOf } from "../../support/statements";

describe("jobGuard", () => {
  let recording: Recording;

  before(async () => {
    ({ recording } = await foundationOf("prod"));
  });

  const guardOf = (role: string) => find(recording, "aws:iam/policy:Policy", `${role}-guard`).inputs.policy;

  it("denies whatever is not in the platform's own subnets and group", () => {
    const subnets = recording.resources
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map(({ id }) => id);
    const group = find(recording, "aws:ec2/securityGroup:SecurityGroup", "workload-group").id;
    const document = guardOf("state-machines");

    assert.deepEqual(statementOf(document, "DenyOtherSubnets").Condition, {
      "ForAnyValue:StringNotEquals": { "sagemaker:VpcSubnets": [...subnets].sort() },
    });
    assert.deepEqual(statementOf(document, "DenyOtherSecurityGroups").Condition, {
      "ForAnyValue:StringNotEquals": { "sagemaker:VpcSecurityGroupIds": group },
    });
  });

  it("denies every other key than the lake's, on volumes and on results", () => {
    const { arn } = find(recording, "aws:kms/key:Key", "data-lake-key").outputs;

    for (const name of ["VolumeKmsKey", "VolumeKmsKeyArn", "OutputKmsKey", "OutputKmsKeyArn"]) {
      const key = `sagemaker:${name}`;
      assert.deepEqual(statementOf(guardOf("state-machines"), `DenyOther${name}`).Condition, {
        ArnNotEquals: { [key]: arn },
        Null: { [key]: "false" },
      });
    }
  });

  it("allows nothing, and is the same for all who start jobs", () => {
    for (const role of ["state-machines", "data-scientist", "ml-engineer"]) {
      assert.ok(statementsOf(guardOf(role)).every(({ Effect }) => Effect === "Deny"));
      assert.equal(guardOf(role), guardOf("state-machines"));
    }
  });
});
