import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { NightReport } from "../runtime/scoring/batch-score";
import type { BenchLine, BenchReport } from "./report";
import { lineOf, runChild } from "./support/child-process";
import { nightInputs, nightLake } from "./support/night-setup";
import { BENCH_FOLDER } from "./support/training-rows";

const SIZES = { quick: { stores: 20, skus: 1000 }, full: { stores: 500, skus: 3000 } } as const;

interface Night extends NightReport {
  readonly line: BenchLine;
}

async function runNight(lake: string, inputs: string, orders: boolean): Promise<Night> {
  const out = join(BENCH_FOLDER, "night-out");
  const script = join(__dirname, "support", "night-child.ts");
  const args = ["--import", "tsx", script, lake, out, inputs, orders ? "orders" : "forecasts"];
  try {
    const child = await runChild(process.execPath, args);
    const report = JSON.parse(lineOf(child, /^\{/).text) as NightReport;
    const { tables, read, trends, score } = report.seconds;
    const passes = [`tables ${tables.toFixed(1)}`, `read ${read.toFixed(1)}`, `trends ${trends.toFixed(1)}`];
    const note = `${[...passes, `score and write ${score.toFixed(1)} s`].join(", ")}; ${child.cpuSeconds.toFixed(0)} CPU s`;
    const what = orders
      ? `with ${report.orderLines.toLocaleString("en")} order lines`
      : `${report.forecasts.toLocaleString("en")} forecasts`;
    const rate = { rate: report.forecasts / child.seconds, rateUnit: "forecasts/s" };
    return {
      ...report,
      line: { what, seconds: child.seconds, peakMegabytes: child.peakMegabytes, ...rate, note },
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/**
 * A whole night on two cores, from the daily history in Parquet to the forecasts (mean of champion and challenger, six
 * quantiles) in Parquet, then the same with orders: seconds of the whole process and its peak memory.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  const { lake, summary } = await nightLake(size);
  const inputs = await nightInputs(size);
  const forecasts = await runNight(lake, inputs, false);
  const orders = await runNight(lake, inputs, true);
  const history = `${(summary.rowCount / 1e6).toFixed(0)} million rows of history`;
  return {
    name: "night",
    lines: [forecasts.line, orders.line],
    ratios: quick
      ? []
      : [
          { name: "forecasts, seconds", value: forecasts.line.seconds!, target: "<= 60" },
          { name: "forecasts, peak GB", value: forecasts.line.peakMegabytes! / 1000, target: "<= 0.7" },
          { name: "with orders, seconds", value: orders.line.seconds!, target: "<= 120" },
          { name: "with orders, peak GB", value: orders.line.peakMegabytes! / 1000, target: "<= 1" },
        ],
    remarks: [
      `${size.stores} stores x ${size.skus} SKUs x 7 days, ${history}; per category a champion of 200 trees of depth 8 and the pipeline's challenger, all rounds.`,
      "The lake is generated once and kept; fitting and training are the weekly job and are not timed.",
    ],
  };
}
