import assert from "node:assert/strict";
import { PERIMETER_EXCEPTIONS, rolesOutsideNetwork } from "../../stacks/data-perimeter";
import { testContext } from "../support/context";

const dev = testContext("dev");
const prod = testContext("prod");
const role = (name: string) => `arn:aws:iam::123456789012:role/smartretail-${name}`;

describe("rolesOutsideNetwork", () => {
  it("lets Feature Store write the offline store from its own network", () => {
    assert.deepEqual(rolesOutsideNetwork(prod, "features"), [role("prod-feature-store")]);
    assert.deepEqual(rolesOutsideNetwork(dev, "features"), [role("dev-feature-store")]);
  });

  it("lets models be loaded from outside only where they are serverless", () => {
    assert.deepEqual(rolesOutsideNetwork(dev, "models"), [role("dev-inference"), role("dev-state-machines")]);
    assert.deepEqual(rolesOutsideNetwork(prod, "models"), [role("prod-state-machines")]);
  });

  it("lets captures come from outside only where an endpoint captures", () => {
    assert.deepEqual(rolesOutsideNetwork(prod, "capture"), [role("prod-inference")]);
    assert.deepEqual(rolesOutsideNetwork(dev, "capture"), []);
  });

  it("keeps everybody but the state machines inside for all other data", () => {
    for (const purpose of ["raw", "processed", "results"] as const) {
      assert.deepEqual(rolesOutsideNetwork(prod, purpose), [role("prod-state-machines")]);
    }
    assert.deepEqual(rolesOutsideNetwork(prod, "accessLogs"), []);
  });

  it("gives a reason for each exception", () => {
    assert.ok(PERIMETER_EXCEPTIONS.every(({ reason }) => reason.length > 20));
  });
});
