import { CATEGORIES, type Category } from "../../contracts/categories";
import type { PriceChange } from "../drift/data-faults";
import { type SalesMatrix, UNKNOWN_UNITS } from "./sales-matrix";

/** What is wrong in the files of a replay, while customers buy as ever. Days are positions in the world. */
export interface FileErrors {
  /** A store whose files stop coming. */
  readonly silent?: { readonly store: number; readonly from: number; readonly to: number };
  /** A till that books a day's sales on the day before. */
  readonly clock?: { readonly store: number; readonly day: number };
  /** A price file with a factor on every so-manieth price of a category. */
  readonly prices?: {
    readonly category: Category;
    readonly day: number;
    readonly every: number;
    readonly factor: number;
  };
}

/** The sales as the files tell them; the given ones stay as they were. */
export function withFileErrors(sales: SalesMatrix, { silent, clock }: FileErrors): SalesMatrix {
  const units = sales.units.slice();
  const { products } = sales.world;
  for (let sku = 0; sku < products.length; sku++) {
    const at = (store: number, day: number) => (store * products.length + sku) * sales.dayCount + day;
    for (let day = silent?.from ?? 0; silent && day <= silent.to; day++) units[at(silent.store, day)] = 0;
    if (clock === undefined) continue;
    const [late, early] = [at(clock.store, clock.day), at(clock.store, clock.day - 1)];
    if (units[late] === UNKNOWN_UNITS || units[early] === UNKNOWN_UNITS) continue;
    units[early]! += units[late]!;
    units[late] = 0;
  }
  return { ...sales, units };
}

/** Tonight's shelf prices against the four weeks before, for the SKUs on sale. */
export function priceChanges(
  { world }: SalesMatrix,
  { prices }: FileErrors,
  day: number,
): readonly PriceChange[] {
  return world.products.flatMap(({ category, launchedOn }, sku) => {
    if (launchedOn >= world.days.firstDay + day) return [];
    const name = CATEGORIES[category]!;
    const isWrong = prices?.category === name && prices.day === day && sku % prices.every === 0;
    return [{ sku: sku + 1, category: name, ratio: isWrong ? prices.factor : 1 }];
  });
}
