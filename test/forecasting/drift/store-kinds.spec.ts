import assert from "node:assert/strict";
import type { StoreKind } from "../../../contracts/metrics";
import { attributeChange } from "../../../forecasting/drift/attribute-change";
import type { ErrorRow } from "../../../forecasting/drift/error-row";
import { evidenceOf } from "../../../forecasting/drift/evidence";
import { type KindDay, storeKindChange } from "../../../forecasting/drift/store-kinds";
import { randomFor } from "../../../forecasting/generator/random";

const SALES: Partial<Record<StoreKind, number>> = { station: 20, office: 30, residential: 50 };

/** Days on which each kind of store is forecast so badly, give or take a tenth. */
function daysOf(from: number, count: number, wape: (kind: StoreKind, day: number) => number): KindDay[] {
  const random = randomFor(from, "kinds of store");
  return Array.from({ length: count }, (_, i) => from + i).flatMap((day) =>
    (Object.entries(SALES) as [StoreKind, number][]).map(([kind, actual]) => ({
      ...{ kind, category: "food" as const, day, actual },
      absoluteError: actual * wape(kind, day) * (1 + 0.1 * random.normal()),
    })),
  );
}

const before = daysOf(0, 42, () => 0.2);

describe("kinds of store", () => {
  it("have parts of a change that add up to it", () => {
    const { kinds, ...found } = storeKindChange(
      before,
      daysOf(100, 14, (kind) => (kind === "office" ? 0.15 : 0.35)),
    )!;

    const sum = kinds.reduce((total, { change }) => total + change, 0);
    assert.ok(Math.abs(sum - found.change) < 1e-12);
    assert.ok(kinds.find(({ kind }) => kind === "office")!.change < 0);
    const sold = kinds.reduce((total, { salesShare }) => total + salesShare, 0);
    assert.ok(Math.abs(sold - 1) < 1e-12);
  });

  it("carry a rise that is theirs, and none that all have", () => {
    const carrierOf = (wape: Parameters<typeof daysOf>[2]) =>
      storeKindChange(before, daysOf(100, 14, wape))!.carrier;

    assert.equal(
      carrierOf((kind) => (kind === "station" ? 0.4 : 0.2)),
      "station",
    );
    assert.equal(
      carrierOf(() => 0.3),
      undefined,
    );
    // Half of the sales and two thirds of the rise: not much beyond its share.
    assert.equal(
      carrierOf((kind) => (kind === "residential" ? 0.3 : 0.25)),
      undefined,
    );
  });

  it("carry nothing that is one day's doing", () => {
    const odd = daysOf(100, 14, (kind, day) => (kind === "station" && day === 105 ? 0.9 : 0.2));

    const { kinds, change, carrier } = storeKindChange(before, odd)!;

    assert.ok(kinds.find(({ kind }) => kind === "station")!.change > 0.5 * change);
    assert.equal(carrier, undefined);
  });

  it("are named with their part and their sales, in both languages", () => {
    const rows = (day: number, wape: number): ErrorRow[] =>
      [1, 2].map((sku) => ({
        ...{ day, sku, category: "food", kind: "regular", cells: 1, actual: 50, noise: 1 },
        ...{ absoluteError: 50 * wape, error: 50 * wape, naiveError: 25 },
      }));
    const attribution = attributeChange(rows(0, 0.2), rows(100, 0.24), { resamples: 9 })!;
    const change = storeKindChange(
      before,
      daysOf(100, 14, (kind) => (kind === "station" ? 0.4 : 0.2)),
    )!;
    const part = Math.round(
      (100 * change.kinds.find(({ kind }) => kind === "station")!.change) / change.change,
    );

    const { en, ja } = evidenceOf("regular", "food", attribution, change);

    const share = part > 100 ? "All" : `${part} %`;
    assert.ok(
      en.includes(`${share} of the rise comes from stores at stations, which make 20 % of the sales. `),
      en,
    );
    assert.match(ja, /上昇.*駅前の店舗（売上構成比20 %）によるものです。/);
    assert.ok(!evidenceOf("regular", "food", attribution).en.includes("comes from"));
  });
});
