import assert from "node:assert/strict";
import { DEMAND_CLASSES, demandClassOf } from "../../../forecasting/methods/demand-class";
import { hasStopped } from "../../../forecasting/methods/retirement";
import {
  DAY_STATE,
  newSeriesDays,
  resizeSeries,
  type SeriesDays,
} from "../../../forecasting/methods/series-days";

function seriesOf(units: readonly number[], closed: (i: number) => boolean = () => false): SeriesDays {
  const days = newSeriesDays(0);
  resizeSeries(days, units.length);
  days.units.set(units);
  units.forEach((_, i) => (days.states[i] = closed(i) ? DAY_STATE.closed : DAY_STATE.seen));
  return days;
}
const repeat = (pattern: readonly number[], times: number) =>
  Array.from({ length: times }, () => pattern).flat();

describe("demand class", () => {
  const classOf = (units: readonly number[], closed?: (i: number) => boolean) =>
    DEMAND_CLASSES[demandClassOf(seriesOf(units, closed), units.length - 1)];

  it("is that of Syntetos, Boylan and Croston", () => {
    assert.equal(classOf(repeat([4, 5, 6, 5], 20)), "smooth");
    assert.equal(classOf(repeat([1, 1, 1, 9], 20)), "erratic");
    assert.equal(classOf(repeat([2, 0, 0, 2], 20)), "intermittent");
    assert.equal(classOf(repeat([1, 0, 0, 1, 0, 0, 9, 0], 10)), "lumpy");
  });

  it("is new in the first four weeks, and intermittent where nothing was sold in months", () => {
    assert.equal(classOf(repeat([4], 27)), "new");
    assert.equal(classOf(repeat([4], 28)), "smooth");
    assert.equal(classOf(repeat([0], 150)), "intermittent");
  });

  it("does not count closed days as days without a sale", () => {
    const everyThird = repeat([5, 0, 0], 40);

    assert.equal(classOf(everyThird), "intermittent");
    assert.equal(
      classOf(everyThird, (i) => i % 3 !== 0),
      "smooth",
    );
  });
});

describe("a series that stopped", () => {
  const stopped = (units: readonly number[], closed?: (i: number) => boolean) =>
    hasStopped(seriesOf(units, closed), units.length - 1);

  it("is one whose silence its habit does not explain", () => {
    assert.equal(stopped([...repeat([3, 2], 40), ...repeat([0], 28)]), true);
    assert.equal(stopped([...repeat([3, 2], 40), ...repeat([0], 27)]), false);
  });

  it("is not one that always sold rarely", () => {
    const once = [1, ...repeat([0], 19)];

    assert.equal(stopped([...repeat(once, 5), ...repeat([0], 30)]), false);
    assert.equal(stopped([...repeat(once, 5), ...repeat([0], 200)]), true);
  });

  it("does not count days on which the store was closed", () => {
    const units = [...repeat([3, 2], 40), ...repeat([0], 60)];

    assert.equal(
      stopped(units, (i) => i >= 80),
      false,
    );
  });

  it("is one that sold nothing as far back as the history reaches", () => {
    assert.equal(stopped(repeat([0], 118)), true);
  });
});
