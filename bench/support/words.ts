import type { Measured } from "../report";

/** `3.3 s, 4.1 CPU s`: as many digits as a reader needs. */
export function took({ seconds, cpuSeconds }: Measured): string {
  return `${short(seconds)} s, ${short(cpuSeconds)} CPU s`;
}

/** Two significant digits below ten, whole numbers above. */
function short(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(2)));
}

/** `0.38 GB` of megabytes. */
export function gigabytes(megabytes: number): string {
  return `${(megabytes / 1000).toFixed(2)} GB`;
}
