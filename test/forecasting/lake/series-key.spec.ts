import assert from "node:assert/strict";
import { seriesKey } from "../../../forecasting/lake/series-key";

describe("seriesKey", () => {
  it("keeps pairs apart whose SKUs have numbers above 100,000", () => {
    const stores = [1, 2, 3, 4, 1000, 100_000];
    const skus = [0, 1, 65_535, 65_536, 65_537, 100_001, 131_073, 10_000_000, 2 ** 26 - 1];

    const keys = stores.flatMap((store) => skus.map((sku) => seriesKey(store, sku)));

    assert.equal(new Set(keys).size, stores.length * skus.length);
    assert.ok(keys.every(Number.isSafeInteger));
  });
});
