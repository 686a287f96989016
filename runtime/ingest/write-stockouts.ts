import { parseDate, type DateRules } from "../../forecasting/calendar/parse-date";
import type { LakeTable } from "../../forecasting/lake/schema";
import { writeTableInto } from "../engine/duckdb/write-table";
import type { Database } from "../engine/duckdb/database";
import type { InputMasters } from "./input-masters";
import type { Quarantine } from "./quarantine";
import { keepRows, type SeenCodes } from "./write-lake-tables";

const STOCKOUTS: LakeTable = {
  name: "stockouts",
  grain: "one row per store, SKU and day that ran out",
  columns: [
    { name: "store_id", type: "INTEGER", meaning: "stores.store_id" },
    { name: "sku_id", type: "INTEGER", meaning: "products.sku_id" },
    { name: "day", type: "DATE", meaning: "day" },
  ],
};

/** Gives the SQL the reported stock-outs as the table `reported_stockouts`; empty when no file reports any. */
export async function writeStockouts(
  database: Database,
  masters: InputMasters,
  seen: SeenCodes,
  quarantine: Quarantine,
  dates: DateRules,
): Promise<void> {
  const rows = keepRows(
    masters.tables.stockouts.rows,
    ({ values }) => {
      const storeId = seen.storeIds.get(values.store ?? "");
      const skuId = seen.skuIds.get(values.sku ?? "");
      const day = parseDate(values.date ?? "", dates);
      if (storeId === undefined) return "unknown store";
      if (skuId === undefined) return "unknown SKU";
      return day === undefined ? "not a date" : { store_id: storeId, sku_id: skuId, day };
    },
    quarantine,
  );
  await writeTableInto(database, STOCKOUTS, rows, "all_stockouts");
  await database.run(
    "CREATE OR REPLACE TEMP TABLE reported_stockouts AS SELECT DISTINCT * FROM all_stockouts",
  );
}
