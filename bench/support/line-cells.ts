import type { BenchLine } from "../report";

/** Columns of a benchmark's lines, on a terminal and on the page of the record. */
export const LINE_TITLES = ["what", "seconds", "CPU s", "rate", "peak MB", "note"] as const;

/** By LINE_TITLES. */
export function lineCells(line: BenchLine): string[] {
  const { what, seconds, cpuSeconds, rate, rateUnit = "", peakMegabytes, note = "" } = line;
  return [
    what,
    seconds?.toFixed(2) ?? "",
    cpuSeconds?.toFixed(2) ?? "",
    rate === undefined ? "" : `${Math.round(rate).toLocaleString("en")} ${rateUnit}`,
    peakMegabytes?.toFixed(0) ?? "",
    note,
  ];
}
