import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { compareNights } from "../../../runtime/experiment/compare-nights";
import { type NightComparison, parseComparison } from "../../../runtime/experiment/comparison-file";
import { comparedDays, listNights } from "../../../runtime/experiment/night-list";
import { CHALLENGER, CHAMPION } from "../../forecasting/experiment/support";
import { temporaryFolder } from "../support/temporary-folder";
import { FIRST_DAY, makeLake, makeNight } from "./support";

const STORES = 3;
const DAYS = 12;
const day = (t: number) => isoDate(dayNumber(FIRST_DAY) + t);

describe("compareNights", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let result: NightComparison;

  const units = (s: number, k: number, t: number) => 5 + ((s * 7 + k * 3 + t * 5) % 6);
  /** A forecast says which night it is from: 100 more in the night that no order went by. */
  const champion = "7 + 0.25 * k";
  const challenger =
    "CASE WHEN s = 2 AND k = 1 AND t = 7 THEN 'NaN'::FLOAT WHEN s = 3 AND k = 2 AND t = 8 THEN NULL ELSE 8 END";

  before(async () => {
    const lake = folder.path("lake");
    const isStockedOut = "s = 1 AND k = 1 AND t = 6";
    await makeLake(lake, { stores: STORES, days: DAYS, isStockedOut, isClosed: "s = 2 AND t = 9" });
    const nights = folder.path("nights");
    await makeNight(
      `${nights}/old`,
      1,
      STORES,
      { champion: "1", challenger: "1" },
      { champion: CHAMPION, challenger: "20260801-dddddddd" },
    );
    for (const t of [3, 4, 6, 7, 8, 9]) {
      await makeNight(`${nights}/night-${t}`, t, STORES, { champion, challenger });
    }
    await compareNights({ lake, nights: [nights], out: folder.path("out") });
    const path = folder.path("out/comparison.json");
    result = parseComparison(readFileSync(path, "utf8"), path);
  });

  it("comes to the same night by night: each adds its day by the night that orders went by, and no other", async () => {
    const at = (t: number) => folder.path(t === 5 ? "night-5" : `nights/night-${t}`);
    await makeNight(at(5), 5, STORES, { champion, challenger });
    let previous: string | undefined;
    for (const t of [4, 5, 6, 7, 8, 9]) {
      const lake = folder.path(`lake-${t}`);
      const isStockedOut = "s = 1 AND k = 1 AND t = 6";
      await makeLake(lake, { stores: STORES, days: t + 1, isStockedOut, isClosed: "s = 2 AND t = 9" });
      const ordered = t === 4 ? folder.path("nights/old") : at(t - 2);
      const out = folder.path(`night-by-night/${t}`);
      await compareNights({ lake, nights: [ordered, at(t)], previous, out });
      previous = out;
    }
    await compareNights({
      lake: folder.path("lake-9"),
      nights: [folder.path("nights"), at(5)],
      out: folder.path("at-once"),
    });

    const read = (out: string) => parseComparison(readFileSync(`${out}/comparison.json`, "utf8"), out);
    assert.deepEqual(read(previous!).comparisons[0]!.days, [5, 6, 7, 8, 9].map(day));
    assert.deepEqual(read(previous!), read(folder.path("at-once")));
  });

  it("compares categories with two models only, with the versions that forecast", () => {
    assert.deepEqual(
      result.comparisons.map((each) => [each.category, each.championVersion, each.challengerVersion]),
      [["drinks", CHAMPION, CHALLENGER]],
    );
    assert.equal(result.cutoff, day(DAYS - 1));
  });

  it("begins with the first day that orders went by these versions, and fills a missing night with the one before", () => {
    const [drinks] = result.comparisons;
    // The first night knew day 3: its orders reach the shelf on day 5. The night of day 5 is missing.
    assert.deepEqual(drinks!.days, [5, 6, 7, 8, 9, 10, 11].map(day));
    assert.deepEqual(drinks!.missingDays, []);
  });

  it("adds up what a loop over the cells adds up", () => {
    const { sums, days, stores, cells } = result.comparisons[0]!;
    const expected = { sales: 0, championError: 0, challengerError: 0, championBias: 0, challengerBias: 0, newItemChampionError: 0, newItemChallengerError: 0 }; // prettier-ignore
    for (let s = 1; s <= 3; s++) {
      for (let t = 5; t <= 11; t++) {
        const found = { ...expected };
        for (const k of [1, 2]) {
          if ((s === 1 && k === 1 && t === 6) || (s === 2 && t === 9)) continue;
          const sold = units(s, k, t);
          const isMissing = (s === 2 && k === 1 && t === 7) || (s === 3 && k === 2 && t === 8);
          const [a, b] = [7 + 0.25 * k - sold, (isMissing ? 0 : 8) - sold];
          found.sales += sold;
          found.championError += Math.abs(a);
          found.challengerError += Math.abs(b);
          found.championBias += a;
          found.challengerBias += b;
          // Launched on day 10: new until day 37, and no less before its launch.
          if (k === 2) {
            found.newItemChampionError += Math.abs(a);
            found.newItemChallengerError += Math.abs(b);
          }
        }
        for (const [name, value] of Object.entries(found)) {
          const at = sums[name as keyof typeof sums][stores.indexOf(`S00${s}`)]![days.indexOf(day(t))]!;
          assert.ok(Math.abs(at - value) < 1e-9, `${name} of store ${s}, day ${t}: ${at} is not ${value}`);
        }
      }
    }
    assert.deepEqual(cells, {
      observed: 3 * 7 * 2 - 3,
      stockedOut: 1,
      championMissing: 0,
      challengerMissing: 2,
    });
  });

  it("adds up the newest night as it is, before anybody has sold anything", () => {
    assert.deepEqual(result.batches.drinks, {
      night: day(9),
      cells: STORES * 2 * 7,
      championUnits: 3 * 7 * (7.25 + 7.5),
      challengerUnits: 3 * 7 * 2 * 8,
      challengerMissing: 0,
      challengerInvalid: 0,
    });
  });

  it("names days that no night of these versions reaches, and nights that are there twice", async () => {
    const nights = await listNights([folder.path("nights")]);
    const last = dayNumber(day(20));
    const { days, missing } = comparedDays(nights, "drinks", last);
    assert.equal(isoDate(days[days.length - 1]!.day), day(16));
    assert.deepEqual(missing.map(isoDate), [17, 18, 19, 20].map(day));

    await makeNight(folder.path("twice/a"), 3, 1, { champion: "1", challenger: "1" });
    await makeNight(folder.path("twice/b"), 3, 1, { champion: "1", challenger: "1" });
    await assert.rejects(
      listNights([folder.path("twice")]),
      /twice\/a and .*twice\/b are both the night after/,
    );
  });

  it("takes days without sales for missing", async () => {
    const lake = folder.path("closed");
    await makeLake(lake, { stores: STORES, days: DAYS, isClosed: "t = 8" });
    await compareNights({ lake, nights: [folder.path("nights")], out: folder.path("closed-out") });
    const { comparisons } = parseComparison(
      readFileSync(folder.path("closed-out/comparison.json"), "utf8"),
      "it",
    );
    assert.deepEqual(comparisons[0]!.missingDays, [day(8)]);
    assert.throws(
      () => parseComparison(JSON.stringify({ cutoff: "x", comparisons: [], batches: {} }), "c.json"),
      /c.json was not written by this program: "cutoff" is wrong/,
    );
  });
});
