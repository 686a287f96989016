import assert from "node:assert/strict";
import { administratorArns, auditorArns } from "../../stacks/administrators";
import { testContext } from "../support/context";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe("administratorArns", () => {
  it("names every deployer and every role for an emergency, once and in order", () => {
    const context = testContext("dev", {
      breakGlassRoleNames: ["fire", "abe"],
      deployerRoleNames: ["zed", "abe"],
    });

    assert.deepEqual(administratorArns(context), [role("abe"), role("fire"), role("zed")]);
  });

  it("takes roles with a path", () => {
    const name = "aws-reserved/sso.amazonaws.com/ap-northeast-1/AWSReservedSSO_Admin_0f";

    assert.deepEqual(administratorArns(testContext("dev", { deployerRoleNames: [name] })), [role(name)]);
  });
});

describe("auditorArns", () => {
  it("names the auditors, who are no administrators", () => {
    const context = testContext("dev", { auditorRoleNames: ["auditor"] });

    assert.deepEqual(auditorArns(context), [role("auditor")]);
    assert.ok(!administratorArns(context).includes(role("auditor")));
  });
});
