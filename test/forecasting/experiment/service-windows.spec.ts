import assert from "node:assert/strict";
import fc from "fast-check";
import { statisticsReady } from "../../../forecasting/experiment/normal-tails";
import { assessWindows, type ServiceWindow } from "../../../forecasting/experiment/service-windows";

const LIMIT = 500;
const at = (i: number) => new Date(Date.UTC(2026, 9, 5, 0, 5 * i)).toISOString();

/** Windows of 900 and 100 requests: errors of the champion and the challenger, then their p99. */
const windows = (...rows: readonly (readonly [number, number, number?, number?])[]): ServiceWindow[] =>
  rows.map(([championErrors, challengerErrors, champion = 100, challenger = 100], i) => ({
    start: at(i),
    champion: { requests: 900, errors: championErrors, p99Milliseconds: champion },
    challenger: { requests: 100, errors: challengerErrors, p99Milliseconds: challenger },
  }));
const assess = (list: readonly ServiceWindow[]) => assessWindows(list, LIMIT);

describe("assessWindows", () => {
  before(() => statisticsReady);

  it("fails on two windows of errors running, or on one of 10 %", () => {
    assert.deepEqual(assess(windows([5, 8], [5, 0], [5, 8])).failures, []);
    assert.match(assess(windows([5, 8], [5, 8])).failures.join(), /errors at 2026-10-05T00:05/);
    assert.match(assess(windows([5, 12])).failures.join(), /errors at 2026-10-05T00:00/);
  });

  it("is not frightened by one error of a few requests, nor by what the split explains", () => {
    const few = windows([0, 1], [0, 1], [0, 1]).map((window) => ({
      ...window,
      challenger: { ...window.challenger, requests: 19 },
    }));
    assert.deepEqual(assess(few), { failures: [], shared: [], conclusive: 0 });
    assert.deepEqual(assess(windows([9, 2], [9, 2], [9, 2])).failures, []);
  });

  it("calls it shared when the champion fails as well", () => {
    const found = assess(windows([90, 11], [90, 11]));
    assert.deepEqual(found.failures, []);
    assert.match(found.shared.join(), /errors of both variants/);
  });

  it("fails on three slow windows, by the limit or against the champion", () => {
    const slow = [0, 0, 100, 160] as const;
    assert.deepEqual(assess(windows(slow, slow)).failures, []);
    assert.match(assess(windows(slow, slow, slow)).failures.join(), /p99 at 2026-10-05T00:10/);
    const both = [0, 0, 600, 620] as const;
    assert.match(assess(windows(both, both, both)).shared.join(), /p99 of both/);
    const limit = [0, 0, 450, 520] as const;
    assert.match(assess(windows(limit, limit, limit)).failures.join(), /p99/);
  });

  it("neither adds nor ends a run between the two limits", () => {
    const [slow, between, fast] = [[0, 0, 100, 160], [0, 0, 100, 130], [0, 0, 100, 110]] as const; // prettier-ignore
    assert.equal(assess(windows(slow, between, slow, between, slow)).failures.length, 1);
    assert.equal(assess(windows(slow, slow, fast, slow, slow)).failures.length, 0);
  });

  it("does not count windows together that lie far apart", () => {
    const [first, second] = windows([5, 8], [5, 8]);
    assert.deepEqual(assess([first!, { ...second!, start: at(9) }]).failures, []);
  });

  it("says the same for windows that come twice and in any order", () => {
    const window = fc.tuple(
      fc.nat(20),
      fc.nat(15),
      fc.constantFrom(100, 600),
      fc.constantFrom(100, 160, 620),
    );
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 12 }), fc.nat(), (rows, turn) => {
        const list = windows(...rows);
        const replayed = [...list.slice(turn % list.length), ...list].reverse();
        assert.deepEqual(assess(replayed), assess(list));
      }),
    );
  });

  it("takes counts that are none for no window", () => {
    const broken = windows([0, NaN], [0, NaN]).concat(windows([0, 200]));
    assert.equal(assess(broken.slice(0, 2)).conclusive, 0);
    assert.deepEqual(assess(broken.slice(2)).failures, []);
  });
});
