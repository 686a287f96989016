import type { ItemTerms } from "../../forecasting/ordering/item-terms";
import type { Database } from "../engine/duckdb/database";

/** What a report calls an item, and its ordering terms. */
export interface Item {
  readonly skuId: number;
  readonly skuCode: string;
  readonly name: string;
  readonly category: string;
  readonly terms: ItemTerms;
  /** Master fields that were missing and what was taken instead. */
  readonly assumed: readonly string[];
}

interface ProductRow {
  readonly sku_id: number;
  readonly sku_code: string;
  readonly name: string;
  readonly category: string;
  readonly price_yen: number | null;
  readonly cost_yen: number | null;
  readonly shelf_life_days: number | null;
  readonly pack_size: number | null;
  readonly lead_time_days: number | null;
  readonly minimum_display: number | null;
}

/** Taken where a master says nothing; each use is reported. */
const DEFAULT_TERMS = { priceYen: 200, costShare: 0.68, leadTimeDays: 1, packSize: 1 } as const;
/** A price of 0.85 is one in most currencies; only nothing is none. */
const LEAST_MONEY = 0.01;
/** Stores of this chain order every day. */
const REVIEW_DAYS = 1;

export async function readItems(database: Database): Promise<Map<number, Item>> {
  const rows = await database.rows<ProductRow>("SELECT * FROM products ORDER BY sku_id");
  return new Map(rows.map((row) => [row.sku_id, itemOf(row)]));
}

function itemOf(row: ProductRow): Item {
  const assumed: string[] = [];
  const or = (name: string, value: number | null, lowest: number, fallback: number) => {
    if (value !== null && value >= lowest) return value;
    assumed.push(name);
    return fallback;
  };
  const priceYen = or("price", row.price_yen, LEAST_MONEY, DEFAULT_TERMS.priceYen);
  const shelfLifeDays =
    row.shelf_life_days !== null && row.shelf_life_days >= 1 ? row.shelf_life_days : undefined;
  if (shelfLifeDays === undefined) assumed.push("shelf life");
  return {
    skuId: row.sku_id,
    skuCode: row.sku_code,
    name: row.name,
    category: row.category,
    assumed,
    terms: {
      priceYen,
      costYen: or(
        "cost",
        row.cost_yen,
        LEAST_MONEY,
        Math.round(100 * priceYen * DEFAULT_TERMS.costShare) / 100,
      ),
      leadTimeDays: or("lead time", row.lead_time_days, 0, DEFAULT_TERMS.leadTimeDays),
      reviewDays: REVIEW_DAYS,
      shelfLifeDays,
      packSize: or("pack size", row.pack_size, 1, DEFAULT_TERMS.packSize),
      minimumDisplay: or("minimum display", row.minimum_display, 0, 0),
    },
  };
}
