import type { ByteSink } from "./byte-sink";

/** Values that are packed together: bit-packed runs come in groups of eight. */
const GROUP = 8;
/** A run shorter than this costs more as a run than packed. */
const SHORTEST_RUN = 16;

/** Bits that the codes 0 to `largest` need; at least 1. */
export function bitWidth(largest: number): number {
  return Math.max(1, 32 - Math.clz32(largest));
}

/**
 * Parquet's RLE / bit-packing hybrid: repeats become runs, everything else is packed with `width` bits a value
 * (https://parquet.apache.org/docs/file-format/data-pages/encodings/). At most 24 bits.
 */
export function writeHybrid(sink: ByteSink, codes: Int32Array, count: number, width: number): void {
  let packedFrom = 0;
  let at = 0;
  while (at < count) {
    const value = codes[at] as number;
    let end = at + 1;
    while (end < count && codes[end] === value) end++;
    if (end - at >= SHORTEST_RUN || (end === count && end - at >= GROUP)) {
      // Packed values must fill whole groups, so the run gives what the last group lacks.
      const filled = packedFrom + Math.ceil((at - packedFrom) / GROUP) * GROUP;
      if (filled > packedFrom) writePacked(sink, codes, packedFrom, filled, width);
      writeRun(sink, value, end - filled, width);
      packedFrom = end;
      at = end;
    } else {
      at = end;
    }
  }
  if (packedFrom < count) writePacked(sink, codes, packedFrom, count, width);
}

/** `length` times the same value. */
export function writeRun(sink: ByteSink, value: number, length: number, width: number): void {
  sink.varint(length * 2);
  for (let shift = 0; shift < width; shift += 8) sink.byte((value >> shift) & 255);
}

/** Packs codes[from..to); the last group is filled up with zeros, which readers drop. */
function writePacked(sink: ByteSink, codes: Int32Array, from: number, to: number, width: number): void {
  const groups = Math.ceil((to - from) / GROUP);
  sink.varint(groups * 2 + 1);
  const bytes = sink.reserve(groups * width + 4);
  let out = sink.length;
  let held = 0;
  let heldBits = 0;
  for (let i = from; i < to; i++) {
    held |= (codes[i] as number) << heldBits;
    heldBits += width;
    while (heldBits >= 8) {
      bytes[out++] = held;
      held >>>= 8;
      heldBits -= 8;
    }
  }
  if (heldBits > 0) bytes[out++] = held;
  const end = sink.length + groups * width;
  while (out < end) bytes[out++] = 0;
  sink.length = end;
}
