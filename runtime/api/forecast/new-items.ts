import { HORIZON_DAYS } from "../../../contracts/horizon";
import type { ChainNight, SkuOfChain } from "../../../contracts/serving-files";
import type { Figure } from "./choose-figure";

/**
 * A SKU that the store has never sold, or a store without a history: what the stores that sell it sell on that day, by the
 * size of the store in the category; a SKU that no store has sold is taken for the mean of its category and price band.
 */
export function newItemFigure(
  chain: ChainNight,
  sku: SkuOfChain,
  storeId: number,
  position: number,
): Figure | undefined {
  const at = position % HORIZON_DAYS;
  const mean = sku.mean?.[at] ?? chain.bands[`${sku.category} ${sku.priceBand}`]?.[at];
  const size = chain.storeSizes[String(storeId)]?.[sku.category] ?? 1;
  if (mean === undefined || !(mean * size > 0)) return undefined;
  return { units: mean * size, source: "new-item" };
}
