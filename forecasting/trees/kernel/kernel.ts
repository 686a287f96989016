import { KERNEL_BASE64 } from "./kernel-bytes";

/** The hot loops of the training, bound to the memory of one training; kernel.wat says what each does. All addresses are bytes. */
export interface Kernel {
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

/** Instantiates the kernel on a training's memory; each thread has its own instance. */
export function createKernel(memory: WebAssembly.Memory): Kernel {
  const module = new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (byte) => byte.charCodeAt(0)));
  const instance = new WebAssembly.Instance(module, { training: { memory } });
  return instance.exports as unknown as Kernel;
}
