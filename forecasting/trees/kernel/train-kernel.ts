import { instantiate } from "./instantiate";
import { TRAIN_KERNEL_BASE64 } from "./train-kernel-bytes";

/** The hot loops of the training, bound to the memory of one training; train-kernel.wat says what each does. All addresses are bytes. */
export interface TrainKernel {
  readonly addPairs: (
    histogram: number,
    words: number,
    stride: number,
    order: number,
    pairs: number,
    count: number,
  ) => void;
  readonly part: (
    order: number,
    scratch: number,
    bins: number,
    bin: number,
    missingLeft: number,
    count: number,
  ) => number;
  readonly addWeights: (
    order: number,
    margins: number,
    bins: number,
    bin: number,
    missingLeft: number,
    left: number,
    right: number,
    count: number,
  ) => void;
}

export function createTrainKernel(memory: WebAssembly.Memory): TrainKernel {
  return instantiate(TRAIN_KERNEL_BASE64, "training", memory) as TrainKernel;
}
