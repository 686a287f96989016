import assert from "node:assert/strict";
import fc from "fast-check";
import { holdOutFrom, originsOf, planWindows } from "../../../forecasting/evaluation/windows";

describe("planWindows", () => {
  it("holds back four weeks to evaluate and four to validate of a long history", () => {
    const windows = planWindows(1000, 1419);

    assert.deepEqual(
      [windows.trainTo, windows.validationDays, windows.holdOutDays, holdOutFrom(windows)],
      [1363, 28, 28, 1392],
    );
    assert.deepEqual(originsOf(windows), [1391, 1398, 1405, 1412]);
    assert.deepEqual(windows.warnings, []);
  });

  it("never overlaps training, validation and hold-out, whatever the length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1200 }), (days) => {
        const windows = planWindows(500, 500 + days - 1);
        assert.ok(windows.trainFrom >= 500 && windows.trainFrom <= windows.trainTo);
        assert.equal(windows.trainTo + windows.validationDays + windows.holdOutDays, windows.cutoff);
        assert.equal(windows.holdOutDays % 7, 0);
      }),
    );
  });

  it("says what a short history cannot teach", () => {
    assert.match(planWindows(0, 99).warnings.join(), /100 days of history: no season could be learned/);
    assert.match(planWindows(0, 19).warnings.join(), /too few to train trees/);
    assert.match(planWindows(0, 4).warnings.join(), /too few for a backtest/);
  });

  it("rejects an empty history", () => {
    assert.throws(() => planWindows(10, 9), /there is no history/);
  });
});
