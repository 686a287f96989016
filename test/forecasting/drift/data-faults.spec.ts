import assert from "node:assert/strict";
import {
  incidentDays,
  type PriceChange,
  priceFaults,
  type StoreDay,
  storeFaults,
} from "../../../forecasting/drift/data-faults";
import { faultEvidence } from "../../../forecasting/drift/evidence";

const DAY = 20_600;

/** Five stores of two areas over four days, each selling about the 400 units that are expected. */
function calmDays(): StoreDay[] {
  return [0, 1, 2, 3].flatMap((i) =>
    [1, 2, 3, 4, 5].map((store) => ({
      store: `S${store}`,
      area: store <= 3 ? 1 : 2,
      day: DAY + i,
      units: 400 + 7 * store - 11 * i,
      expected: 400,
      isClosed: false,
    })),
  );
}

const changed = (store: string, day: number, units: number) =>
  calmDays().map((entry) => (entry.store === store && entry.day === day ? { ...entry, units } : entry));

describe("faults of sales files", () => {
  it("are none on ordinary days", () => {
    assert.deepEqual(storeFaults(calmDays()), []);
  });

  it("are found where one store stops while its neighbours sell", () => {
    const faults = storeFaults(changed("S2", DAY + 3, 0));

    assert.deepEqual(faults, [{ kind: "silent-store", store: "S2", day: DAY + 3, expected: 400 }]);
    assert.match(faultEvidence(faults[0]!).en, /Store S2 sold nothing on 2026-05-30/);
  });

  it("are not seen in a store that rests by its rules, nor in one that hardly sells", () => {
    const resting = changed("S2", DAY + 3, 0).map((entry) =>
      entry.units === 0 ? { ...entry, isClosed: true } : entry,
    );
    const tiny = changed("S2", DAY + 3, 0).map((entry) =>
      entry.store === "S2" ? { ...entry, units: 0, expected: 3 } : entry,
    );

    assert.deepEqual(storeFaults(resting), []);
    assert.deepEqual(storeFaults(tiny), []);
  });

  it("tell a till that is a day behind, by the day that swallowed the other", () => {
    const days = changed("S4", DAY + 3, 0).map((entry) =>
      entry.store === "S4" && entry.day === DAY + 2 ? { ...entry, units: 790 } : entry,
    );

    const faults = storeFaults(days);

    assert.deepEqual(faults, [{ kind: "till-clock", store: "S4", day: DAY + 3, bookedOn: DAY + 2 }]);
    assert.match(
      faultEvidence(faults[0]!).en,
      /booked a day early, last on 2026-05-29: the clock of a till is wrong/,
    );
  });

  it("tell one wrong till of two", () => {
    const days = changed("S4", DAY + 1, 205).map((entry) =>
      entry.store === "S4" && entry.day === DAY + 2 ? { ...entry, units: 600 } : entry,
    );

    assert.deepEqual(storeFaults(days), [
      { kind: "till-clock", store: "S4", day: DAY + 1, bookedOn: DAY + 2 },
    ]);
  });

  it("tell a wrong till on a holiday for which the chain was forecast at half of what it sold", () => {
    const days = changed("S4", DAY + 3, 0).map((entry) => {
      const units = entry.store === "S4" && entry.day === DAY + 2 ? 2 * entry.units : entry.units;
      return { ...entry, units: 2 * units };
    });

    assert.deepEqual(storeFaults(days), [
      { kind: "till-clock", store: "S4", day: DAY + 3, bookedOn: DAY + 2 },
    ]);
  });

  it("are not blamed for a typhoon, which stops an area", () => {
    const days = calmDays().map((entry) =>
      entry.area === 1 && entry.day === DAY + 1 ? { ...entry, units: entry.store === "S1" ? 0 : 60 } : entry,
    );

    assert.deepEqual(storeFaults(days), []);
    assert.deepEqual([...incidentDays(days)], [[DAY + 1, new Set([1])]]);
  });
});

describe("faults of price files", () => {
  const prices = (ratioOf: (sku: number) => number): PriceChange[] =>
    Array.from({ length: 100 }, (_, sku) => ({
      sku,
      category: sku < 60 ? ("drinks" as const) : ("food" as const),
      ratio: ratioOf(sku),
    }));

  it("are none when a few prices rise a little", () => {
    assert.deepEqual(
      priceFaults(
        DAY,
        prices((sku) => (sku % 12 === 0 ? 1.08 : 1)),
      ),
      [],
    );
  });

  it("are found when a decimal point slips in a few of them", () => {
    const faults = priceFaults(
      DAY,
      prices((sku) => (sku < 4 ? 10 : 1)),
    );

    const common = { kind: "price-file", category: "drinks", day: DAY };
    assert.deepEqual(faults, [{ ...common, skus: 60, changedSkus: 4, medianRatio: 10 }]);
    assert.match(faultEvidence(faults[0]!).ja, /飲料の棚価格が一晩で60品中4品変わりました/);
  });

  it("are found when a tax is applied twice to all of a category", () => {
    const faults = priceFaults(
      DAY,
      prices((sku) => (sku >= 60 ? 1.08 : 1)),
    );

    assert.deepEqual(
      faults.map(({ kind, ...rest }) => [kind, "category" in rest && rest.category]),
      [["price-file", "food"]],
    );
  });
});
