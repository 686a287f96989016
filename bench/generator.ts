import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BenchReport } from "./report";
import { measure } from "./support/measured-run";

const FOLDER = resolve(".smartretail/bench/generator");
const SIZES = { full: [105, 1000, 400], quick: [10, 500, 300] } as const;

/** The generator's lake path: rows of daily sales per second, without truth. No other tool makes the same data. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = (quick ? SIZES.quick : SIZES.full).map(String);
  try {
    const script = join(__dirname, "support/data-run.ts");
    const measured = await measure(process.execPath, [
      "--import",
      "tsx",
      script,
      "generate",
      FOLDER,
      ...size,
    ]);
    const perCpuSecond = measured.rowCount / measured.cpuSeconds / 1e6;
    return {
      name: "generator",
      lines: [
        {
          what: `${size.join(" x ")} stores x SKUs x days`,
          seconds: measured.seconds,
          cpuSeconds: measured.cpuSeconds,
          peakMegabytes: measured.peakMegabytes,
          rate: measured.rowCount / measured.seconds,
          rateUnit: "rows/s",
          note: `${(measured.rowCount / 1e6).toFixed(1)} M rows`,
        },
      ],
      ratios: [{ name: "M rows per CPU second", value: perCpuSecond, target: ">= 0.8" }],
      notes: [],
    };
  } finally {
    await rm(FOLDER, { recursive: true, force: true });
  }
}
