/** Absolute errors of both models, summed up over the cells of one store and day. */
export interface PairedSums {
  /** By position in the list of stores. */
  readonly storeA: Float64Array;
  readonly storeB: Float64Array;
  /** By position in the list of days, in the order of time. */
  readonly dayA: readonly number[];
  readonly dayB: readonly number[];
  /** Day by day, what squares of residuals are made of. */
  readonly products: { readonly aa: number; readonly ab: number; readonly bb: number };
}

/**
 * Errors of a champion (A) and a challenger (B) on the same cells, taken in day by day. A store that was closed has 0 and 0
 * there and weighs nothing. What is kept does not grow with the number of cells, so a look on every evening is cheap.
 */
export class PairedErrors implements PairedSums {
  public readonly storeA: Float64Array;
  public readonly storeB: Float64Array;
  public readonly dayA: number[] = [];
  public readonly dayB: number[] = [];
  public readonly products = { aa: 0, ab: 0, bb: 0 };

  public constructor(public readonly storeCount: number) {
    this.storeA = new Float64Array(storeCount);
    this.storeB = new Float64Array(storeCount);
  }

  /** @param a sum of the champion's absolute errors by store; `b` is the challenger's */
  public addDay(a: ArrayLike<number>, b: ArrayLike<number>): void {
    const { storeA, storeB, storeCount, products } = this;
    let [sumA, sumB, aa, ab, bb] = [0, 0, 0, 0, 0];
    for (let s = 0; s < storeCount; s++) {
      const [x, y] = [a[s]!, b[s]!];
      if (!(x >= 0 && y >= 0 && x + y < Infinity)) {
        throw new RangeError(`errors of store ${s} are ${x} and ${y}; allowed: finite, from 0`);
      }
      storeA[s]! += x;
      storeB[s]! += y;
      sumA += x;
      sumB += y;
      aa += x * x;
      ab += x * y;
      bb += y * y;
    }
    products.aa += aa;
    products.ab += ab;
    products.bb += bb;
    this.dayA.push(sumA);
    this.dayB.push(sumB);
  }
}

/** @param a errors by store and day: `a[s][t]` */
export function pairedErrors(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): PairedErrors {
  const sums = new PairedErrors(a.length);
  const dayCount = a[0]?.length ?? 0;
  for (let t = 0; t < dayCount; t++) {
    sums.addDay(
      a.map((row) => row[t]!),
      b.map((row) => row[t]!),
    );
  }
  return sums;
}
