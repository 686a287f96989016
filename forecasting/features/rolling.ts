import { HORIZON_DAYS } from "../../contracts/horizon";
import type { SeriesBlock } from "./series-block";

/** Where the history features of a batch go. */
export interface HistoryColumns {
  readonly lag7: Float32Array;
  readonly lag14: Float32Array;
  readonly lag28: Float32Array;
  readonly mean7: Float32Array;
  readonly std7: Float32Array;
  readonly mean14: Float32Array;
  readonly std14: Float32Array;
  readonly mean28: Float32Array;
  readonly std28: Float32Array;
  readonly mean112: Float32Array;
  readonly weekdayMean: Float32Array;
  readonly promoShare28: Float32Array;
}

/**
 * Running sums of one series: entry i + PADDING is over its days before day i, so a window is the difference of two
 * entries, whatever its length. Units are integers, so doubles hold the sums and sums of squares exactly (to 2^53).
 * The padding stands for the time before the first day: windows that reach into it need no test.
 */
export interface SeriesSums {
  length: number;
  capacity: number;
  units: Float64Array;
  sum: Float64Array;
  squares: Float64Array;
  observed: Float64Array;
  promoted: Float64Array;
}

const LONGEST_WINDOW = 112;
/** An imported name is a property access in compiled CommonJS; the loop below reads it for every row. */
const HORIZON = HORIZON_DAYS;
const PADDING = LONGEST_WINDOW + 28;

export function newSeriesSums(): SeriesSums {
  const empty = () => new Float64Array(0);
  return {
    length: 0,
    capacity: 0,
    units: empty(),
    sum: empty(),
    squares: empty(),
    observed: empty(),
    promoted: empty(),
  };
}

/** Reads one series of a block up to the cutoff. */
export function loadSeries(sums: SeriesSums, block: SeriesBlock, series: number, cutoff: number): void {
  const start = block.offsets[series] as number;
  const firstDay = block.firstDays[series] as number;
  const length = Math.min((block.offsets[series + 1] as number) - start, cutoff - firstDay + 1);
  ensureCapacity(sums, length);
  sums.length = length;
  const { units, sum, squares, observed, promoted } = sums;
  const { packed } = block;
  let total = 0;
  let totalSquares = 0;
  let observedCount = 0;
  let promotedCount = 0;
  for (let i = 0; i < length; i++) {
    const value = packed[start + i] as number;
    const sold = value >> 1;
    promotedCount += value & 1;
    if (sold >= 0) {
      total += sold;
      totalSquares += sold * sold;
      observedCount += 1;
      units[PADDING + i] = sold;
    } else {
      units[PADDING + i] = NaN;
    }
    const at = PADDING + i + 1;
    sum[at] = total;
    squares[at] = totalSquares;
    observed[at] = observedCount;
    promoted[at] = promotedCount;
  }
}

function ensureCapacity(sums: SeriesSums, length: number): void {
  if (length <= sums.capacity) return;
  const size = PADDING + Math.ceil(length * 1.5) + 1;
  sums.capacity = size - PADDING - 1;
  sums.units = new Float64Array(size).fill(NaN, 0, PADDING);
  sums.sum = new Float64Array(size);
  sums.squares = new Float64Array(size);
  sums.observed = new Float64Array(size);
  sums.promoted = new Float64Array(size);
}

/**
 * Fills `count` rows for the target days at positions `first`, `first` + 1, … of the series. Position p reads days
 * before p - 6: its newest is HORIZON_DAYS days old. Days after the series' end (future targets) have no label.
 */
export function fillHistory(
  sums: SeriesSums,
  first: number,
  count: number,
  out: HistoryColumns,
  labels: Float32Array,
  at: number,
): void {
  const { units, sum, squares, observed, promoted, length } = sums;
  for (let i = 0; i < count; i++) {
    const position = first + i;
    const row = at + i;
    labels[row] = position < length ? (units[PADDING + position] as number) : NaN;
    const end = PADDING + position - HORIZON + 1;
    const lag7 = units[end - 1] as number;
    const lag14 = units[end - 8] as number;
    const lag21 = units[end - 15] as number;
    const lag28 = units[end - 22] as number;
    out.lag7[row] = lag7;
    out.lag14[row] = lag14;
    out.lag28[row] = lag28;
    out.weekdayMean[row] = meanOfFour(lag7, lag14, lag21, lag28);

    const total = sum[end] as number;
    const total2 = squares[end] as number;
    const seen = observed[end] as number;
    const n7 = seen - (observed[end - 7] as number);
    const s7 = total - (sum[end - 7] as number);
    out.mean7[row] = s7 / n7;
    out.std7[row] = deviation(n7, s7, total2 - (squares[end - 7] as number));
    const n14 = seen - (observed[end - 14] as number);
    const s14 = total - (sum[end - 14] as number);
    out.mean14[row] = s14 / n14;
    out.std14[row] = deviation(n14, s14, total2 - (squares[end - 14] as number));
    const n28 = seen - (observed[end - 28] as number);
    const s28 = total - (sum[end - 28] as number);
    out.mean28[row] = s28 / n28;
    out.std28[row] = deviation(n28, s28, total2 - (squares[end - 28] as number));
    out.mean112[row] =
      (total - (sum[end - LONGEST_WINDOW] as number)) / (seen - (observed[end - LONGEST_WINDOW] as number));

    const past = position - HORIZON + 1;
    const days = past < 0 ? 0 : past < 28 ? past : 28;
    out.promoShare28[row] = ((promoted[end] as number) - (promoted[end - 28] as number)) / days;
  }
}

/** Population deviation from count, sum and sum of squares of integers; 0/0 is NaN, which is "missing". */
function deviation(count: number, sum: number, squares: number): number {
  const scaled = count * squares - sum * sum;
  return scaled > 0 ? Math.sqrt(scaled) / count : (0 * count) / count;
}

function meanOfFour(a: number, b: number, c: number, d: number): number {
  const all = a + b + c + d;
  if (all === all) return all / 4;
  const count = Number(a === a) + Number(b === b) + Number(c === c) + Number(d === d);
  return (orZero(a) + orZero(b) + orZero(c) + orZero(d)) / count;
}

function orZero(value: number): number {
  return value === value ? value : 0;
}
