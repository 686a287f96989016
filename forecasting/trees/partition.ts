import type { TrainKernel } from "./kernel/train-kernel";
import type { Split } from "./split-search";
import type { TrainingState } from "./training-state";

/** Bytes of a row number or a margin. */
const WORD_BYTES = 4;

/** Positions [begin, end) of a row order. */
interface Positions {
  readonly begin: number;
  readonly end: number;
}

/** Address of the bins of the split's feature. */
function binsOf(state: TrainingState, split: Split): number {
  return state.arrays.bins.byteOffset + split.feature * state.rows;
}

/**
 * Parts the rows at some positions: left ones move up in place, right ones go to the same positions of the scratch
 * array, both in their old sequence. Returns the number of left ones.
 */
export function partPiece(
  state: TrainingState,
  kernel: TrainKernel,
  split: Split,
  order: Uint32Array,
  { begin, end }: Positions,
): number {
  return kernel.part(
    order.byteOffset + begin * WORD_BYTES,
    state.arrays.scratch.byteOffset + begin * WORD_BYTES,
    binsOf(state, split),
    split.bin,
    split.missingLeft ? 1 : 0,
    end - begin,
  );
}

/** Adds the leaf weights of both sides of a last split; its rows need not move any more. */
export function addSplitWeights(
  state: TrainingState,
  kernel: TrainKernel,
  split: Split,
  order: Uint32Array,
  { begin, end }: Positions,
  weights: { readonly left: number; readonly right: number },
): void {
  kernel.addWeights(
    order.byteOffset + begin * WORD_BYTES,
    state.arrays.margin.byteOffset,
    binsOf(state, split),
    split.bin,
    split.missingLeft ? 1 : 0,
    weights.left,
    weights.right,
    end - begin,
  );
}

/** Adds the weight of a leaf to its rows. */
export function addLeafWeight(
  state: TrainingState,
  order: Uint32Array,
  { begin, end }: Positions,
  weight: number,
): void {
  const { margin } = state.arrays;
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    margin[row] = margin[row]! + weight;
  }
}

/** Brings the gradients of the rows at some positions into the order of the positions. */
export function gatherGradients(state: TrainingState, order: Uint32Array, { begin, end }: Positions): void {
  const { gradients, orderedGradients } = state.arrays;
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    orderedGradients[2 * i] = gradients[2 * row]!;
    orderedGradients[2 * i + 1] = gradients[2 * row + 1]!;
  }
}
