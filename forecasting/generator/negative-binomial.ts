/**
 * Draws of a negative binomial with mean m and variance m + m²/dispersion, by inversion of tabulated distributions.
 * Means are tabulated on a grid of logarithms; a cell between two grid points takes either at random, in proportion, so
 * the grid biases no mean. A draw costs one table look-up and about one comparison.
 */
export interface NegativeBinomialTable {
  readonly draw: (logMean: number, bits: number, ditherUnit: number) => number;
}

const LOWEST_LOG_MEAN = -7;
const HIGHEST_LOG_MEAN = 6;
const STEP = 0.02;
/** Entries of the guide that finds the first candidate of an inversion. */
const GUIDE = 256;
/** Tail that is folded into the last entry. */
const TAIL = 1e-8;

export function negativeBinomialTable(dispersion: number): NegativeBinomialTable {
  const binCount = Math.round((HIGHEST_LOG_MEAN - LOWEST_LOG_MEAN) / STEP) + 2;
  const tables = Array.from({ length: binCount }, (_, bin) =>
    cumulative(Math.exp(LOWEST_LOG_MEAN + bin * STEP), dispersion),
  );
  const starts = new Int32Array(binCount);
  const all = new Float64Array(tables.reduce((sum, table) => sum + table.length, 0));
  const guide = new Uint16Array(binCount * GUIDE);
  let offset = 0;
  tables.forEach((table, bin) => {
    starts[bin] = offset;
    all.set(table, offset);
    offset += table.length;
    fillGuide(table, guide.subarray(bin * GUIDE, (bin + 1) * GUIDE));
  });
  const lastBin = binCount - 1;
  const draw = (logMean: number, bits: number, ditherUnit: number): number => {
    let bin = Math.floor((logMean - LOWEST_LOG_MEAN) / STEP + ditherUnit);
    bin = bin < 0 ? 0 : bin > lastBin ? lastBin : bin;
    const unit = (bits >>> 0) / 4_294_967_296;
    const start = starts[bin] as number;
    let units = guide[bin * GUIDE + (bits >>> 24)] as number;
    while (unit >= (all[start + units] as number)) units++;
    return units;
  };
  return { draw };
}

/** P(X <= k) for k = 0, 1, …, until less than TAIL is left; the last entry is 1. */
function cumulative(mean: number, dispersion: number): Float64Array {
  const share = mean / (dispersion + mean);
  const values: number[] = [];
  let probability = Math.pow(dispersion / (dispersion + mean), dispersion);
  let sum = probability;
  for (let k = 0; 1 - sum > TAIL; k++) {
    values.push(sum);
    probability *= ((dispersion + k) / (k + 1)) * share;
    sum += probability;
  }
  values.push(1);
  return Float64Array.from(values);
}

/** For each of GUIDE equal parts of [0, 1), the smallest k that a draw in that part can give. */
function fillGuide(table: Float64Array, guide: Uint16Array): void {
  let k = 0;
  for (let part = 0; part < GUIDE; part++) {
    while ((table[k] as number) <= part / GUIDE && k < table.length - 1) k++;
    guide[part] = k;
  }
}
