import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Less than this is no peak; a collection looks through the whole heap, a tenth of a second in a small one. */
const WORTHWHILE_BYTES = 64e6;

let collect: (() => void) | undefined;

/**
 * Frees what a finished stage has left. Its arrays lie outside V8's heap, which therefore sees no need to collect, and some
 * hundreds of megabytes would wait through the next stage's peak. Node has no other way to ask.
 */
export function collectGarbage(): void {
  if (process.memoryUsage().arrayBuffers < WORTHWHILE_BYTES) return;
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
