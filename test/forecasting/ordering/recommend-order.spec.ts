import assert from "node:assert/strict";
import fc from "fast-check";
import { countDistribution, distributionReady } from "../../../forecasting/distribution/count-distribution";
import {
  criticalRatio,
  type ItemTerms,
  problemOf,
  unitCosts,
} from "../../../forecasting/ordering/item-terms";
import { orderUpToLevel, packsThatPay, shelfLifeCap } from "../../../forecasting/ordering/order-packs";
import {
  type DemandOutlook,
  demandOver,
  recommendOrder,
} from "../../../forecasting/ordering/recommend-order";
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

describe("criticalRatio", () => {
  it("agrees with the reference costs", () => {
    for (const row of newsvendor.criticalRatio) {
      const { underageYen, wasteYen } = unitCosts({
        ...TERMS,
        priceYen: row.price,
        costYen: row.cost,
        salvageYen: row.salvage,
        goodwillYen: row.goodwill,
      });
      assert.equal(underageYen, row.cu);
      assert.equal(wasteYen, row.co);
      assert.ok(Math.abs(criticalRatio(underageYen, wasteYen) - row.cr) < 1e-12);
    }
  });

  it("orders nothing of what is sold at a loss and everything of what costs nothing to keep", () => {
    assert.equal(criticalRatio(-5, 10), 0);
    assert.equal(criticalRatio(5, 0), 1);
  });
});

describe("packsThatPay", () => {
  before(() => distributionReady);

  it("agrees with the reference packs and their marginal gains", () => {
    for (const row of newsvendor.pack) {
      const demand = countDistribution(row.mu, row.var);
      const costs = { underageYen: row.cu, wasteYen: row.co, holdingYen: 0 };

      const { packs, gainsYen } = packsThatPay({
        protection: demand,
        shelf: demand,
        position: row.ip,
        packSize: row.pack,
        costs,
      });

      assert.equal(packs, row.packs);
      assert.equal(packs * row.pack, row.order);
      row.marginal.forEach((gain, i) => assert.ok(Math.abs(gain - gainsYen[i]!) < 1e-6, `${gainsYen[i]}`));
    }
  });

  it("fills up to the newsvendor level when units are ordered singly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 10, max: 300 }),
        (mean, stock, underageYen) => {
          const demand = countDistribution(mean, mean * 1.8);
          const level = orderUpToLevel(demand, underageYen, 90);
          const costs = { underageYen, wasteYen: 90, holdingYen: 0 };
          const { packs } = packsThatPay({
            protection: demand,
            shelf: demand,
            position: stock,
            packSize: 1,
            costs,
          });
          assert.ok(Math.abs(packs - Math.max(0, level - stock)) <= 1);
        },
      ),
    );
  });

  it("caps perishables as the reference does", () => {
    const shelf = countDistribution(shelfLife.muShelf, shelfLife.varShelf);
    const protection = countDistribution(shelfLife.muProt, shelfLife.varProt);

    const cap = shelfLifeCap(shelf, shelfLife.crShelf);
    const level = orderUpToLevel(protection, shelfLife.cr, 1 - shelfLife.cr);

    assert.deepEqual([level, cap, Math.min(level, cap)], [shelfLife.sProt, shelfLife.sShelf, shelfLife.S]);
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

  it("fills the display even where demand would not ask for it", () => {
    const order = recommendOrder({ ...TERMS, minimumDisplay: 5, packSize: 2 }, outlook(0.05), EMPTY);

    assert.deepEqual([order.units, order.reason], [6, "minimum display"]);
  });

  it("shows no more of a perishable than rather sells than expires", () => {
    const terms = { ...TERMS, goodwillYen: -50, minimumDisplay: 5, shelfLifeDays: 1 };

    assert.equal(recommendOrder(terms, outlook(0.3), EMPTY).units, 0);
    assert.equal(recommendOrder(terms, outlook(3), EMPTY).units, 3);
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

  it("refuses terms that no order can follow, naming the value", () => {
    assert.equal(problemOf(TERMS), undefined);
    assert.throws(
      () => recommendOrder({ ...TERMS, packSize: 0 }, outlook(1), EMPTY),
      /packSize is 0, must be a whole number from 1/,
    );
    assert.throws(() => recommendOrder({ ...TERMS, priceYen: 0 }, outlook(1), EMPTY), /priceYen is 0/);
  });

  it("repeats the outlook's days when a window is longer", () => {
    const week = { means: [1, 2, 3], deviations: [1, 1, 1], dayCorrelation: 0 };

    assert.equal(demandOver(week, 5).mean, 1 + 2 + 3 + 1 + 2);
    assert.equal(demandOver({ ...week, means: [], deviations: [] }, 5).mean, 0);
  });
});
