import { CATEGORIES, type Category } from "../../contracts/categories";
import { isoDate } from "../../forecasting/calendar/day";
import {
  demandRatio,
  type InputDrift,
  inputDrift,
  offersOf,
  type UnseenSkus,
  unseenSkus,
} from "../../forecasting/drift/input-drift";
import { isSpecialDay } from "../../forecasting/drift/is-special-day";
import { type OrdinaryWeeks, ordinaryWeeks } from "../../forecasting/drift/ordinary-weeks";
import { referenceBins } from "../../forecasting/drift/reference-bins";
import { distributionReady } from "../../forecasting/distribution/count-distribution";
import { columnAs } from "../engine/duckdb/columns";
import type { Database } from "../engine/duckdb/database";

/** What came in during the last week, by category; undefined where the lake does not reach far enough back. */
export interface InputSignals {
  readonly category: Category;
  readonly drift?: InputDrift;
  readonly unseen: UnseenSkus;
  readonly promotionShare: number;
  readonly priceIndex: number;
}

/** Series that a reference of ten bins needs to say anything. */
const FEWEST_SERIES = 20;

interface InputDays {
  readonly day: number;
  readonly referenceTo: number;
  /** Days of a typhoon or the like; like holidays, they are left out of the demand ratios. */
  readonly incidentDays?: ReadonlySet<number>;
}

/** Signals of the week up to `day`; the reference week ends with the evaluation of the serving models. */
export async function readInputSignals(
  database: Database,
  { day, referenceTo, incidentDays = new Set() }: InputDays,
): Promise<InputSignals[]> {
  await distributionReady;
  const isSpecial = (each: number) => isSpecialDay(each) || incidentDays.has(each);
  const ratiosOf = (last: number) => weekRatios(database, ordinaryWeeks(last, isSpecial));
  const [now, reference] = [await ratiosOf(day), await ratiosOf(referenceTo)];
  const counts = await weekCounts(database, day, referenceTo);
  return CATEGORIES.map((category, code) => {
    const before = reference[code]!;
    const found = counts.find((row) => row.code === code) ?? NO_SALES;
    return {
      category,
      ...(before.length >= FEWEST_SERIES && now[code]!.length > 0
        ? { drift: inputDrift(referenceBins(before), now[code]!) }
        : {}),
      unseen: unseenSkus(found),
      ...offersOf(found),
    };
  });
}

/** Demand ratios of the series that were on sale on all days of the five weeks, by category code. */
async function weekRatios(database: Database, { week, before: earlier }: OrdinaryWeeks): Promise<number[][]> {
  const list = (days: readonly number[]) => days.map((day) => `DATE '${isoDate(day)}'`).join(", ");
  const batch = await database.columns(`
    SELECT category_code,
      CAST(sum(CASE WHEN day IN (${list(week)}) THEN units ELSE 0 END) AS DOUBLE) AS week,
      CAST(sum(CASE WHEN day IN (${list(earlier)}) THEN units ELSE 0 END) AS DOUBLE) AS before
    FROM daily JOIN product_codes USING (sku_id)
    WHERE day IN (${list([...week, ...earlier])})
    GROUP BY store_id, sku_id, category_code HAVING count(*) = 35`);
  const [codes, weeks] = [
    columnAs(batch, "category_code", Int32Array),
    columnAs(batch, "week", Float64Array),
  ];
  const before = columnAs(batch, "before", Float64Array);
  const ratios = CATEGORIES.map((): number[] => []);
  codes.forEach((code, i) => ratios[code]!.push(demandRatio(weeks[i]!, before[i]!)));
  return ratios;
}

interface WeekCounts {
  readonly code: number;
  readonly rows: number;
  readonly unseenRows: number;
  readonly units: number;
  readonly unseenUnits: number;
  readonly promotedUnits: number;
  readonly paid: number;
  readonly usual: number;
}

const NO_SALES: WeekCounts = {
  code: -1,
  rows: 0,
  unseenRows: 0,
  units: 0,
  unseenUnits: 0,
  promotedUnits: 0,
  paid: 0,
  usual: 0,
};

/** The usual price is the SKU's median shelf price of the reference week; SKUs that had none count as they are paid. */
async function weekCounts(database: Database, day: number, referenceTo: number): Promise<WeekCounts[]> {
  const unseen = `products.launched_on > DATE '${isoDate(referenceTo)}'`;
  const paid = "week.units * week.price_yen * (1 - week.discount_share)";
  return database.rows<WeekCounts & Record<string, unknown>>(`
    WITH usual AS (
      SELECT sku_id, median(price_yen) AS price FROM daily
      WHERE price_yen > 0 AND day BETWEEN DATE '${isoDate(referenceTo)}' - 6 AND DATE '${isoDate(referenceTo)}'
      GROUP BY sku_id
    )
    SELECT category_code AS code, count(*) AS rows,
      CAST(count(*) FILTER (${unseen}) AS DOUBLE) AS "unseenRows",
      CAST(sum(week.units) AS DOUBLE) AS units,
      CAST(coalesce(sum(week.units) FILTER (${unseen}), 0) AS DOUBLE) AS "unseenUnits",
      CAST(coalesce(sum(week.units) FILTER (week.promo_type > 0), 0) AS DOUBLE) AS "promotedUnits",
      CAST(sum(${paid}) AS DOUBLE) AS paid,
      CAST(sum(coalesce(week.units * usual.price, ${paid})) AS DOUBLE) AS usual
    FROM daily AS week
    JOIN products USING (sku_id) JOIN product_codes USING (sku_id) LEFT JOIN usual USING (sku_id)
    WHERE week.day BETWEEN DATE '${isoDate(day)}' - 6 AND DATE '${isoDate(day)}'
    GROUP BY category_code ORDER BY category_code`);
}
