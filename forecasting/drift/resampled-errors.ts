import { randomFor, type Random } from "../generator/random";
import { SEGMENT_KINDS, type ErrorRow } from "./error-row";

interface KindSums {
  absoluteError: number;
  naiveError: number;
  noise: number;
  actual: number;
}

/** Per period, the sums of each segment kind in the order of SEGMENT_KINDS. */
type PeriodSums = readonly [readonly KindSums[], readonly KindSums[]];

const KINDS = SEGMENT_KINDS.length;
const FIELDS = 4;

/** Error rows of two periods as arrays, to be summed up as they are or with SKUs and days drawn anew. */
export class ResampledErrors {
  private readonly skus: Int32Array;
  private readonly days: Int32Array;
  /** Period x kinds + kind. */
  private readonly slots: Uint8Array;
  private readonly values: Float64Array;
  private readonly skuWeights: Float64Array;
  private readonly dayWeights: Float64Array;
  /** Positions of the days of each period: one period's days do not stand in for the other's. */
  private readonly periodDays: readonly [number, number];
  private readonly random: Random = randomFor(1, "attribution");

  constructor(before: readonly ErrorRow[], after: readonly ErrorRow[]) {
    const rows = [...before, ...after];
    const sku = numbering();
    const day = numbering();
    this.skus = new Int32Array(rows.length);
    this.days = new Int32Array(rows.length);
    this.slots = new Uint8Array(rows.length);
    this.values = new Float64Array(FIELDS * rows.length);
    let daysBefore = 0;
    rows.forEach((row, i) => {
      const period = i < before.length ? 0 : 1;
      this.skus[i] = sku.of(row.sku);
      this.days[i] = day.of(2 * row.day + period);
      this.slots[i] = period * KINDS + SEGMENT_KINDS.indexOf(row.kind);
      this.values.set([row.absoluteError, row.naiveError, row.noise, row.actual], FIELDS * i);
      if (period === 0) daysBefore = day.count();
    });
    this.periodDays = [daysBefore, day.count() - daysBefore];
    this.skuWeights = new Float64Array(sku.count()).fill(1);
    this.dayWeights = new Float64Array(day.count()).fill(1);
  }

  public sums(): PeriodSums {
    this.skuWeights.fill(1);
    this.dayWeights.fill(1);
    return this.weighted();
  }

  public drawnSums(): PeriodSums {
    this.draw(this.skuWeights, 0, this.skuWeights.length);
    this.draw(this.dayWeights, 0, this.periodDays[0]);
    this.draw(this.dayWeights, this.periodDays[0], this.periodDays[1]);
    return this.weighted();
  }

  private draw(weights: Float64Array, start: number, count: number): void {
    weights.fill(0, start, start + count);
    for (let i = 0; i < count; i++) weights[start + this.random.integer(0, count - 1)]!++;
  }

  private weighted(): PeriodSums {
    const { skus, days, slots, values, skuWeights, dayWeights } = this;
    const sums = new Float64Array(2 * KINDS * FIELDS);
    for (let i = 0; i < skus.length; i++) {
      const weight = skuWeights[skus[i]!]! * dayWeights[days[i]!]!;
      if (weight === 0) continue;
      const at = FIELDS * slots[i]!;
      for (let field = 0; field < FIELDS; field++) sums[at + field]! += weight * values[FIELDS * i + field]!;
    }
    const period = (first: number): KindSums[] =>
      SEGMENT_KINDS.map((_, k) => {
        const [absoluteError, naiveError, noise, actual] = sums.subarray(FIELDS * (first + k));
        return { absoluteError: absoluteError!, naiveError: naiveError!, noise: noise!, actual: actual! };
      });
    return [period(0), period(KINDS)];
  }
}

function numbering() {
  const numbers = new Map<number, number>();
  return {
    of: (key: number): number => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      return numbers.size - 1;
    },
    count: () => numbers.size,
  };
}
