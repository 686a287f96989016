import { instantiate } from "./instantiate";
import { SCORE_KERNEL_BASE64 } from "./score-kernel-bytes";

/** The hot loop of scoring, bound to one scorer's memory; score-kernel.wat says what it does. All addresses are bytes. */
export interface ScoreKernel {
  readonly addTree: (
    heap: number,
    leaves: number,
    depth: number,
    row: number,
    stride: number,
    sums: number,
    count: number,
  ) => void;
}

export function createScoreKernel(memory: WebAssembly.Memory): ScoreKernel {
  return instantiate(SCORE_KERNEL_BASE64, "scorer", memory) as ScoreKernel;
}
