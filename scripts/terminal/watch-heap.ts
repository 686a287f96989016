import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics } from "node:v8";
import { UserError } from "../../runtime/engine/files/clear-error";

/** Share of its limit that is still in use after a full collection, from which on V8 soon ends the process with a trace. */
const ALMOST_FULL = 0.9;
const MEGABYTE = 2 ** 20;
/** V8's limit counts three half-spaces of 16 MB for what is young; what is kept has the rest. */
const YOUNG_MEGABYTES = 48;

/** What Node.js tells of a collection; its types leave the detail out. */
interface CollectionEntry extends PerformanceEntry {
  readonly detail?: { readonly kind?: number };
}

/** Undefined as long as there is room. */
export function heapFault(usedBytes: number, limitBytes: number): UserError | undefined {
  const used = Math.round(usedBytes / MEGABYTE);
  const limit = Math.round(limitBytes / MEGABYTE) - YOUNG_MEGABYTES;
  if (used < ALMOST_FULL * limit) return undefined;
  return new UserError(
    `too little memory: ${used} of the ${limit} MB that Node.js may use are in use; ` +
      `give it more, as in NODE_OPTIONS=--max-old-space-size=${Math.max(2048, 2 * limit)}, or take fewer stores at once`,
  );
}

/** Calls `onFault` while there still is memory to say so. Only full collections count: before one, most of a heap is garbage. */
export function watchHeap(onFault: (fault: UserError) => void): void {
  new PerformanceObserver((list) => {
    const isFull = (list.getEntries() as CollectionEntry[]).some(
      ({ detail }) => detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR,
    );
    if (!isFull) return;
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    const fault = heapFault(used, limit);
    if (fault) onFault(fault);
  }).observe({ entryTypes: ["gc"] });
}
