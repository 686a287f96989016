import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { assignVariant } from "../../../forecasting/experiment/assign-variant";

const id = fc.string({ minLength: 1, maxLength: 20 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("assignVariant", () => {
  it("serves nobody with a share of 0 and everybody with a share of 1", () => {
    fc.assert(
      fc.property(id, id, (store, experiment) => {
        assert.equal(assignVariant(store, experiment, 0), "champion");
        assert.equal(assignVariant(store, experiment, 1), "challenger");
      }),
    );
  });

  it("keeps a store with the challenger while the share grows", () => {
    fc.assert(
      fc.property(id, id, share, share, (store, experiment, a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        if (assignVariant(store, experiment, small) === "challenger") {
          assert.equal(assignVariant(store, experiment, large), "challenger");
        }
      }),
    );
  });

  it("gives the challenger its share of the stores, and other stores in another experiment", () => {
    const stores = Array.from({ length: 20_000 }, (_, i) => `S${String(i).padStart(5, "0")}`);
    const served = (experiment: string) =>
      new Set(stores.filter((store) => assignVariant(store, experiment, 0.1) === "challenger"));

    const [first, second] = [served("drinks-1"), served("drinks-2")];

    // Binomial(20000, 0.1): standard deviation 42; both in one: 200 expected, standard deviation 14.
    for (const { size } of [first, second]) assert.ok(Math.abs(size - 2000) < 4 * 42, `${size}`);
    const both = [...first].filter((store) => second.has(store)).length;
    assert.ok(Math.abs(both - 200) < 4 * 14, `${both}`);
  });

  it("reads the first 48 bits of SHA-256 as a fraction", () => {
    const hex = createHash("sha256").update('["drinks-1","S00042"]').digest("hex").slice(0, 12);
    const fraction = Number(BigInt(`0x${hex}`)) / 2 ** 48;

    assert.equal(assignVariant("S00042", "drinks-1", fraction), "champion");
    assert.equal(assignVariant("S00042", "drinks-1", fraction + 2 ** -40), "challenger");
  });

  it("tells pairs apart whose texts run together", () => {
    const stores = Array.from({ length: 200 }, (_, i) => `${i}`);
    const left = stores.map((store) => assignVariant(store, "a1", 0.5));
    const right = stores.map((store) => assignVariant(`1${store}`, "a", 0.5));

    assert.notDeepEqual(left, right);
  });

  it("rejects a share that is none", () => {
    for (const wrong of [-0.1, 1.1, NaN]) {
      assert.throws(() => assignVariant("S1", "e", wrong), /share of the challenger is .*; allowed: 0 to 1/);
    }
  });
});
