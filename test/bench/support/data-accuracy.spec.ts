import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { accuracyOnData } from "../../../bench/support/data-accuracy";
import { main } from "../../../bench/main";
import { isoDate, weekdayOf } from "../../../forecasting/calendar/day";
import { temporaryFolder } from "../../runtime/support/temporary-folder";

/** 2026-06-01, a Monday. */
const FIRST_DAY = 20_605;
const SUNDAY = 7;

describe("bench accuracy on one's own data", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  /** Three items that sell 2, 4 and 6 on every day but Sundays; the first one sells nothing on every third day. */
  const write = (name: string, days: number) => {
    const lines = ["date,store,sku,quantity"];
    for (let day = 0; day < days; day++) {
      if (weekdayOf(FIRST_DAY + day) === SUNDAY) continue;
      for (const sku of [1, 2, 3])
        if (sku > 1 || day % 3 > 0) lines.push(`${isoDate(FIRST_DAY + day)},S1,K${sku},${2 * sku}`);
    }
    mkdirSync(folder.path(name));
    writeFileSync(folder.path(`${name}/sales.csv`), `${lines.join("\n")}\n`);
    return folder.path(name);
  };

  it("measures the champion beside the plain forecasters, on every kind of cell, and closed weekdays", async () => {
    const before = existsSync(".smartretail/bench") ? readdirSync(".smartretail/bench") : [];
    const { lines, ratios, notes } = await accuracyOnData(write("shop", 130));

    const rate = (what: string) => lines.find((line) => line.what === what)?.rate ?? NaN;
    // What sells the same every day is known to last week and to nobody who says zero; the first item is not.
    assert.equal(rate("zero, observed cells"), 100);
    assert.equal(rate("zero, every day"), 100);
    assert.ok(rate("seasonal naive, observed cells") > 0);
    assert.ok(rate("champion, observed cells") <= rate("seasonal naive, observed cells"));
    const kinds = ["observed cells", "all open cells", "every day", "SKU x week"];
    const [interval] = lines.slice(-1);
    assert.deepEqual([...new Set(lines.slice(1, -1).map(({ what }) => what.split(", ")[1]))], kinds);
    assert.equal(lines.length, 2 + 5 * kinds.length);
    assert.equal(interval!.what, "champion, 10-90 % interval");
    assert.ok(interval!.rate! > 60 && interval!.rate! <= 100, String(interval!.rate));
    assert.equal(ratios[0]!.value, 0);
    assert.match(notes[0]!, /^\d+ hold-out days/);
    assert.deepEqual(existsSync(".smartretail/bench") ? readdirSync(".smartretail/bench") : [], before);
  });

  it("says that a history is too short to measure on", async () => {
    await assert.rejects(
      accuracyOnData(write("opened", 9)),
      /--data is ".*opened": the history is too short/,
    );
  });

  it("is for the benchmark accuracy alone", async () => {
    await assert.rejects(main(["scorer", "--data", "x"]), /--data is for the benchmark accuracy alone/);
  });
});
