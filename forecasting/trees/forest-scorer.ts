import type { FeatureMatrix } from "../feature-matrix";
import { createScoreKernel, type ScoreKernel } from "./kernel/score-kernel";
import {
  marginOf,
  responseOf,
  SCORABLE_OBJECTIVES,
  type Link,
  type Tree,
  type TreeModel,
} from "./tree-model";

/** Rows that go through all trees together: with 30 features they take 30 KB, which stays in the first-level cache. */
const BLOCK_ROWS = 128;
/** A deeper tree would be mostly padding as a complete heap (2^12 leaves take 48 KB); such forests are walked node by node. */
const MAX_HEAP_DEPTH = 12;
/** Bytes of an inner node (feature offset, threshold) and of a float32. */
const NODE_BYTES = 8;
const FLOAT_BYTES = 4;
const PAGE_BYTES = 65_536;

/** Where a tree lies in the scorer's memory. */
interface PlacedTree {
  readonly depth: number;
  readonly heap: number;
  /** Address of leaf position 0; the first real one is position 2^depth. */
  readonly leaves: number;
}

/** Levels of inner nodes on the longest path. */
export function depthOf(tree: Tree, node = 0): number {
  if (tree.left[node]! < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));
}

/** The leaf value that a row reaches: the plain definition, also the way for very deep trees. */
export function walkTree(tree: Tree, valueOf: (feature: number) => number): number {
  let node = 0;
  while (tree.left[node]! >= 0) {
    const value = valueOf(tree.feature[node]!);
    const goesLeft = Number.isNaN(value) ? tree.defaultLeft[node] === 1 : value < tree.value[node]!;
    node = goesLeft ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}

/**
 * Scores rows with one model. Trees are padded to complete heaps, and each feature is laid out twice, with a missing
 * value as minus infinity (for nodes that send it left) and as plus infinity (right): no step needs a branch. The
 * margins are summed as float32 in the order of the trees, which is what XGBoost does.
 */
export class ForestScorer {
  private readonly trees: readonly Tree[];
  private readonly link: Link;
  private readonly startMargin: number;
  private readonly rowFloats: number;
  private readonly memory: WebAssembly.Memory;
  private readonly kernel: ScoreKernel;
  private readonly sums: Float32Array;
  private readonly rows: Float32Array;
  private readonly placed: readonly PlacedTree[];

  public constructor(private readonly model: TreeModel) {
    this.trees = model.trees.slice(0, model.usedTrees);
    this.link = SCORABLE_OBJECTIVES[model.objective];
    this.startMargin = Math.fround(marginOf(this.link, model.baseScore));
    this.rowFloats = 2 * Math.max(1, model.featureNames.length);
    const depths = this.trees.map((tree) => depthOf(tree));
    const isWalked = depths.some((depth) => depth > MAX_HEAP_DEPTH);
    const rowsAt = BLOCK_ROWS * FLOAT_BYTES;
    const treesAt = rowsAt + BLOCK_ROWS * this.rowFloats * FLOAT_BYTES;
    const placed = isWalked ? [] : placeTrees(depths, treesAt);
    const bytes = placed.reduce((sum, tree) => Math.max(sum, endOf(tree)), treesAt);
    const pages = Math.ceil(bytes / PAGE_BYTES);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: PAGE_BYTES });
    this.kernel = createScoreKernel(this.memory);
    this.sums = new Float32Array(this.memory.buffer, 0, BLOCK_ROWS);
    this.rows = new Float32Array(this.memory.buffer, rowsAt, BLOCK_ROWS * this.rowFloats);
    this.placed = placed;
    placed.forEach((place, i) => writeHeap(this.memory, this.trees[i]!, place));
  }

  /** Predictions of rows [begin, end) of `features` into `out` at the same positions; columns in the model's order. */
  public score(
    features: FeatureMatrix,
    { begin, end }: { readonly begin: number; readonly end: number },
    out: Float32Array,
    baseMargin?: Float32Array,
  ): void {
    for (let first = begin; first < end; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, end - first);
      for (let i = 0; i < count; i++) this.sums[i] = baseMargin ? baseMargin[first + i]! : this.startMargin;
      if (this.placed.length === this.trees.length) this.addHeaps(features, first, count);
      else this.addWalks(features, first, count);
      for (let i = 0; i < count; i++) out[first + i] = responseOf(this.link, this.sums[i]!);
    }
  }

  private addHeaps(features: FeatureMatrix, first: number, count: number): void {
    const { rows, rowFloats } = this;
    const used = this.model.featureNames.length;
    for (let f = 0; f < used; f++) {
      const column = features.columns[f]!;
      for (let i = 0, at = 2 * f; i < count; i++, at += rowFloats) {
        const value = column[first + i]!;
        const isMissing = value !== value;
        rows[at] = isMissing ? -Infinity : value;
        rows[at + 1] = isMissing ? Infinity : value;
      }
    }
    // The kernel takes four rows at a time; up to three sums behind the last row hold left-overs that nobody reads.
    const padded = Math.ceil(count / 4) * 4;
    for (const { heap, leaves, depth } of this.placed) {
      const stride = rowFloats * FLOAT_BYTES;
      this.kernel.addTree(heap, leaves, depth, rows.byteOffset, stride, this.sums.byteOffset, padded);
    }
  }

  private addWalks(features: FeatureMatrix, first: number, count: number): void {
    for (const tree of this.trees) {
      for (let i = 0; i < count; i++) {
        this.sums[i] = this.sums[i]! + walkTree(tree, (f) => features.columns[f]![first + i]!);
      }
    }
  }
}

function placeTrees(depths: readonly number[], begin: number): PlacedTree[] {
  let at = begin;
  return depths.map((depth) => {
    const nodes = 2 ** depth;
    const place = { depth, heap: at, leaves: at + nodes * NODE_BYTES - nodes * FLOAT_BYTES };
    at += nodes * (NODE_BYTES + FLOAT_BYTES);
    return place;
  });
}

function endOf({ depth, leaves }: PlacedTree): number {
  return leaves + 2 ** (depth + 1) * FLOAT_BYTES;
}

/** Writes a tree as a complete heap; below an early leaf every path ends in copies of it. */
function writeHeap(memory: WebAssembly.Memory, tree: Tree, { depth, heap, leaves }: PlacedTree): void {
  const view = new DataView(memory.buffer);
  const fill = (node: number, position: number, level: number): void => {
    const isLeaf = tree.left[node]! < 0;
    if (level === depth) {
      view.setFloat32(leaves + position * FLOAT_BYTES, tree.value[node]!, true);
      return;
    }
    const slot = isLeaf ? 0 : 2 * tree.feature[node]! + (tree.defaultLeft[node] ? 0 : 1);
    view.setInt32(heap + position * NODE_BYTES, slot * FLOAT_BYTES, true);
    view.setFloat32(heap + position * NODE_BYTES + 4, isLeaf ? Infinity : tree.value[node]!, true);
    fill(isLeaf ? node : tree.left[node]!, 2 * position, level + 1);
    fill(isLeaf ? node : tree.right[node]!, 2 * position + 1, level + 1);
  };
  fill(0, 1, 0);
}
