import assert from "node:assert/strict";
import fc from "fast-check";
import { estimateMonthlyCost } from "../../../../policies/cost/pricing/estimate";
import { HOURS_PER_MONTH } from "../../../../policies/cost/pricing/price-table";
import { assertUsd, monthly } from "./monthly";
import { definition, MACHINE, planned, SCHEDULE, splitEndpoint, trainingTask } from "./plan-fixture";

describe("estimateMonthlyCost, whatever the plan", () => {
  it("never charges more at the minimum than expected, nor expects more than the maximum", () => {
    fc.assert(
      fc.property(plans, (resources) => {
        const estimate = estimateMonthlyCost(resources);

        assert.ok(estimate.minimumUsd >= 0);
        for (const { minimumUsd, expectedUsd, maximumUsd, what } of estimate.lines) {
          assert.ok(minimumUsd <= expectedUsd, what);
          assert.ok(expectedUsd <= maximumUsd, what);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("does not depend on the order of the resources", () => {
    fc.assert(
      fc.property(plans, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (resources, keys) => {
        const shuffled = resources
          .map((resource) => ({ resource, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ resource }) => resource);

        assert.deepEqual(estimateMonthlyCost(shuffled), estimateMonthlyCost(resources));
      }),
      { numRuns: 100 },
    );
  });

  it("never gets cheaper when a count grows", () => {
    fc.assert(
      fc.property(counts, counts, counts, (initial, maximum, more) => {
        const before = monthly(splitEndpoint(initial, maximum));
        const after = monthly(splitEndpoint(initial, maximum + more));

        assert.ok(after.maximumUsd >= before.maximumUsd);
        assert.equal(after.minimumUsd, before.minimumUsd);
      }),
    );
  });

  it("is additive: a second resource never lowers the sum", () => {
    fc.assert(
      fc.property(plans, counts, (resources, gateways) => {
        const nat = Array.from({ length: gateways }, (_, i) =>
          planned("aws:ec2/natGateway:NatGateway", `nat-${i}`),
        );

        const difference = monthly([...resources, ...nat]).minimumUsd - monthly(resources).minimumUsd;

        assertUsd(difference, gateways * HOURS_PER_MONTH * 0.062);
      }),
      { numRuns: 50 },
    );
  });
});

const counts = fc.integer({ min: 1, max: 20 });

/** Plans of one endpoint, a scheduled training, and some network and key resources. */
const plans = fc
  .record({
    initial: counts,
    maximum: counts,
    keys: fc.integer({ min: 0, max: 4 }),
    endpoints: fc.integer({ min: 0, max: 6 }),
    hours: fc.integer({ min: 1, max: 24 }),
    spot: fc.boolean(),
    days: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ initial, maximum, keys, endpoints, hours, spot, days }) => [
    ...splitEndpoint(initial, maximum),
    ...Array.from({ length: keys }, (_, i) =>
      planned("aws:kms/key:Key", `key-${i}`, { enableKeyRotation: i % 2 === 0 }),
    ),
    ...Array.from({ length: endpoints }, (_, i) =>
      planned("aws:ec2/vpcEndpoint:VpcEndpoint", `endpoint-${i}`, {
        vpcEndpointType: "Interface",
        subnetIds: ["a", "b"],
      }),
    ),
    planned(MACHINE, "training", {
      name: "training",
      definition: definition({ Train: trainingTask({ spot, maxRuntimeSeconds: hours * 3600 }) }),
    }),
    planned(SCHEDULE, "weekly", {
      scheduleExpression: `rate(${days} days)`,
      target: { arn: "arn:aws:states:::stateMachine:training" },
    }),
  ]);
