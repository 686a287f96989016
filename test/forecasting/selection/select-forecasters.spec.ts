import assert from "node:assert/strict";
import fc from "fast-check";
import { CATEGORIES } from "../../../contracts/categories";
import { DEMAND_CLASSES } from "../../../forecasting/methods/demand-class";
import { METHODS, type Method, newMethodColumns } from "../../../forecasting/methods/method-list";
import { chooseCandidate, measureCandidates } from "../../../forecasting/selection/choose-mixture";
import { CANDIDATES, mix, mixtureName } from "../../../forecasting/selection/mixture";
import {
  FEWEST_SERIES_WEEKS,
  groupOf,
  selectForecasters,
} from "../../../forecasting/selection/select-forecasters";

const DAYS = 14;

/** Rows of `series` series x 14 days, all of one group, where `expects` says what each method expects of a row. */
function rowsOf(
  series: number,
  units: (row: number) => number,
  expects: (method: Method, row: number) => number,
  group = 0,
) {
  const rowCount = series * DAYS;
  const at = (value: (row: number) => number) =>
    Int32Array.from({ length: rowCount }, (_, row) => value(row));
  const methods = newMethodColumns(rowCount);
  for (const method of METHODS) methods[method].forEach((_, row, all) => (all[row] = expects(method, row)));
  return {
    rowCount,
    groups: at(() => group),
    weeks: at((row) => Math.floor((row % DAYS) / 7)),
    series: at((row) => Math.floor(row / DAYS)),
    units: Float32Array.from({ length: rowCount }, (_, row) => units(row)),
    methods,
  };
}
const chosen = (rows: ReturnType<typeof rowsOf>) =>
  mixtureName(CANDIDATES[chooseCandidate(measureCandidates({ ...rows, groupCount: 1 })[0]!)]!);

describe("choice of a forecaster", () => {
  it("takes the one that is right", () => {
    const rows = rowsOf(
      10,
      (row) => row % 5,
      (method, row) => (method === "intermittent" ? row % 5 : 9),
    );

    assert.equal(chosen(rows), "intermittent");
  });

  it("takes the simpler one on a tie, and where nothing sells, nothing", () => {
    assert.equal(
      chosen(
        rowsOf(
          10,
          () => 5,
          (method) => (method === "zero" ? 0 : method === "yearly" ? 6 : 6.0005),
        ),
      ),
      "seasonal naive",
    );
    assert.equal(
      chosen(
        rowsOf(
          10,
          () => 0,
          (method) => (method === "zero" ? 0 : 0.1),
        ),
      ),
      "zero",
    );
  });

  it("calls a lead of a third of a percent a tie after a few weeks, and believes it after many", () => {
    const rows = (series: number) =>
      rowsOf(
        series,
        () => 5,
        (method) => ({ zero: 0, yearly: 6, smoothed: 7 })[method as "zero"] ?? 6.003,
      );

    assert.equal(chosen(rows(10)), "seasonal naive");
    assert.equal(chosen(rows(500)), "yearly");
  });

  it("does not take zero for an item that sells now and then, although most days are zero", () => {
    const rows = rowsOf(
      40,
      (row) => (row % 7 === 0 ? 1 : 0),
      (method) => (method === "zero" ? 0 : 1 / 7),
    );

    assert.notEqual(chosen(rows), "zero");
  });

  it("takes a mean of two where their errors cancel", () => {
    const rows = rowsOf(
      10,
      () => 5,
      (method) => ({ smoothed: 2, yearly: 8 })[method as "smoothed"] ?? 20,
    );

    assert.equal(chosen(rows), "50 % smoothed + 50 % yearly");
  });

  it("is never worse than seasonal naive by days and weeks, whatever the rows are and the chain chose", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = (n: number) => (Math.imul(seed + n * 7919, 2654435761) >>> 8) / 2 ** 24;
        const rows = rowsOf(
          3,
          (row) => Math.floor(6 * random(row)),
          (method, row) => (method === "zero" ? 0 : 5 * random(row * 31 + METHODS.indexOf(method))),
        );
        const errors = measureCandidates({ ...rows, groupCount: 1 })[0]!;
        const naive = errors.candidates[METHODS.indexOf("seasonal naive")]!;
        for (const chainsChoice of [undefined, seed % CANDIDATES.length]) {
          const taken = errors.candidates[chooseCandidate(errors, chainsChoice)]!;
          assert.ok(taken.day <= naive.day && taken.day + taken.week <= naive.day + naive.week);
        }
      }),
    );
  });

  it("keeps the smoothed level until a less simple one leads it by more than the luck of so few weeks", () => {
    const rows = (series: number) =>
      rowsOf(
        series,
        () => 10,
        (method) =>
          ({ smoothed: 12, "followed baseline": 11.92, "SQL baseline": 14 })[method as "smoothed"] ?? 30,
      );

    assert.equal(chosen(rows(10)), "smoothed");
    assert.equal(chosen(rows(500)), "followed baseline");
  });

  it("measures as written out", () => {
    const rows = rowsOf(
      2,
      (row) => row % 3,
      (method, row) => (METHODS.indexOf(method) * row) % 4,
    );
    rows.units[5] = NaN;
    const errors = measureCandidates({ ...rows, groupCount: 1 })[0]!;

    CANDIDATES.forEach((mixture, c) => {
      const forecast = new Float32Array(rows.rowCount);
      mix(mixture, rows.methods, forecast);
      const error = [...forecast].map((value, row) => (row === 5 ? 0 : value - rows.units[row]!));
      const sumOver = (from: number, to: number) =>
        error.slice(from, to).reduce((sum, value) => sum + value, 0);
      const weeks = [sumOver(0, 7), sumOver(7, 14), sumOver(14, 21), sumOver(21, 28)] as const;
      const size = (values: readonly number[]) => values.reduce((sum, value) => sum + Math.abs(value), 0);
      assert.ok(Math.abs(errors.candidates[c]!.day - size(error)) < 1e-4);
      assert.ok(Math.abs(errors.candidates[c]!.week - size(weeks)) < 1e-4);
      assert.ok(
        Math.abs(errors.candidates[c]!.group - size([weeks[0] + weeks[2], weeks[1] + weeks[3]])) < 1e-4,
      );
    });
    assert.equal(errors.seriesWeeks, 4);
  });
});

describe("selection over categories and demand classes", () => {
  const lumpy = groupOf(1, DEMAND_CLASSES.indexOf("lumpy"));
  const selectionOf = (series: number) =>
    selectForecasters(
      rowsOf(
        series,
        (row) => row % 5,
        (method, row) => (method === "smoothed" ? row % 5 : 9),
        lumpy,
      ),
    );

  it("has one choice for each, in order", () => {
    const selection = selectionOf(60);

    assert.equal(selection.length, CATEGORIES.length * DEMAND_CLASSES.length);
    assert.equal(selection[lumpy]!.category, CATEGORIES[1]);
    assert.equal(selection[lumpy]!.demandClass, "lumpy");
  });

  it("lets a class depart from the chain's choice when it leads by more than the luck of so many classes", () => {
    // Nine in ten series sell as the SQL baseline says, those of one lumpy class as the week of the year does.
    const inClass = (row: number) => Math.floor(row / DAYS) % 10 === 0;
    const selectionWith = (lead: number) => {
      const rows = rowsOf(
        600,
        () => 10,
        (method, row) => {
          if (method === "SQL baseline") return inClass(row) ? 12 : 11;
          return method === "yearly" ? (inClass(row) ? 12 - 2 * lead : 14) : 30;
        },
        0,
      );
      rows.groups.forEach((_, row, groups) => (groups[row] = inClass(row) ? lumpy : groupOf(1, 0)));
      return selectForecasters(rows);
    };

    assert.deepEqual(selectionWith(0.15)[lumpy]!.mixture, { "SQL baseline": 1 });
    assert.deepEqual(selectionWith(0.4)[lumpy]!.mixture, { yearly: 1 });
    assert.deepEqual(selectionWith(0.4)[groupOf(1, 0)]!.mixture, { "SQL baseline": 1 });
  });

  it("gives a category newer than the validation days the smoothed level, whatever serves the chain", () => {
    const selection = selectForecasters(
      rowsOf(
        FEWEST_SERIES_WEEKS,
        (row) => row % 5,
        (method, row) => (method === "intermittent" ? row % 5 : 9),
        lumpy,
      ),
    );

    assert.deepEqual(selection[lumpy]!.mixture, { intermittent: 1 });
    assert.deepEqual(selection[groupOf(0, 2)]!.mixture, { smoothed: 1 });
    assert.equal(selection[groupOf(0, 2)]!.scope, "none");
  });

  it("lets a class with enough weeks choose for itself, and others follow their category or the chain", () => {
    const large = selectionOf(FEWEST_SERIES_WEEKS / 2);
    const small = selectionOf(FEWEST_SERIES_WEEKS / 2 - 1);

    assert.equal(large[lumpy]!.scope, "own");
    assert.equal(large[groupOf(1, 0)]!.scope, "category");
    assert.equal(small[groupOf(1, 0)]!.scope, "chain");
    assert.equal(small[lumpy]!.scope, "chain");
    for (const choice of [...large, ...small]) assert.deepEqual(choice.mixture, { smoothed: 1 });
  });
});
