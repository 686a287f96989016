interface SharedArray {
  readonly byteOffset: number;
  readonly length: number;
}

/** A kind of typed array with its length. */
interface ArraySpec<A extends SharedArray> {
  readonly view: {
    new (buffer: SharedArrayBuffer, byteOffset: number, length: number): A;
    readonly BYTES_PER_ELEMENT: number;
  };
  readonly length: number;
}

export const float32 = (length: number): ArraySpec<Float32Array> => ({ view: Float32Array, length });
export const float64 = (length: number): ArraySpec<Float64Array> => ({ view: Float64Array, length });
export const uint32 = (length: number): ArraySpec<Uint32Array> => ({ view: Uint32Array, length });
export const uint8 = (length: number): ArraySpec<Uint8Array> => ({ view: Uint8Array, length });
export const int32 = (length: number): ArraySpec<Int32Array> => ({ view: Int32Array, length });

const PAGE_BYTES = 65_536;
/** A 32-bit WebAssembly memory ends at 4 GB. */
const MAX_PAGES = 65_536;
/** Arrays begin on a cache line: two threads never write into the same line at a border. */
const ALIGNMENT = 64;

export interface Arena<Arrays> {
  readonly memory: WebAssembly.Memory;
  readonly arrays: Arrays;
}

/** Lays several arrays out, zeroed, in one shared WebAssembly memory: threads and kernel see the same bytes. */
export function layOut<Arrays extends Record<string, SharedArray>>(specs: {
  readonly [Name in keyof Arrays]: ArraySpec<Arrays[Name]>;
}): Arena<Arrays> {
  const entries = Object.entries(specs) as [keyof Arrays, ArraySpec<Arrays[keyof Arrays]>][];
  let bytes = 0;
  const offsets = entries.map(([, { view, length }]) => {
    const offset = bytes;
    bytes += Math.ceil((length * view.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    return offset;
  });
  const pages = Math.max(1, Math.ceil(bytes / PAGE_BYTES));
  if (pages > MAX_PAGES) {
    throw new Error(
      `training data: it needs ${(bytes / 1e9).toFixed(1)} GB of memory, allowed: at most 4.2 GB`,
    );
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES, shared: true });
  const arrays = entries.map(([name, { view, length }], i) => [
    name,
    new view(memory.buffer as SharedArrayBuffer, offsets[i]!, length),
  ]);
  return { memory, arrays: Object.fromEntries(arrays) as Arrays };
}
