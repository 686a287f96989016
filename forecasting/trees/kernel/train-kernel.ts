import { instantiate } from "./instantiate";
import { TRAIN_KERNEL_BASE64 } from "./train-kernel-bytes";

type AddPairs = (
  histogram: number,
  words: number,
  stride: number,
  order: number,
  pairs: number,
  count: number,
) => void;

/** The hot loops of the training, bound to the memory of one training; train-kernel.wat says what each does. All addresses are bytes. */
export interface TrainKernel {
  /** For one word, for 4 and for 8 consecutive ones. */
  readonly addPairs: AddPairs;
  readonly addPairs4: AddPairs;
  readonly addPairs8: AddPairs;
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
