import assert from "node:assert/strict";
import { personRoleName, physicalRoleName, roleArn } from "../../stacks/role-names";

const place = { prefix: "smartretail-prod", accountId: "123456789012" };

describe("role names", () => {
  it("start with the environment, so that keys and policies can be scoped to them", () => {
    assert.equal(physicalRoleName(place, "training"), "smartretail-prod-training");
    assert.equal(personRoleName(place, "aoki"), "smartretail-prod-studio-aoki");
    assert.equal(roleArn(place, "training"), "arn:aws:iam::123456789012:role/smartretail-prod-training");
  });

  it("leave the domain's own name to the domain", () => {
    assert.throws(() => personRoleName(place, "default"), {
      message:
        'smartretail:studioUserProfiles names "default"; allowed: any other name, this one is the domain\'s own',
    });
  });
});
