import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Frees what a finished stage has left. Its arrays lie outside V8's heap, which therefore sees no need to collect, and some
 * hundreds of megabytes would wait through the next stage's peak. Node has no other way to ask.
 */
export function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
}
