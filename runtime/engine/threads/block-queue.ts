/** Blocks that several threads draw from: whoever is free takes the next one. */
export interface BlockQueue {
  readonly blocks: readonly number[];
  /** Number of blocks taken, on shared memory. */
  readonly taken: Int32Array;
}

export function newBlockQueue(blocks: readonly number[]): BlockQueue {
  return { blocks, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

export function takeBlock(queue: BlockQueue): number | undefined {
  return queue.blocks[Atomics.add(queue.taken, 0, 1)];
}

const DEFAULT_THREADS = 2;

/** Never more threads than blocks: a thread costs its start. */
export function threadsFor(blocks: readonly number[], threads = DEFAULT_THREADS): number {
  return Math.max(1, Math.min(threads, blocks.length));
}
