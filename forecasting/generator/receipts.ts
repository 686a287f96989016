import { isoDate, type DayNumber } from "../calendar/day";
import { PRICE_RISE } from "./changes";
import { fillSeries, newSeriesDays } from "./demand";
import { mix, mixAll, toUnit } from "./random";
import type { World } from "./world";

/** One line of a receipt as a till writes it. */
export interface ReceiptLine {
  readonly transaction: number;
  readonly line: number;
  readonly sku: number;
  readonly day: DayNumber;
  readonly quantity: number;
  readonly priceYen: number;
  readonly listPriceYen: number;
}

const LARGEST_BASKET = 3;
const LINES_PER_RECEIPT = 3;
const RETURN_SHARE = 0.003;

/**
 * The receipt lines of one store (by position), day by day. They add up to the generated daily units: a returned unit is
 * sold once more on the same day.
 */
export function* receiptLines(world: World, store: number): Generator<ReceiptLine> {
  const { dayCount, knownDayCount, firstDay } = world.days;
  const skuCount = world.products.length;
  const units = unitsByDay(world, store);
  for (let day = 0; day < dayCount; day++) {
    let lineCount = 0;
    for (let sku = 0; sku < skuCount; sku++) {
      let left = units[day * skuCount + sku] as number;
      if (left === 0) continue;
      const bits = mixAll(world.seed, store, sku, day);
      const listPriceYen = listPriceOn(world, sku, day);
      const discount = world.promotions.actualDiscount[sku * knownDayCount + day] ?? 0;
      const priceYen = Math.max(1, Math.round(listPriceYen * (1 - discount)));
      const make = (quantity: number): ReceiptLine => ({
        transaction: day * 100_000 + Math.floor(lineCount / LINES_PER_RECEIPT),
        line: 1 + (lineCount++ % LINES_PER_RECEIPT),
        sku,
        day: firstDay + day,
        quantity,
        priceYen,
        listPriceYen,
      });
      if (toUnit(mix(bits ^ 7)) < RETURN_SHARE) {
        yield make(-1);
        left += 1;
      }
      for (let part = 1; left > 0; part++) {
        const quantity = Math.min(left, 1 + ((mix(bits + part) >>> 0) % LARGEST_BASKET));
        yield make(quantity);
        left -= quantity;
      }
    }
  }
}

/** The list price of a day (position in the world): the master tells today's. */
function listPriceOn(world: World, sku: number, day: number): number {
  const priceYen = world.products[sku]?.priceYen ?? 0;
  return day < world.changes.risenFrom[sku]!
    ? Math.max(1, Math.round(priceYen * (1 - PRICE_RISE)))
    : priceYen;
}

function unitsByDay(world: World, store: number): Int32Array {
  const skuCount = world.products.length;
  const units = new Int32Array(world.days.dayCount * skuCount);
  const series = newSeriesDays(world.days.knownDayCount);
  for (let sku = 0; sku < skuCount; sku++) {
    fillSeries(world, store, sku, series, false);
    for (let i = 0; i < series.length; i++) {
      units[(series.firstIndex + i) * skuCount + sku] = series.units[i] as number;
    }
  }
  return units;
}

/** Days on which an SKU ran out in a store: what a chain's stock system would report. */
export function* stockoutDays(world: World, store: number): Generator<{ sku: number; date: string }> {
  const series = newSeriesDays(world.days.knownDayCount);
  for (let sku = 0; sku < world.products.length; sku++) {
    fillSeries(world, store, sku, series, false);
    for (let i = 0; i < series.length; i++) {
      if (series.isStockedOut[i] === 0) continue;
      yield { sku, date: isoDate(world.days.firstDay + series.firstIndex + i) };
    }
  }
}
