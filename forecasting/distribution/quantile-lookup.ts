import { cellDistribution, type Dispersion } from "./dispersion";
import { quantiles } from "./count-distribution";

/** Means below have a zero quantile at every published level; above, the grid ends and the exact walk takes over. */
const LOWEST_MEAN = 0.002;
const HIGHEST_MEAN = 2000;
/** Grid points per e-fold of the mean: neighbours differ by 0.4 %, less than the error of any forecast. */
const STEPS_PER_E = 256;

/**
 * Quantiles of any forecast mean in one array read per level: with the variance a function of the mean, a quantile is a
 * step function of the mean alone, so it is tabulated once per dispersion on a logarithmic grid.
 */
export class QuantileLookup {
  private readonly table: readonly Int32Array[];
  private readonly low = Math.log(LOWEST_MEAN);

  constructor(
    private readonly dispersion: Dispersion,
    public readonly levels: readonly number[],
  ) {
    const points = Math.ceil((Math.log(HIGHEST_MEAN) - this.low) * STEPS_PER_E) + 1;
    this.table = levels.map(() => new Int32Array(points));
    for (let point = 0; point < points; point++) {
      const mean = Math.exp(this.low + point / STEPS_PER_E);
      quantiles(cellDistribution(dispersion, mean), levels).forEach((value, j) => {
        this.table[j]![point] = value;
      });
    }
  }

  /** The quantiles of a cell with this forecast mean, in the order of `levels`, written to `target` from `offset`. */
  write(mean: number, target: { [index: number]: number }, offset = 0): void {
    if (mean > HIGHEST_MEAN) {
      const exact = quantiles(cellDistribution(this.dispersion, mean), this.levels);
      exact.forEach((value, j) => (target[offset + j] = value));
      return;
    }
    const point = mean < LOWEST_MEAN ? -1 : Math.round((Math.log(mean) - this.low) * STEPS_PER_E);
    for (let j = 0; j < this.levels.length; j++) target[offset + j] = point < 0 ? 0 : this.table[j]![point]!;
  }

  /** The quantiles of a cell with this forecast mean. */
  of(mean: number): number[] {
    const result: number[] = new Array<number>(this.levels.length).fill(0);
    this.write(mean, result);
    return result;
  }
}
