import type { Category } from "../../../contracts/categories";
import type { SkuNight } from "../../../contracts/serving-files";
import type { FeatureRow } from "../../stores/online-features";

/** One SKU and day of a request, while it is being answered. */
export interface Cell {
  readonly sku: string;
  readonly category: Category;
  /** ISO date. */
  readonly day: string;
  /** Position in the night's lists; from HORIZON_DAYS on the night is older than it should be. */
  readonly position: number;
  readonly night: SkuNight;
  /** Of the online store, for this very day. */
  readonly row?: FeatureRow;
  /** The model's factor on the row's baseline. */
  answer?: number;
}
