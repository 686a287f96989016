import type { NodeSums, Split } from "./split-search";
import { CHUNK_ROWS } from "./training-state";

/** Positions [begin, end) of the row order. */
export interface Segment {
  readonly begin: number;
  readonly end: number;
}

/** A node of the level that is being worked on. */
export interface OpenNode extends NodeSums {
  readonly kind: "open";
  /** Index in the tree. */
  readonly node: number;
  /** Rows that the histograms count. */
  readonly inBag: Segment;
  /** Out-of-sample rows: validation rows, and training rows that were not drawn. */
  readonly outOfSample: Segment;
  /** Its histogram. */
  readonly slot: number;
}

/** An open node for which a split was found. */
export interface SplitNode {
  readonly kind: "split";
  readonly open: OpenNode;
  readonly split: Split;
  /** Indices in the tree, left and right. */
  readonly children: readonly [number, number];
}

/** Two children of one parent (or the root alone): only the smaller one's histogram is summed, the other is the difference. */
export interface Siblings {
  readonly small: OpenNode;
  readonly large?: OpenNode;
}

/** At most CHUNK_ROWS rows of one segment of one node: the unit of work on rows. */
export interface Piece extends Segment {
  readonly owner: OpenNode | SplitNode;
  readonly segment: "inBag" | "outOfSample";
}

/** A run of rows that goes from the parted order (or the scratch array) to its place in the next order. */
export interface Move {
  readonly source: "order" | "scratch";
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Whether a histogram will be summed over them. */
  readonly gather: boolean;
}

/** Where the left rows of a split node end, by segment. */
export interface LeftRows {
  readonly inBag: number;
  readonly outOfSample: number;
}

export const sizeOf = (segment: Segment) => segment.end - segment.begin;

export function piecesOf(owners: readonly (OpenNode | SplitNode)[]): Piece[] {
  const pieces: Piece[] = [];
  for (const owner of owners) {
    const open = owner.kind === "split" ? owner.open : owner;
    for (const segment of ["inBag", "outOfSample"] as const) {
      for (let begin = open[segment].begin; begin < open[segment].end; begin += CHUNK_ROWS) {
        pieces.push({ owner, segment, begin, end: Math.min(open[segment].end, begin + CHUNK_ROWS) });
      }
    }
  }
  return pieces;
}

/** Adds up the left rows of the pieces of each split node. */
export function leftRowsOf(pieces: readonly Piece[], leftCounts: Uint32Array): Map<SplitNode, LeftRows> {
  const sums = new Map<SplitNode, { inBag: number; outOfSample: number }>();
  pieces.forEach(({ owner, segment }, index) => {
    if (owner.kind !== "split") return;
    const sum = sums.get(owner) ?? { inBag: 0, outOfSample: 0 };
    sum[segment] += leftCounts[index]!;
    sums.set(owner, sum);
  });
  return sums;
}

function splitSegment(segment: Segment, leftRows: number): [Segment, Segment] {
  const middle = segment.begin + leftRows;
  return [
    { begin: segment.begin, end: middle },
    { begin: middle, end: segment.end },
  ];
}

/** The children of a split: the smaller one gets the new histogram slot, the larger one its parent's. */
export function openChildren(parent: SplitNode, leftRows: LeftRows, newSlot: number): Siblings {
  const { open, split, children } = parent;
  const [leftInBag, rightInBag] = splitSegment(open.inBag, leftRows.inBag);
  const [leftOutOfSample, rightOutOfSample] = splitSegment(open.outOfSample, leftRows.outOfSample);
  const leftIsSmall = sizeOf(leftInBag) <= sizeOf(rightInBag);
  const [leftSlot, rightSlot] = leftIsSmall ? [newSlot, open.slot] : [open.slot, newSlot];
  const left: OpenNode = {
    ...split.left,
    kind: "open",
    node: children[0],
    inBag: leftInBag,
    outOfSample: leftOutOfSample,
    slot: leftSlot,
  };
  const right: OpenNode = {
    ...split.right,
    kind: "open",
    node: children[1],
    inBag: rightInBag,
    outOfSample: rightOutOfSample,
    slot: rightSlot,
  };
  return leftIsSmall ? { small: left, large: right } : { small: right, large: left };
}

/** The moves that bring the parted pieces of the split nodes together, child by child, in their old sequence. */
export function planMoves(
  siblings: ReadonlyMap<SplitNode, Siblings>,
  pieces: readonly Piece[],
  leftCounts: Uint32Array,
): Move[] {
  const moves: Move[] = [];
  const reached = new Map<Segment, number>();
  const place = (child: OpenNode, piece: Piece, source: Move["source"], rows: number, gather: boolean) => {
    if (rows === 0) return;
    const segment = child[piece.segment];
    const to = reached.get(segment) ?? segment.begin;
    reached.set(segment, to + rows);
    moves.push({ source, from: piece.begin, to, rows, gather: gather && piece.segment === "inBag" });
  };
  pieces.forEach((piece, index) => {
    const pair = piece.owner.kind === "split" ? siblings.get(piece.owner) : undefined;
    if (!pair?.large) return;
    const leftIsSmall = pair.small.node < pair.large.node;
    const [left, right] = leftIsSmall ? [pair.small, pair.large] : [pair.large, pair.small];
    const leftRows = leftCounts[index]!;
    place(left, piece, "order", leftRows, leftIsSmall);
    place(right, piece, "scratch", sizeOf(piece) - leftRows, !leftIsSmall);
  });
  return moves;
}
