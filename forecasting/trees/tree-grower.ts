import { buildHistogram, histogramTotals, subtractHistogram, type WordRange } from "./histogram";
import { createTrainKernel, type TrainKernel } from "./kernel/train-kernel";
import { addLeafWeight, addSplitWeights, gatherGradients, partPiece } from "./partition";
import {
  leftRowsOf,
  openChildren,
  piecesOf,
  planMoves,
  sizeOf,
  type OpenNode,
  type Piece,
  type Siblings,
  type SplitNode,
} from "./row-moves";
import { bestSplit, bestWeight, canSplit, searchFeature } from "./split-search";
import type { ThreadTeam } from "./thread-team";
import { TreeBuilder } from "./tree-builder";
import type { Tree } from "./tree-model";
import { CHUNK_ROWS, type TrainingState } from "./training-state";

/** From so many rows on, the threads share out a node's histogram; below it one thread adds all words of a row in one pass. */
const SHARED_NODE_ROWS = 32_768;
/** Words of one task of a shared node: as many as the kernel adds at once, or one by one where there are more threads. */
const SHARED_WORDS = 4;
/** Features of one search task. */
const SEARCH_FEATURES = 8;

/**
 * Grows one tree level by level. Every thread of the team holds its own grower and takes the same decisions from the
 * same shared sums; only the work over rows and bins is shared out, and the result does not depend on which thread did what.
 */
export class TreeGrower {
  private readonly kernel: TrainKernel;
  private builder = new TreeBuilder();
  private slots = 0;
  /** Which of the two row orders is the current one. */
  private side = 0;

  public constructor(
    private readonly state: TrainingState,
    private readonly team: ThreadTeam,
  ) {
    this.kernel = createTrainKernel(state.memory);
  }

  /** Grows a tree on the first `inBagRows` positions of row order 0, and adds its leaf weights to all margins. */
  public grow(inBagRows: number, features: readonly number[]): Tree {
    this.builder = new TreeBuilder();
    this.slots = 1;
    this.side = 0;
    let siblings: Siblings[] = [{ small: this.openRoot(inBagRows, features) }];
    for (let level = 1; siblings.length > 0; level++) {
      const open = siblings.flatMap(({ small, large }) => (large ? [small, large] : [small]));
      this.searchAll(open, features);
      const owners = open.map((node, place) => this.decide(node, place, features));
      const pieces = piecesOf(owners);
      const isLast = level === this.state.options.maxDepth;
      this.partAll(pieces, isLast);
      siblings = isLast ? [] : this.moveAll(pieces);
      this.buildAll(siblings);
    }
    return this.builder.build();
  }

  private get order(): Uint32Array {
    const { orderA, orderB } = this.state.arrays;
    return this.side === 0 ? orderA : orderB;
  }

  private openRoot(inBagRows: number, features: readonly number[]): OpenNode {
    const { state } = this;
    this.team.forEach(Math.ceil(inBagRows / CHUNK_ROWS), (chunk) => {
      const begin = chunk * CHUNK_ROWS;
      gatherGradients(state, this.order, { begin, end: Math.min(inBagRows, begin + CHUNK_ROWS) });
    });
    const root: OpenNode = {
      kind: "open",
      node: 0,
      inBag: { begin: 0, end: inBagRows },
      outOfSample: { begin: inBagRows, end: state.rows },
      slot: 0,
      gradient: 0,
      hessian: Infinity,
    };
    this.buildAll([{ small: root }]);
    const [gradient, hessian] = histogramTotals(state, 0, features[0]!);
    this.builder.addNode(this.leafWeight(gradient, hessian), hessian);
    return { ...root, gradient, hessian };
  }

  private leafWeight(gradient: number, hessian: number): number {
    const { options } = this.state;
    return Math.fround(options.learningRate * bestWeight(gradient, hessian, options));
  }

  /** Sums the smaller children's histograms and turns their parents' into the larger children's. */
  private buildAll(siblings: readonly Siblings[]): void {
    const { state, kernel, order } = this;
    const tasks = siblings
      .filter(({ small, large }) => canSplit(state, small) || (large && canSplit(state, large)))
      .flatMap((pair) => this.wordRanges(pair.small).map((range) => ({ pair, range })));
    this.team.forEach(tasks.length, (index) => {
      const { pair, range } = tasks[index]!;
      buildHistogram(state, kernel, pair.small.slot, order, pair.small.inBag, range);
      if (pair.large) subtractHistogram(state, pair.large.slot, pair.small.slot, range);
    });
  }

  private wordRanges(node: OpenNode): WordRange[] {
    const { wordsPerRow, threads } = this.state;
    if (threads === 1 || sizeOf(node.inBag) < SHARED_NODE_ROWS) return [{ begin: 0, end: wordsPerRow }];
    const words = wordsPerRow >= threads * SHARED_WORDS ? SHARED_WORDS : 1;
    return Array.from({ length: Math.ceil(wordsPerRow / words) }, (_, part) => ({
      begin: part * words,
      end: Math.min(wordsPerRow, (part + 1) * words),
    }));
  }

  private searchAll(open: readonly OpenNode[], features: readonly number[]): void {
    const { state } = this;
    const tasksPerNode = Math.ceil(features.length / SEARCH_FEATURES);
    this.team.forEach(open.length * tasksPerNode, (index) => {
      const place = Math.floor(index / tasksPerNode);
      const node = open[place]!;
      if (!canSplit(state, node)) return;
      const first = (index % tasksPerNode) * SEARCH_FEATURES;
      for (const feature of features.slice(first, first + SEARCH_FEATURES)) {
        searchFeature(state, place, node.slot, feature, node);
      }
    });
  }

  private decide(open: OpenNode, place: number, features: readonly number[]): SplitNode | OpenNode {
    const { state, builder } = this;
    const split = canSplit(state, open) ? bestSplit(state, place, features, open) : undefined;
    if (!split) return open;
    const { left, right } = split;
    const children: [number, number] = [
      builder.addNode(this.leafWeight(left.gradient, left.hessian), left.hessian),
      builder.addNode(this.leafWeight(right.gradient, right.hessian), right.hessian),
    ];
    builder.split(open.node, split, state.cuts[split.feature]![split.bin]!, children);
    return { kind: "split", open, split, children };
  }

  /** Parts the rows of split nodes, and adds the weights of those leaves that are final. */
  private partAll(pieces: readonly Piece[], isLast: boolean): void {
    const { state, kernel, builder, order } = this;
    this.team.forEach(pieces.length, (index) => {
      const piece = pieces[index]!;
      const { owner } = piece;
      if (owner.kind === "open") {
        addLeafWeight(state, order, piece, builder.weightOf(owner.node));
      } else if (isLast) {
        const [left, right] = owner.children;
        const weights = { left: builder.weightOf(left), right: builder.weightOf(right) };
        addSplitWeights(state, kernel, owner.split, order, piece, weights);
      } else {
        state.arrays.leftCounts[index] = partPiece(state, kernel, owner.split, order, piece);
      }
    });
  }

  /** Brings the rows of each child together in the other order, and returns the children. */
  private moveAll(pieces: readonly Piece[]): Siblings[] {
    const { state, order } = this;
    const { orderA, orderB, scratch, leftCounts } = state.arrays;
    const siblings = new Map<SplitNode, Siblings>();
    for (const [split, leftRows] of leftRowsOf(pieces, leftCounts)) {
      siblings.set(split, openChildren(split, leftRows, this.slots++));
    }
    const moves = planMoves(siblings, pieces, leftCounts);
    const next = this.side === 0 ? orderB : orderA;
    this.team.forEach(moves.length, (index) => {
      const { source, from, to, rows, gather } = moves[index]!;
      next.set((source === "order" ? order : scratch).subarray(from, from + rows), to);
      if (gather) gatherGradients(state, next, { begin: to, end: to + rows });
    });
    this.side = 1 - this.side;
    return [...siblings.values()];
  }
}
