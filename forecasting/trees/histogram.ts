import { BINS_PER_FEATURE, FEATURE_STRIDE, FEATURES_PER_WORD } from "./binned-matrix";
import type { TrainKernel } from "./kernel/train-kernel";
import { slotSize, type TrainingState } from "./training-state";

/** Rows per pass over the words: their cache lines are fetched once and then read by every word of the range. */
const BLOCK_ROWS = 1024;
/** Words that one call of the kernel can add to, most first. */
const WORDS_PER_CALL = [8, 4, 1] as const;
/** Doubles of one word (4 features) in a slot. */
const WORD_STRIDE = FEATURE_STRIDE * FEATURES_PER_WORD;
/** Bytes of a double; of a row number or a word; of a pair of gradients. */
const DOUBLE_BYTES = 8;
const WORD_BYTES = 4;
const PAIR_BYTES = 8;

/** Consecutive words (4 features each) that one task works on. */
export interface WordRange {
  readonly begin: number;
  readonly end: number;
}

/** Where the sums of one feature begin; bin b has its gradient at + 2b and its hessian at + 2b + 1. */
export function histogramOffset(state: TrainingState, slot: number, feature: number): number {
  return slot * slotSize(state.wordsPerRow) + feature * FEATURE_STRIDE;
}

/**
 * Sums the histograms of one node over a range of words. A (node, word) is summed by one thread in row order, whatever
 * the number of threads: the sums, and so the trees, are the same bit for bit.
 */
export function buildHistogram(
  state: TrainingState,
  kernel: TrainKernel,
  slot: number,
  order: Uint32Array,
  rows: { readonly begin: number; readonly end: number },
  range: WordRange,
): void {
  const { words, histograms, orderedGradients } = state.arrays;
  const base = slot * slotSize(state.wordsPerRow);
  histograms.fill(0, base + range.begin * WORD_STRIDE, base + range.end * WORD_STRIDE);
  for (let begin = rows.begin; begin < rows.end; begin += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows.end - begin);
    for (let word = range.begin; word < range.end;) {
      const width = WORDS_PER_CALL.find((words) => words <= range.end - word)!;
      adderOf(kernel, width)(
        histograms.byteOffset + (base + word * WORD_STRIDE) * DOUBLE_BYTES,
        words.byteOffset + word * WORD_BYTES,
        state.wordsPerRow * WORD_BYTES,
        order.byteOffset + begin * WORD_BYTES,
        orderedGradients.byteOffset + begin * PAIR_BYTES,
        count,
      );
      word += width;
    }
  }
}

function adderOf(kernel: TrainKernel, words: (typeof WORDS_PER_CALL)[number]): TrainKernel["addPairs"] {
  if (words === 8) return kernel.addPairs8;
  return words === 4 ? kernel.addPairs4 : kernel.addPairs;
}

/** Turns the parent's histogram into that of one child by taking the other child's away. */
export function subtractHistogram(
  state: TrainingState,
  parentSlot: number,
  childSlot: number,
  range: WordRange,
): void {
  const { histograms } = state.arrays;
  const size = slotSize(state.wordsPerRow);
  const parent = parentSlot * size;
  const child = childSlot * size;
  for (let i = range.begin * WORD_STRIDE; i < range.end * WORD_STRIDE; i++) {
    histograms[parent + i] = histograms[parent + i]! - histograms[child + i]!;
  }
}

/** Gradient and hessian of all rows of a slot, read off one feature's bins. */
export function histogramTotals(state: TrainingState, slot: number, feature: number): [number, number] {
  const { histograms } = state.arrays;
  const base = histogramOffset(state, slot, feature);
  let gradient = 0;
  let hessian = 0;
  for (let i = base; i < base + 2 * BINS_PER_FEATURE; i += 2) {
    gradient += histograms[i]!;
    hessian += histograms[i + 1]!;
  }
  return [gradient, hessian];
}
