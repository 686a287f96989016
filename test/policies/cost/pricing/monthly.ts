import assert from "node:assert/strict";
import { estimateMonthlyCost } from "../../../../policies/cost/pricing/estimate";
import type { PlannedResource } from "../../../../policies/cost/pricing/planned-resource";
import type { UsageOverrides } from "../../../../policies/cost/pricing/usage";

export const none = { minimum: 0, maximum: 0 };
/** Usage that leaves only what the plan itself decides. */
const NO_USAGE: UsageOverrides = {
  customMetrics: none,
  dataTransferOutGigabytes: none,
  interfaceEndpointGigabytes: none,
  keyRequestsPerMonth: none,
  keyRotations: none,
  transitionsPerState: none,
  natGigabytes: none,
};

/** The estimate without any usage but the given one. */
export function monthly(resources: readonly PlannedResource[], usage: UsageOverrides = {}) {
  return estimateMonthlyCost(resources, { usage: { ...NO_USAGE, ...usage } });
}

export function assertUsd(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 0.005, `${actual} is not ${expected}`);
}
