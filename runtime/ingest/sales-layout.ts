import type { DayNumber } from "../../forecasting/calendar/day";
import type { ColumnPositions } from "./columns";

/** Where the day of a line stands that has no column for it. */
export type DaySource =
  /** The file was made for one day, which its name says. */
  | { readonly kind: "name"; readonly day: DayNumber }
  /** Columns for year, month and day. */
  | { readonly kind: "parts"; readonly at: readonly [number, number, number] }
  /** Another file has the day of each order; `at` is the order's number here. */
  | { readonly kind: "orders"; readonly at: number };

/** A table with one column an item, a store or a day. */
export interface WideTable {
  readonly kind: "items" | "stores" | "days" | "numbered days";
  /** The columns that hold units, and the item, the store or the day that each is for. */
  readonly columns: readonly { readonly at: number; readonly name: string }[];
}

/** How a file of sales is read: what its header says, and what its first rows tell where the header does not. */
export interface SalesLayout {
  readonly header: readonly string[];
  readonly positions: ColumnPositions;
  /** The one item of a file without a column for it. */
  readonly item?: string;
  readonly day?: DaySource;
  readonly wide?: WideTable;
  /** Whether what is forecast in place of units may be money. */
  readonly isMoney?: boolean;
  /** 0: every column has a name that is known; the higher, the more was concluded. */
  readonly guesses: number;
  /** What was concluded, for people to contradict. */
  readonly notes: readonly string[];
}

/** A layout, or why there is none. */
export type FoundLayout = { readonly layout: SalesLayout } | { readonly problem: string };
