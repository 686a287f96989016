import assert from "node:assert/strict";
import fc from "fast-check";
import { decomposeError, type SegmentErrors } from "../../../forecasting/drift/decompose-error";
import vectors from "../../vectors/error-drift.json";

const near = (value: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);

const months = Object.fromEntries(
  Object.entries(vectors.errorDecomposition.months).map(([month, segments]) => [
    month,
    Object.fromEntries(
      Object.entries(segments).map(([name, { absErr, actual }]) => [name, { absoluteError: absErr, actual }]),
    ),
  ]),
) as Record<"m0" | "m1" | "m2", SegmentErrors>;

const sum = (parts: Readonly<Record<string, number>>) =>
  Object.values(parts).reduce((total, part) => total + part, 0);

describe("decomposition of a change of error", () => {
  it("agrees with the reference for every pair of months", () => {
    const { m0_m1, m0_m2, m1_m2 } = vectors.errorDecomposition;
    for (const [from, to, expected] of [
      ["m0", "m1", m0_m1],
      ["m0", "m2", m0_m2],
      ["m1", "m2", m1_m2],
    ] as const) {
      const found = decomposeError(months[from], months[to])!;

      near(found.before, expected.W0);
      near(found.after, expected.W1);
      near(found.change, expected.delta);
      near(sum(found.exit), expected.exit);
      for (const part of ["entry", "mix", "rate"] as const) {
        const values: Readonly<Record<string, number>> = expected[part];
        assert.deepEqual(
          Object.keys(found[part]).sort(),
          Object.keys(values).sort(),
          `${from} ${to} ${part}`,
        );
        for (const [name, value] of Object.entries(values)) near(found[part][name]!, value);
      }
    }
  });

  it("says that new SKUs alone take 15 % to 18 %, and mostly the sale to 25 %", () => {
    const first = decomposeError(months.m0, months.m1)!;
    const second = decomposeError(months.m0, months.m2)!;

    near(first.entry.new! / first.change, 1);
    near(sum(second.mix) + second.rate.promo!, 0.073625, 1e-9);
  });

  it("adds up for any segments, those that come and go included", () => {
    const segment = fc.record({
      absoluteError: fc.integer({ min: 0, max: 1000 }),
      actual: fc.integer({ min: 0, max: 1000 }),
    });
    const segments = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), segment);

    fc.assert(
      fc.property(segments, segments, segment, (before, after, common) => {
        const always = { ...common, actual: common.actual + 1 };

        const found = decomposeError({ ...before, always }, { ...after, always })!;

        const parts = sum(found.entry) + sum(found.exit) + sum(found.mix) + sum(found.rate);
        const scale = Math.max(1, found.before, found.after);
        near(parts / scale, found.change / scale, 1e-12);
      }),
    );
  });

  it("has no answer where the periods have nothing in common", () => {
    const some = { absoluteError: 1, actual: 2 };

    assert.equal(decomposeError({ a: some }, { b: some }), undefined);
    assert.equal(decomposeError({ a: { absoluteError: 0, actual: 0 } }, { a: some }), undefined);
  });
});
