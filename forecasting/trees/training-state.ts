import type { FeatureMatrix } from "../feature-matrix";
import { FEATURE_STRIDE, FEATURES_PER_WORD, wordsPerRowOf } from "./binned-matrix";
import { float32, float64, int32, layOut, uint32, uint8 } from "./shared-arena";
import { CONTROL_WORDS } from "./thread-team";
import type { ResolvedTreeOptions } from "./tree-options";

/** Rows of one task: small enough to share out, large enough that a task costs more than its ticket. */
export const CHUNK_ROWS = 16_384;
/** Values of one split candidate: gain, bin, missing goes left, gradient and hessian of the left side. */
export const CANDIDATE_VALUES = 5;

/** The arrays that the threads of one training share. */
interface TrainingArrays extends Record<
  string,
  Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array
> {
  /** Bins by row, for the histograms, and by feature, for the splits: see BinnedMatrix. */
  readonly words: Uint32Array;
  readonly bins: Uint8Array;
  readonly label: Float32Array;
  /** Empty when every row weighs 1. */
  readonly weight: Float32Array;
  readonly margin: Float32Array;
  /** Gradient and hessian by row. */
  readonly gradients: Float32Array;
  /** The same by position in the row order, only where a histogram is about to be summed. */
  readonly orderedGradients: Float32Array;
  /** Row numbers, those of one node side by side; levels of the tree alternate between the two. */
  readonly orderA: Uint32Array;
  readonly orderB: Uint32Array;
  /** Rows that go right, while a piece is parted. */
  readonly scratch: Uint32Array;
  /** Slot x feature x bin x (gradient, hessian); a feature takes FEATURE_STRIDE. */
  readonly histograms: Float64Array;
  /** Node of the level x feature x CANDIDATE_VALUES. */
  readonly candidates: Float64Array;
  /** Rows that go left, by piece. */
  readonly leftCounts: Uint32Array;
  /** Loss and weight of each chunk of validation rows. */
  readonly partialLosses: Float64Array;
  /** Words of the ThreadTeam. */
  readonly control: Int32Array;
}

/** Everything about one training; it goes to worker threads by reference, no row is copied. */
export interface TrainingState {
  readonly options: ResolvedTreeOptions;
  readonly threads: number;
  /** Rows that are learnt from; the validation rows follow them. */
  readonly trainRows: number;
  /** Rows of training and validation together. */
  readonly rows: number;
  readonly featureCount: number;
  readonly wordsPerRow: number;
  /** Thresholds of each feature, ascending. */
  readonly cuts: readonly Float32Array[];
  /** 1 for a feature that some training row lacks. */
  readonly hasMissing: Uint8Array;
  readonly memory: WebAssembly.Memory;
  readonly arrays: TrainingArrays;
}

/** Doubles of one histogram slot. */
export function slotSize(wordsPerRow: number): number {
  return wordsPerRow * FEATURES_PER_WORD * FEATURE_STRIDE;
}

function missingFlags(features: FeatureMatrix): Uint8Array {
  return Uint8Array.from(features.columns, (column) => {
    for (let row = 0; row < column.length; row++) if (Number.isNaN(column[row]!)) return 1;
    return 0;
  });
}

export interface StateSizes {
  readonly trainRows: number;
  readonly validationRows: number;
  readonly threads: number;
  readonly weighted: boolean;
}

/** Allocates the state of one training; the caller fills bins, labels, weights and starting margins. */
export function allocateTrainingState(
  options: ResolvedTreeOptions,
  features: FeatureMatrix,
  cuts: readonly Float32Array[],
  sizes: StateSizes,
): TrainingState {
  const { trainRows, validationRows, threads, weighted } = sizes;
  const rows = trainRows + validationRows;
  const featureCount = features.columns.length;
  const wordsPerRow = wordsPerRowOf(featureCount);
  // Histograms live at the same time for every node of the deepest level that is still split.
  const openNodes = 2 ** (options.maxDepth - 1);
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  const { memory, arrays } = layOut<TrainingArrays>({
    words: uint32(rows * wordsPerRow),
    bins: uint8(rows * featureCount),
    label: float32(rows),
    weight: float32(weighted ? rows : 0),
    margin: float32(rows),
    gradients: float32(2 * trainRows),
    orderedGradients: float32(2 * trainRows),
    orderA: uint32(rows),
    orderB: uint32(rows),
    scratch: uint32(rows),
    histograms: float64(openNodes * slotSize(wordsPerRow)),
    candidates: float64(openNodes * featureCount * CANDIDATE_VALUES),
    // A node has two segments (in-bag and out-of-sample rows), and each ends in a chunk that is not full.
    leftCounts: uint32(chunks + 2 * openNodes),
    partialLosses: float64(2 * chunks),
    control: int32(CONTROL_WORDS),
  });
  const hasMissing = missingFlags(features);
  return {
    options,
    threads,
    trainRows,
    rows,
    featureCount,
    wordsPerRow,
    cuts,
    hasMissing,
    memory,
    arrays,
  };
}
