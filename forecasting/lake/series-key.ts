/** SKU numbers that a key can hold: 67 million; with stores up to 134 million the key is a whole number that a double holds. */
const SKU_NUMBERS = 2 ** 26;

/** One number for a store and a SKU, another one for every other pair. */
export function seriesKey(storeId: number, skuId: number): number {
  return storeId * SKU_NUMBERS + skuId;
}
