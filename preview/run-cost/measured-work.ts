import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What `npm run bench -- --record` has written: every benchmark's last full run. */
export const RECORD_FILE = join(__dirname, "..", "..", "docs", "measured.json");

export interface RecordedBench {
  readonly name: string;
  /** A heading's lines follow it, indented. */
  readonly lines: readonly { readonly what: string; readonly cpuSeconds?: number }[];
  readonly notes?: readonly string[];
  readonly on: string;
}

/** A line of the record, and what it was measured on. */
export interface MeasuredLine {
  readonly cpuSeconds: number;
  readonly on: string;
  /** Series of the chain that was measured; undefined where the notes name no chain. */
  readonly series: number | undefined;
  /** Days of its history, where the notes say so. */
  readonly days: number | undefined;
}

let known: readonly RecordedBench[] | undefined;

export function recordedBenches(): readonly RecordedBench[] {
  return (known ??= JSON.parse(readFileSync(RECORD_FILE, "utf8")) as RecordedBench[]);
}

/**
 * The line of a benchmark that begins with `what`.
 *
 * @param heading of the lines among which it is; undefined: it is a heading itself
 * @throws when the record lacks it: a rate that nobody has measured must not look like one
 */
export function measuredLine(
  benches: readonly RecordedBench[],
  bench: string,
  what: string,
  heading?: string,
): MeasuredLine {
  const found = benches.find(({ name }) => name === bench);
  const lines = found?.lines ?? [];
  const start = heading === undefined ? 0 : lines.findIndex((line) => line.what.startsWith(heading)) + 1;
  const isIndented = (line: (typeof lines)[number]) => line.what.startsWith("  ");
  const end = heading === undefined ? -1 : lines.findIndex((line, i) => i >= start && !isIndented(line));
  const among =
    heading === undefined ? lines : start === 0 ? [] : lines.slice(start, end < 0 ? undefined : end);
  const cpuSeconds = among.find((line) => line.what.trim().startsWith(what))?.cpuSeconds;
  if (found === undefined || cpuSeconds === undefined) {
    const place = [bench, heading, what].filter((part) => part !== undefined).join(": ");
    throw new Error(
      `docs/measured.json lacks the CPU seconds of "${place}": npm run bench -- ${bench} --record measures them`,
    );
  }
  const notes = (found.notes ?? []).join(" ");
  const [, stores, skus] = /(\d+) stores x (\d+) SKUs/.exec(notes) ?? [];
  const [, days] = /(\d+) days of history/.exec(notes) ?? [];
  return {
    cpuSeconds,
    on: found.on,
    series: stores === undefined ? undefined : Number(stores) * Number(skus),
    days: days === undefined ? undefined : Number(days),
  };
}
