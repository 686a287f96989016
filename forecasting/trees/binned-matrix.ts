import type { FeatureMatrix } from "../feature-matrix";

/** The bin of a missing value; real bins are 0 to 254. */
export const MISSING_BIN = 255;
/** Bins of one feature in a histogram, the missing one included. */
export const BINS_PER_FEATURE = 256;
/** Doubles of one feature in a histogram: gradient and hessian of each bin, and one empty cache line (train-kernel.wat says why). */
export const FEATURE_STRIDE = BINS_PER_FEATURE * 2 + 8;
/** Features whose bins share one 32-bit word. */
export const FEATURES_PER_WORD = 4;
/** Rows per block while binning: their words stay in the second-level cache. */
const BLOCK_ROWS = 4096;

/** Features as bins of one byte, twice, because the two loops over rows want them in different ways. */
export interface BinnedMatrix {
  readonly rows: number;
  readonly wordsPerRow: number;
  /**
   * By row, four features to a word (feature f is byte f % 4 of word f / 4): a histogram looks at all features of
   * scattered rows, and a row of 30 features is half a cache line.
   */
  readonly words: Uint32Array;
  /** By feature, `rows` bytes each: a split looks at one feature of all rows, which fits in the cache like this. */
  readonly bins: Uint8Array;
}

export function wordsPerRowOf(featureCount: number): number {
  return Math.ceil(featureCount / FEATURES_PER_WORD);
}

/** The cuts, filled up with infinities to the 255 that the search below expects. */
function padded(cuts: Float32Array): Float32Array {
  const all = new Float32Array(255).fill(Infinity);
  all.set(cuts);
  return all;
}

/** Number of cuts <= value, in eight steps without a branch (half of them would be mispredicted). */
function countCuts(cuts: Float32Array, value: number): number {
  let below = ((cuts[127]! <= value) as unknown as number | 0) << 7;
  below += ((cuts[below + 63]! <= value) as unknown as number | 0) << 6;
  below += ((cuts[below + 31]! <= value) as unknown as number | 0) << 5;
  below += ((cuts[below + 15]! <= value) as unknown as number | 0) << 4;
  below += ((cuts[below + 7]! <= value) as unknown as number | 0) << 3;
  below += ((cuts[below + 3]! <= value) as unknown as number | 0) << 2;
  below += ((cuts[below + 1]! <= value) as unknown as number | 0) << 1;
  return below + ((cuts[below]! <= value) as unknown as number | 0);
}

/** Writes the bins of `features` from row `firstRow` on; the target must still be zero there. */
export function writeBins(
  target: BinnedMatrix,
  firstRow: number,
  features: FeatureMatrix,
  cuts: readonly Float32Array[],
): void {
  const paddedCuts = cuts.map(padded);
  for (let begin = 0; begin < features.rows; begin += BLOCK_ROWS) {
    const end = Math.min(features.rows, begin + BLOCK_ROWS);
    features.columns.forEach((column, f) => {
      writeBlock(target, firstRow, { column, begin, end }, f, paddedCuts[f]!, cuts[f]!.length);
    });
  }
}

function writeBlock(
  { rows, words, wordsPerRow, bins }: BinnedMatrix,
  firstRow: number,
  block: { readonly column: Float32Array; readonly begin: number; readonly end: number },
  feature: number,
  cuts: Float32Array,
  lastBin: number,
): void {
  const shift = (feature % FEATURES_PER_WORD) * 8;
  let word = (firstRow + block.begin) * wordsPerRow + Math.floor(feature / FEATURES_PER_WORD);
  let byte = feature * rows + firstRow + block.begin;
  for (let row = block.begin; row < block.end; row++) {
    const value = block.column[row]!;
    const bin = value === value ? Math.min(lastBin, countCuts(cuts, value)) : MISSING_BIN;
    words[word] = words[word]! | (bin << shift);
    bins[byte] = bin;
    word += wordsPerRow;
    byte++;
  }
}
