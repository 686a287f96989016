import assert from "node:assert/strict";
import fc from "fast-check";
import { randomFor } from "../../../forecasting/generator/random";
import { busyShare, containersNeeded } from "../../../forecasting/serving/containers-needed";
import { explainLatency } from "../../../forecasting/serving/explain-latency";
import {
  adviseHosting,
  type HostingLoad,
  hostingOptions,
} from "../../../forecasting/serving/hosting-advisor";
import { percentile, totalOf } from "../../../forecasting/serving/request-times";
import { simulateServing } from "../../../forecasting/serving/simulate-serving";

const PRICES = {
  serverlessGbSecond: 0.0000258,
  provisionedGbSecond: 0.0000129,
  keptWarmGbSecond: 0.0000055,
  instanceHour: 0.149,
};

const LOAD: HostingLoad = {
  requestsPerMonth: 20_000,
  peakFactor: 3,
  secondsPerRequest: 0.15,
  memoryGb: 2,
  coldShare: 0.15,
  warmP99Milliseconds: 300,
  coldP99Milliseconds: 1200,
  objectiveMilliseconds: 500,
  instanceRequestsPerSecond: 13,
  minInstances: 1,
};

const BEHAVIOUR = {
  modelMilliseconds: 100,
  modelDeviation: 0.2,
  overheadMilliseconds: 20,
  loadMilliseconds: 800,
  loadDeviation: 0.2,
  startMilliseconds: 300,
  warmContainers: 0,
  mostContainers: 10,
  keepSeconds: 300,
};

describe("explanation of a latency", () => {
  const times = fc.record({
    model: fc.nat(500),
    overhead: fc.nat(100),
    load: fc.nat(2000),
    start: fc.nat(2000),
    queue: fc.nat(2000),
  });

  it("adds up to the percentile, whatever the requests", () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 60 }), (requests) => {
        const { shares, percentile: p99 } = explainLatency(requests);

        assert.equal(p99, percentile(requests.map(totalOf), 0.99));
        const sum = shares.reduce((total, { milliseconds }) => total + milliseconds, 0);
        assert.ok(Math.abs(sum - p99) < 1e-9);
      }),
    );
  });

  for (const [cause, change, rate] of [
    ["load", { startMilliseconds: 0 }, 0.006],
    ["start", { loadMilliseconds: 100, startMilliseconds: 900 }, 0.006],
    ["queue", { warmContainers: 1, mostContainers: 1 }, 8.5],
    ["overhead", { warmContainers: 5, overheadMilliseconds: 700 }, 0.5],
  ] as const) {
    it(`names ${cause} where that is what is slow`, () => {
      const traffic = { requestsPerSecond: rate, requests: 3000 };

      const requests = simulateServing({ ...BEHAVIOUR, ...change }, traffic, randomFor(3, "requests"));

      assert.equal(explainLatency(requests).cause, cause);
    });
  }
});

describe("containers to keep warm", () => {
  it("follow Erlang's table: ten calls at once, and 18 lines for one in a hundred busy", () => {
    assert.ok(Math.abs(busyShare(10, 10) - 0.2146) < 1e-4);
    assert.ok(Math.abs(busyShare(18, 10) - 0.0071) < 1e-4);
    assert.equal(containersNeeded({ requestsPerSecond: 100, secondsPerRequest: 0.1 }, 0.01), 18);
  });

  it("are those that keep simulated cold starts under a hundredth", () => {
    const rate = { requestsPerSecond: 6, secondsPerRequest: 0.1 };
    const needed = containersNeeded(rate, 0.01)!;
    const coldShare = (warmContainers: number) => {
      const behaviour = { ...BEHAVIOUR, warmContainers, keepSeconds: 0, overheadMilliseconds: 0 };
      const traffic = { requestsPerSecond: 6, requests: 5000 };
      const requests = simulateServing(behaviour, traffic, randomFor(1, "requests"));
      return requests.filter(({ load }) => load > 0).length / requests.length;
    };

    assert.ok(coldShare(needed) <= 0.015, `${coldShare(needed)}`);
    assert.ok(coldShare(needed - 1) > 0.01, `${coldShare(needed - 1)}`);
  });

  it("have no number where SageMaker cannot keep so many", () => {
    assert.equal(containersNeeded({ requestsPerSecond: 5000, secondsPerRequest: 0.2 }, 0.01), undefined);
  });
});

describe("hosting advisor", () => {
  it("takes serverless where cold starts are rare, and keeps a container warm where they are not", () => {
    assert.equal(adviseHosting({ ...LOAD, coldShare: 0.005 }, PRICES)!.kind, "serverless");
    assert.equal(adviseHosting(LOAD, PRICES)!.kind, "provisioned");
  });

  it("takes instances when the traffic keeps them busy", () => {
    assert.equal(adviseHosting({ ...LOAD, requestsPerMonth: 50_000_000 }, PRICES)!.kind, "instances");
  });

  it("advises nothing where the model alone is slower than the objective", () => {
    assert.equal(adviseHosting({ ...LOAD, warmP99Milliseconds: 501, coldShare: 0.2 }, PRICES), undefined);
  });

  it("never gets cheaper with more traffic", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e8 }), fc.integer({ min: 1, max: 1e8 }), (a, b) => {
        const usd = (requestsPerMonth: number) =>
          Object.fromEntries(
            hostingOptions({ ...LOAD, requestsPerMonth }, PRICES).map(({ kind, monthlyUsd }) => [
              kind,
              monthlyUsd,
            ]),
          );
        const [low, high] = [usd(Math.min(a, b)), usd(Math.max(a, b))];
        for (const kind of Object.keys(low)) assert.ok(low[kind]! <= high[kind]!, kind);
      }),
    );
  });
});
