import assert from "node:assert/strict";
import { DateOrderEvidence } from "../../../forecasting/calendar/date-order";
import { dayNumber } from "../../../forecasting/calendar/day";

function evidence(...texts: string[]) {
  const found = new DateOrderEvidence(dayNumber("2026-11-25"));
  for (const text of texts) found.add(text);
  return found;
}

describe("DateOrderEvidence", () => {
  it("learns the order from one day that can be no month", () => {
    assert.deepEqual(evidence("05/01/2026", "06/01/2026", "13/01/2026").rules, { order: "dmy" });
    assert.deepEqual(evidence("01/05/2026", "01/13/2026").rules, { order: "mdy" });
  });

  it("rules out a reading in the future, or far in the past", () => {
    assert.deepEqual(evidence("11/12/2026").rules, { order: "mdy" });
    assert.deepEqual(evidence("26/01/05").rules, { shortOrder: "ymd" });
  });

  it("keeps years in full and in two digits apart", () => {
    assert.deepEqual(evidence("26/01/05", "13/01/2026").rules, { order: "dmy", shortOrder: "ymd" });
  });

  it("says nothing where two readings are left, and asks for more", () => {
    const found = evidence("05/01/2026", "06/02/2026");

    assert.deepEqual([found.rules, found.isNeeded, found.isClear], [{}, true, false]);
    assert.equal(evidence("2026-11-23").isNeeded, false);
  });
});
