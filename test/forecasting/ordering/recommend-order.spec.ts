import assert from "node:assert/strict";
import fc from "fast-check";
import {
  countDistribution,
  cumulative,
  distributionReady,
  quantile,
} from "../../../forecasting/distribution/count-distribution";
import { cumulativeTable } from "../../../forecasting/distribution/count-table";
import { type ItemTerms, problemOf, unitCosts } from "../../../forecasting/ordering/item-terms";
import {
  type DemandOutlook,
  demandOver,
  packsOf,
  planOrder,
  rememberedViews,
} from "../../../forecasting/ordering/order-plan";
import { recommendOrder } from "../../../forecasting/ordering/recommend-order";
import { shelfLifeCap } from "../../../forecasting/ordering/shelf-life-cap";
import { bestPacks, gainYen, stockValue, type UnitYen } from "../../../forecasting/ordering/stock-value";
import { expectedLeft } from "../../support/expected-units";
import newsvendor from "../../vectors/newsvendor.json";
import shelfLife from "../../vectors/shelf-life.json";

const TERMS: ItemTerms = {
  priceYen: 150,
  costYen: 90,
  goodwillYen: 300,
  leadTimeDays: 1,
  reviewDays: 1,
  packSize: 1,
};
const outlook = (mean: number, ratio = 1.5): DemandOutlook => ({
  means: new Array<number>(7).fill(mean),
  deviations: new Array<number>(7).fill(Math.sqrt(mean * ratio)),
  dayCorrelation: 0.1,
});
const EMPTY = { onHand: 0, onOrder: 0 };

describe("unitCosts", () => {
  it("agree with the reference", () => {
    for (const row of newsvendor.criticalRatio) {
      const { underageYen, wasteYen } = unitCosts({
        ...TERMS,
        priceYen: row.price,
        costYen: row.cost,
        salvageYen: row.salvage,
        goodwillYen: row.goodwill,
      });
      assert.deepEqual([underageYen, wasteYen], [row.cu, row.co]);
    }
  });
});

describe("bestPacks", () => {
  before(() => distributionReady);
  const yenOf = (soldYen: number, wasteYen: number): UnitYen => ({
    soldYen,
    metYen: 0,
    wasteYen,
    holdingYen: 0,
  });

  it("agrees with the reference packs and their marginal gains", () => {
    for (const row of newsvendor.pack) {
      const demand = countDistribution(row.mu, row.var);
      const value = stockValue(demand, demand, 2 * row.pack);
      const yen = yenOf(row.cu, row.co);

      const packs = bestPacks(value, yen, row.ip, row.pack);

      assert.equal(packs, row.packs);
      assert.equal(packs * row.pack, row.order);
      row.marginal.forEach((gain, i) => {
        const from = row.ip + i * row.pack;
        assert.ok(Math.abs(gain - gainYen(value, yen, from, from + row.pack)) < 1e-6);
      });
    }
  });

  it("fills up to the newsvendor quantile when units are ordered singly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 10, max: 300 }),
        (mean, stock, soldYen) => {
          const demand = countDistribution(mean, mean * 1.8);
          const level = quantile(demand, soldYen / (soldYen + 90));
          const packs = bestPacks(stockValue(demand, demand, 1), yenOf(soldYen, 90), stock, 1);
          assert.ok(Math.abs(packs - Math.max(0, level - stock)) <= 1);
        },
      ),
    );
  });

  it("caps perishables as the reference does", () => {
    const shelf = countDistribution(shelfLife.muShelf, shelfLife.varShelf);
    const protection = countDistribution(shelfLife.muProt, shelfLife.varProt);

    const cap = shelfLifeCap(shelf, shelfLife.crShelf);
    const level = quantile(protection, shelfLife.cr);

    assert.deepEqual([level, cap, Math.min(level, cap)], [shelfLife.sProt, shelfLife.sShelf, shelfLife.S]);
  });

  it("has the same sold, met and wasted units as sums over the distribution", () => {
    const protection = countDistribution(7, 15);
    const shelf = countDistribution(12, 30);
    const value = stockValue(protection, shelf, 3);
    for (const level of [0, 1, 5, 9, 20]) {
      assert.ok(Math.abs(value.met[level]! - cumulative(protection, level)) < 1e-9);
      assert.ok(Math.abs(value.served[level]! - (level - expectedLeft(protection, level))) < 1e-9);
      assert.ok(Math.abs(value.wasted[level]! - expectedLeft(shelf, level)) < 1e-9);
    }
  });
});

describe("cumulativeTable", () => {
  before(() => distributionReady);

  it("holds the exact probabilities, as far as asked", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 900, noNaN: true }),
        fc.double({ min: 1, max: 40, noNaN: true }),
        (mean, ratio) => {
          const distribution = countDistribution(mean, mean * ratio);
          const table = cumulativeTable(distribution, 1e-4, 5);
          assert.ok(table[table.length - 6]! >= 1 - 1e-4);
          // The reference function gives up where the lower tail is below a double's range.
          for (const deviations of [-4, -2, 0, 1, 3]) {
            const k = Math.floor(mean + deviations * Math.sqrt(mean * ratio));
            if (k < 0 || k >= table.length) continue;
            assert.ok(Math.abs(table[k]! - cumulative(distribution, k)) < 1e-8, `${mean} ${ratio} ${k}`);
          }
        },
      ),
    );
  });
});

describe("recommendOrder", () => {
  before(() => distributionReady);

  it("covers lead time and review period, less what is there or under way", () => {
    const empty = recommendOrder(TERMS, outlook(4), EMPTY);
    const stocked = recommendOrder(TERMS, outlook(4), { onHand: 3, onOrder: 2 });

    assert.equal(empty.protectionDays, 2);
    assert.equal(empty.protectionMean, 8);
    assert.equal(stocked.units, empty.units - 5);
    assert.ok(empty.units > 8 && empty.stockOutProbability < 0.3);
  });

  it("never orders more when more is on the shelf, nor less when a lost sale costs more", () => {
    const order = (onHand: number, goodwillYen: number) =>
      recommendOrder({ ...TERMS, goodwillYen, packSize: 4 }, outlook(3), { onHand, onOrder: 0 }).units;
    fc.assert(
      fc.property(fc.nat(30), fc.nat(10), fc.nat(400), fc.nat(200), (stock, more, goodwill, dearer) => {
        assert.ok(order(stock + more, goodwill) <= order(stock, goodwill));
        assert.ok(order(stock, goodwill + dearer) >= order(stock, goodwill));
      }),
    );
  });

  it("orders whole packs and names shelf life as the reason when expiry holds the order down", () => {
    const long = recommendOrder({ ...TERMS, packSize: 6 }, outlook(5), EMPTY);
    const short = recommendOrder(
      { ...TERMS, packSize: 6, shelfLifeDays: 1, goodwillYen: 0, reviewDays: 3 },
      outlook(5),
      EMPTY,
    );

    assert.equal(long.units % 6, 0);
    assert.ok(
      short.units < recommendOrder({ ...TERMS, packSize: 6, reviewDays: 3 }, outlook(5), EMPTY).units,
    );
    assert.equal(short.reason, "shelf life");
  });

  it("does not count units that expire before the delivery as stock of the delivery day", () => {
    const terms = { ...TERMS, shelfLifeDays: 1 };
    const expiring = recommendOrder(terms, outlook(5), { onHand: 9, onOrder: 0, usableOnArrival: 0 });
    const lasting = recommendOrder(terms, outlook(5), { onHand: 9, onOrder: 0, usableOnArrival: 9 });

    assert.equal(expiring.units, recommendOrder(terms, outlook(5), EMPTY).units);
    assert.ok(lasting.units < expiring.units);
    assert.deepEqual([expiring.protectionDays, expiring.protectionMean], [1, 5]);
  });

  it("fills the display beyond demand, as long as the line earns what it costs", () => {
    const terms = { ...TERMS, goodwillYen: 0, minimumDisplay: 5, packSize: 2 };
    const shown = recommendOrder(terms, outlook(0.05), EMPTY);
    const tooSlow = recommendOrder({ ...terms, holdingYen: 4 }, outlook(0.02), EMPTY);

    assert.deepEqual([shown.units, shown.reason], [6, "minimum display"]);
    assert.ok(shown.expectedGainYen >= 0);
    assert.ok(tooSlow.units < 6 && tooSlow.reason === "costs more than it earns");
  });

  it("orders nothing where the stock covers the demand, nor a line that loses money, whatever service counts", () => {
    const items = fc.record({
      mean: fc.double({ min: 0, max: 20, noNaN: true }),
      ratio: fc.double({ min: 1, max: 6, noNaN: true }),
      costYen: fc.integer({ min: 1, max: 149 }),
      packSize: fc.integer({ min: 1, max: 24 }),
      shelfLifeDays: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      minimumDisplay: fc.nat(6),
      onHand: fc.nat(60),
      multiplier: fc.double({ min: 0.01, max: 200, noNaN: true }),
    });
    fc.assert(
      fc.property(items, ({ mean, ratio, onHand, multiplier, ...terms }) => {
        const stock = { onHand, onOrder: 0 };
        const order = recommendOrder({ ...TERMS, goodwillYen: 0, ...terms }, outlook(mean, ratio), stock, {
          multiplier,
        });
        assert.ok(order.expectedGainYen >= 0, `${order.units} units cost ${order.expectedGainYen}`);
        assert.ok(order.units === 0 || order.units % terms.packSize === 0);
        const keeps = (terms.shelfLifeDays ?? Infinity) > 7;
        if (keeps && onHand >= quantile(demandOver(outlook(mean, ratio), 2), 0.9971)) {
          assert.ok(order.units === 0 || order.reason === "minimum display", order.reason);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("lets a pack wait until the stock falls short of the demand in more than three periods of a thousand", () => {
    const slow = outlook(0.3);
    const lasts = (onHand: number) => cumulative(demandOver(slow, 2), onHand) >= 0.997;
    const stocks = [0, 1, 2, 3, 4, 5, 6, 7];
    const orders = stocks.map((onHand) =>
      recommendOrder(
        { ...TERMS, goodwillYen: 0, packSize: 10 },
        slow,
        { onHand, onOrder: 0 },
        { multiplier: 5 },
      ),
    );

    assert.deepEqual(
      orders.map(({ units, reason }) => [units, reason]),
      stocks.map((onHand) => (lasts(onHand) ? [0, "enough stock"] : [10, "demand"])),
    );
    assert.ok(!lasts(3) && lasts(7));
  });

  it("trades stock-outs for waste by one multiplier", () => {
    const order = (multiplier: number) =>
      recommendOrder({ ...TERMS, goodwillYen: 0, shelfLifeDays: 2 }, outlook(6), EMPTY, { multiplier });
    const levels = [0.1, 0.5, 1, 3, 10].map((multiplier) => order(multiplier));

    levels.slice(1).forEach(({ units, stockOutProbability }, i) => {
      assert.ok(units >= levels[i]!.units && stockOutProbability <= levels[i]!.stockOutProbability);
    });
    assert.ok(levels.at(-1)!.units > levels[0]!.units);
  });

  it("is the order that a simulation places from the views that it remembers", () => {
    for (const packSize of [1, 4]) {
      for (const [shelfLifeDays, minimumDisplay] of [
        [1, 0],
        [2, 5],
        [5, 12],
        [90, 3],
      ] as const) {
        const terms = { ...TERMS, goodwillYen: 0, packSize, shelfLifeDays, minimumDisplay };
        const plan = planOrder(terms, outlook(6));
        const viewOf = rememberedViews(plan);
        for (const onHand of [0, 3, 3, 9, 14.5, 30])
          for (const multiplier of [0.02, 0.5, 3, 50]) {
            const stock = { onHand, onOrder: 4, usableOnArrival: onHand / 2 + 4 };
            const { packs } = recommendOrder(terms, outlook(6), stock, { multiplier });

            assert.equal(packsOf(plan, viewOf(stock), { multiplier }), packs);
          }
      }
    }
  });

  it("shows no more of a perishable than rather sells than expires", () => {
    const terms = { ...TERMS, goodwillYen: -20, minimumDisplay: 5, shelfLifeDays: 1 };

    assert.equal(recommendOrder(terms, outlook(0.3), EMPTY).units, 0);
    assert.ok(recommendOrder(terms, outlook(3), EMPTY).units <= 3);
  });

  it("gives the reason for ordering nothing", () => {
    const reasons = [
      recommendOrder(TERMS, outlook(2), { onHand: 50, onOrder: 0 }),
      recommendOrder({ ...TERMS, priceYen: 80, goodwillYen: 0 }, outlook(2), EMPTY),
      recommendOrder(TERMS, outlook(0), EMPTY),
    ].map(({ units, reason }) => [units, reason]);

    assert.deepEqual(reasons, [
      [0, "enough stock"],
      [0, "no margin"],
      [0, "no demand"],
    ]);
  });

  it("rejects terms that no order can follow, naming the value", () => {
    assert.equal(problemOf(TERMS), undefined);
    assert.throws(
      () => recommendOrder({ ...TERMS, packSize: 0 }, outlook(1), EMPTY),
      /packSize is 0, must be a whole number from 1/,
    );
    assert.throws(() => recommendOrder({ ...TERMS, priceYen: 0 }, outlook(1), EMPTY), /priceYen is 0/);
  });

  it("adds days with their correlation as the reference does", () => {
    const { mu, sd, rho, muL, varL } = newsvendor.protection;

    const sum = demandOver({ means: mu, deviations: sd, dayCorrelation: rho }, mu.length);

    assert.ok(Math.abs(sum.mean - muL) < 1e-9 && Math.abs(sum.variance - varL) < 1e-9);
    assert.equal(quantile(sum, 0.8), newsvendor.protection["S_cr0.8_nb"]);
  });

  it("repeats the outlook's days when a window is longer", () => {
    const week = { means: [1, 2, 3], deviations: [1, 1, 1], dayCorrelation: 0 };

    assert.equal(demandOver(week, 5).mean, 1 + 2 + 3 + 1 + 2);
    assert.equal(demandOver({ ...week, means: [], deviations: [] }, 5).mean, 0);
  });
});
