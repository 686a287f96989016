import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { generateFiles } from "../runtime/generate/generate-files";
import type { BenchReport } from "./report";
import { measure } from "./support/measured-run";

const FOLDER = resolve(".smartretail/bench/ingest");
const SIZES = {
  full: { stores: 60, skus: 400, days: 400 },
  quick: { stores: 6, skus: 200, days: 300 },
} as const;
/** What the chain's tills send in a day, in bytes, before compression. */
const DAILY_BYTES = 10e9;

/** Receipts to lake: a third of the stores each as plain CSV, as CSV.gz, and in Shift_JIS with Japanese dates. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const input = join(FOLDER, "files");
  try {
    const written = await generateFiles({ ...(quick ? SIZES.quick : SIZES.full), seed: 1, out: input });
    const bytesPerLine = await plainBytesPerLine(input, written.lineCount);
    const script = join(__dirname, "support/data-run.ts");
    const args = ["--import", "tsx", script, "ingest", input, join(FOLDER, "lake")];
    const measured = await measure(process.execPath, args);
    const bytes = measured.rowCount * bytesPerLine;
    const cpuHours = (DAILY_BYTES / bytes) * (measured.cpuSeconds / 3600);
    return {
      name: "ingest",
      lines: [
        {
          what: "receipts to lake",
          seconds: measured.seconds,
          cpuSeconds: measured.cpuSeconds,
          peakMegabytes: measured.peakMegabytes,
          rate: measured.rowCount / measured.seconds,
          rateUnit: "rows/s",
          note: `${(measured.rowCount / 1e6).toFixed(1)} M lines, ${(bytes / 1e6).toFixed(0)} MB uncompressed`,
        },
      ],
      ratios: [
        { name: "MB per CPU second", value: bytes / 1e6 / measured.cpuSeconds, target: "(no peer)" },
        { name: "CPU hours for 10 GB", value: cpuHours, target: "(computed from this run)" },
      ],
      notes: [
        "10 GB a day are sharded by store: each container reads its own files, nothing is shared but the masters",
      ],
    };
  } finally {
    await rm(FOLDER, { recursive: true, force: true });
  }
}

/** Bytes of a line, measured on the files that are not compressed. */
async function plainBytesPerLine(folder: string, lineCount: number): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("pos_"));
  const plain = names.filter((name) => name.endsWith(".csv"));
  const sizes = await Promise.all(plain.map(async (name) => (await stat(join(folder, name))).size));
  const share = plain.length / names.length;
  return sizes.reduce((sum, size) => sum + size, 0) / (lineCount * share);
}
