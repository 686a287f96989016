import assert from "node:assert/strict";
import { administratorArns } from "../../stacks/administrators";
import { testContext } from "../support/context";

const DEPLOYER = "arn:aws:iam::123456789012:role/smartretail-deployer";
const arnsFor = (callerArn: string) => administratorArns({ ...testContext("dev"), callerArn });

describe("administratorArns", () => {
  it("names the deployer roles once, also when one of them deploys", () => {
    assert.deepEqual(arnsFor("arn:aws:sts::123456789012:assumed-role/smartretail-deployer/ci"), [DEPLOYER]);
  });

  it("adds the role behind another caller's session", () => {
    assert.deepEqual(arnsFor("arn:aws:sts::123456789012:assumed-role/Admin/aoki"), [
      "arn:aws:iam::123456789012:role/Admin",
      DEPLOYER,
    ]);
  });

  it("finds roles of Identity Center below their path, whatever its region", () => {
    assert.deepEqual(arnsFor("arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0f/aoki"), [
      "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_0f",
      DEPLOYER,
    ]);
  });

  it("adds a user as it is", () => {
    assert.deepEqual(arnsFor("arn:aws:iam::123456789012:user/aoki"), [
      DEPLOYER,
      "arn:aws:iam::123456789012:user/aoki",
    ]);
  });

  it("names every deployer of the settings", () => {
    const context = testContext("dev", { deployerRoleNames: ["zed", "abe"] });

    assert.deepEqual(administratorArns({ ...context, callerArn: "arn:aws:iam::123456789012:root" }), [
      "arn:aws:iam::123456789012:role/abe",
      "arn:aws:iam::123456789012:role/zed",
      "arn:aws:iam::123456789012:root",
    ]);
  });
});
