import assert from "node:assert/strict";
import { fillSeries, newSeriesDays, type SeriesDays } from "../../../forecasting/generator/demand";
import { worldDays } from "../../../forecasting/generator/options";
import { receiptLines } from "../../../forecasting/generator/receipts";
import { makeWorld } from "../../../forecasting/generator/world";

const OPTIONS = { stores: 6, skus: 120, days: 300, seed: 11 };

describe("a generated world", () => {
  const world = makeWorld(OPTIONS);

  function eachSeries(visit: (series: SeriesDays, store: number, sku: number) => void): void {
    const series = newSeriesDays(world.days.knownDayCount);
    for (let store = 0; store < OPTIONS.stores; store++) {
      for (let sku = 0; sku < OPTIONS.skus; sku++) {
        fillSeries(world, store, sku, series, true);
        visit(series, store, sku);
      }
    }
  }

  it("has true means that demand averages to", () => {
    const sums = { demand: 0, known: 0, actual: 0, cells: 0 };

    eachSeries((series) => {
      for (let i = 0; i < series.length; i++) {
        sums.demand += series.demand[i] ?? 0;
        sums.known += series.meanKnown[i] ?? 0;
        sums.actual += series.meanActual[i] ?? 0;
        sums.cells += 1;
      }
    });

    assert.ok(Math.abs(sums.demand / sums.actual - 1) < 0.01, `${sums.demand / sums.actual}`);
    assert.ok(Math.abs(sums.actual / sums.known - 1) < 0.02, `${sums.actual / sums.known}`);
    assert.ok(sums.demand / sums.cells > 0.7 && sums.demand / sums.cells < 3);
  });

  it("loses sales to stock-outs and closures, and only to them", () => {
    const counts = { cells: 0, out: 0, closed: 0 };

    eachSeries((series) => {
      for (let i = 0; i < series.length; i++) {
        const isWhole = series.isStockedOut[i] === 0 && series.isClosed[i] === 0;
        assert.ok((series.units[i] ?? 0) <= (series.demand[i] ?? 0));
        if (isWhole) assert.equal(series.units[i], series.demand[i]);
        if (series.isClosed[i] === 1) assert.equal(series.units[i], 0);
        counts.cells += 1;
        counts.out += series.isStockedOut[i] ?? 0;
        counts.closed += series.isClosed[i] ?? 0;
      }
    });

    assert.ok(counts.out / counts.cells > 0.008 && counts.out / counts.cells < 0.016);
    assert.ok(counts.closed > 0);
  });

  it("starts new SKUs within the history", () => {
    const late = world.products.filter((product) => product.launchedOn > world.days.firstDay);

    assert.ok(late.length >= 4 && late.length <= 20, `${late.length}`);
  });

  it("gives a cell the same number whichever other cells are drawn", () => {
    const alone = newSeriesDays(world.days.knownDayCount);
    fillSeries(makeWorld(OPTIONS), 3, 77, alone, false);
    const units = Array.from(alone.units.subarray(0, alone.length));

    eachSeries((series, store, sku) => {
      if (store !== 3 || sku !== 77) return;
      assert.deepEqual(Array.from(series.units.subarray(0, units.length)), units);
    });
  });

  it("writes receipts that add up to the units of each day", () => {
    const expected = new Map<string, number>();
    eachSeries((series, store, sku) => {
      if (store !== 2) return;
      for (let i = 0; i < OPTIONS.days - series.firstIndex; i++) {
        const units = series.units[i] ?? 0;
        if (units > 0) expected.set(`${sku} ${world.days.firstDay + series.firstIndex + i}`, units);
      }
    });

    const sold = new Map<string, number>();
    for (const line of receiptLines(world, 2)) {
      const key = `${line.sku} ${line.day}`;
      sold.set(key, (sold.get(key) ?? 0) + line.quantity);
      assert.ok(line.priceYen >= 1 && line.priceYen <= line.listPriceYen);
    }

    assert.deepEqual(new Map([...sold].sort()), new Map([...expected].sort()));
  });
});

describe("worldDays", () => {
  it("names the option, the value and what is allowed", () => {
    assert.throws(() => worldDays({ ...OPTIONS, stores: 0 }), /stores is 0: an integer from 1 to 2000/);
    assert.throws(() => worldDays({ ...OPTIONS, days: 1.5 }), /days is 1.5/);
    assert.throws(() => worldDays({ ...OPTIONS, lastDay: "yesterday" }), /"yesterday" is not a date/);
  });

  it("makes worlds of one store, one SKU and one day", () => {
    const world = makeWorld({ stores: 1, skus: 1, days: 1, seed: 0 });
    const series = newSeriesDays(world.days.knownDayCount);

    fillSeries(world, 0, 0, series, true);

    assert.equal(series.length, 8);
  });
});
