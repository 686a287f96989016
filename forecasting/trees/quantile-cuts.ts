/** Rows looked at per feature at most: about 400 for each of the 254 quantiles, sorted in some 10 ms. */
const SAMPLE_ROWS = 100_000;

/** Every n-th value with a shifting start inside each stride, so that a weekly rhythm in the rows is not sampled in step. */
function sampled(column: Float32Array, rows: number): Float32Array {
  if (rows <= SAMPLE_ROWS) return column.slice(0, rows);
  const sample = new Float32Array(SAMPLE_ROWS);
  const stride = rows / SAMPLE_ROWS;
  for (let i = 0; i < SAMPLE_ROWS; i++) {
    // Weyl sequence: the fractional parts of i * golden ratio fill [0, 1) evenly.
    const jitter = (i * 0.618_033_988_749_895) % 1;
    sample[i] = column[Math.min(rows - 1, Math.floor((i + jitter) * stride))]!;
  }
  return sample;
}

/** A float32 above `low` and at most `high` that lies between them: a threshold of "value < cut". */
function between(low: number, high: number): number {
  const middle = Math.fround(low + (high - low) / 2);
  return middle > low && middle <= high ? middle : high;
}

/** The values that are not missing, ascending. */
function sortedValues(column: Float32Array): Float32Array {
  const values = new Float32Array(column.length);
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value === value) values[count++] = value;
  }
  return values.subarray(0, count).sort();
}

/** The distinct values among ascending ones, and how often each occurs. */
function runsOf(values: Float32Array): { distinct: Float32Array; counts: Uint32Array } {
  const distinct = new Float32Array(values.length);
  const counts = new Uint32Array(values.length);
  let runs = 0;
  for (let i = 0; i < values.length; i++) {
    if (runs === 0 || values[i] !== distinct[runs - 1]) distinct[runs++] = values[i]!;
    counts[runs - 1]!++;
  }
  return { distinct: distinct.subarray(0, runs), counts: counts.subarray(0, runs) };
}

/** The largest float32: every value that is present lies below it. */
const PRESENT_CUT = 3.4028234663852886e38;

/**
 * Ascending thresholds that part one feature's values into at most `maxBins` bins of about equal weight: a value's
 * bin is the number of cuts that are <= the value. With few distinct values every one gets its own bin. A feature with
 * missing values has a last cut above all others, so that a split can part "present" from "missing".
 */
export function quantileCuts(column: Float32Array, rows: number, maxBins: number): Float32Array {
  const sample = sampled(column, rows);
  const values = sortedValues(sample);
  const hasMissing = values.length > 0 && values.length < sample.length;
  const cuts = valueCuts(values, hasMissing ? maxBins - 1 : maxBins);
  return hasMissing ? Float32Array.of(...cuts, PRESENT_CUT) : cuts;
}

function valueCuts(values: Float32Array, maxBins: number): Float32Array {
  const { distinct, counts } = runsOf(values);
  if (distinct.length > maxBins) return weightedCuts(distinct, counts, values.length, maxBins);
  const cuts = new Float32Array(Math.max(0, distinct.length - 1));
  for (let i = 0; i < cuts.length; i++) cuts[i] = between(distinct[i]!, distinct[i + 1]!);
  return cuts;
}

/** Closes a bin whenever it holds its fair share of what is left; a very frequent value so gets a bin alone. */
function weightedCuts(
  distinct: Float32Array,
  counts: Uint32Array,
  values: number,
  maxBins: number,
): Float32Array {
  const cuts: number[] = [];
  let left = values;
  let inBin = 0;
  for (let i = 0; i < distinct.length - 1 && cuts.length < maxBins - 1; i++) {
    inBin += counts[i]!;
    if (inBin + counts[i + 1]! / 2 >= left / (maxBins - cuts.length)) {
      cuts.push(between(distinct[i]!, distinct[i + 1]!));
      left -= inBin;
      inBin = 0;
    }
  }
  return Float32Array.from(cuts);
}
