import type { DayTable } from "./day-table";
import type { SalesStart } from "./peek-sales";

/** A file of sales, and the file that has its days. */
export interface SalesFile extends SalesStart {
  readonly days?: DayTable;
}
