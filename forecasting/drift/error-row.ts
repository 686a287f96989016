import type { Category } from "../../contracts/categories";
import type { ErrorSums } from "./error-sums";

/**
 * Which part of the assortment a cell belongs to: a SKU with less than NEW_DAYS of sales, one on offer that day, one whose
 * planned offer did not take place, or none of these. A new SKU on offer is new: what is not known of it weighs more. Kept by
 * their positions: new ones go to the end.
 */
export const SEGMENT_KINDS = ["new", "promoted", "regular", "called-off"] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** Days of sales after which a SKU's own history carries its forecast. */
const NEW_DAYS = 28;

/** @param isPlanned whether the plan has an offer */
export function segmentKind(daysOnSale: number, isPromoted: boolean, isPlanned = isPromoted): SegmentKind {
  if (daysOnSale < NEW_DAYS) return "new";
  return isPromoted ? "promoted" : isPlanned ? "called-off" : "regular";
}

/** Errors of one SKU on one day, its cells in all stores added up before the error is taken. */
export interface ErrorRow extends ErrorSums {
  readonly day: number;
  readonly sku: number;
  readonly category: Category;
  readonly kind: SegmentKind;
  /** What the forecast was multiplied by to set its level right. @default 1 */
  readonly calibration?: number;
}

/** The aggregation level of every figure of the drift monitor. */
export const ERROR_LEVEL = "SKU x day, all stores";
