import assert from "node:assert/strict";
import { firstFindings, type Method } from "../../../bench/support/any-look";
import { statisticsReady } from "../../../forecasting/experiment/normal-tails";
import { DEFAULT_ERROR_WORLD } from "../../../forecasting/experiment/simulated-errors";

describe("a test that is looked at every evening", () => {
  before(() => statisticsReady);

  /** Share of simulated experiments in which each method finds a change; smaller and shorter than the benchmark's. */
  function shares(change: number, runs: number): (method: Method) => number {
    const found = Array.from({ length: runs }, (_, run) =>
      firstFindings({ ...DEFAULT_ERROR_WORLD, storeCount: 200, change }, run),
    );
    return (method) => found.filter((each) => each[method] !== undefined).length / runs;
  }

  it("is seldom wrong where all stores share a day's shock, and a plain t-test nearly always", () => {
    const share = shares(0, 120);

    assert.ok(share("chosen: both ways, autocorrelation, sequence") <= 0.07);
    assert.ok(share("store-days as if independent, t") >= 0.4);
    assert.ok(share("clustered by store, sequence") >= 0.1);
  });

  it("finds 5 % that served stores alone would not show", () => {
    const share = shares(-0.05, 60);

    assert.ok(share("chosen: both ways, autocorrelation, sequence") >= 0.9);
    assert.ok(share("only served stores (10 %), sequence") <= 0.4);
  });
});
