import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/**
 * Sums over stores between two passes: one line of JSON that says what they are of, then the arrays as 64-bit floats
 * (little-endian), one after the other. Exact and read at once; Parquet would take longer than the sums themselves.
 */
export interface SumsOf {
  readonly what: "chain" | "trends";
  /** ISO date of the last day with sales. */
  readonly cutoff: string;
  /** ISO date of the last day that the baseline's factors saw. */
  readonly fittedTo: string;
  /** Values of each array. */
  readonly lengths: readonly number[];
}

const HEADER_BYTES = 256;

export function writeSums(path: string, about: SumsOf, arrays: readonly Float64Array[]): void {
  const file = openSync(path, "w");
  try {
    writeSync(file, `${JSON.stringify(about).padEnd(HEADER_BYTES - 1)}\n`);
    for (const values of arrays) writeSync(file, values);
  } finally {
    closeSync(file);
  }
}

/** The arrays of a file that must hold exactly such sums. */
export function readSums(path: string, about: SumsOf): Float64Array[] {
  const file = openSync(path, "r");
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(file, header, 0, HEADER_BYTES, 0);
    const found = header.toString("utf8").trim();
    if (found !== JSON.stringify(about)) {
      throw new Error(`${path} holds other sums: ${found || "nothing"} instead of ${JSON.stringify(about)}`);
    }
    const bytes = about.lengths.reduce((sum, length) => sum + length * Float64Array.BYTES_PER_ELEMENT, 0);
    if (fstatSync(file).size !== HEADER_BYTES + bytes) throw new Error(`${path} is cut off: write it again`);
    let at = HEADER_BYTES;
    return about.lengths.map((length) => {
      const values = new Float64Array(length);
      readSync(file, values, 0, values.byteLength, at);
      at += values.byteLength;
      return values;
    });
  } finally {
    closeSync(file);
  }
}
