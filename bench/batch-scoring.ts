import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ScoreReport } from "../runtime/scoring/batch-score";
import type { BenchLine, BenchReport, Measured } from "./report";
import { lineOf, runChild } from "./support/child-process";
import { gigabytes, took } from "./support/words";
import { scoringInputs, scoringLake } from "./support/scoring-setup";
import { BENCH_FOLDER } from "./support/training-rows";

const SIZES = { quick: { stores: 20, skus: 1000 }, full: { stores: 500, skus: 3000 } } as const;

type Inputs = Awaited<ReturnType<typeof scoringInputs>>;

async function runStages(
  lake: string,
  inputs: Inputs,
  orders: boolean,
): Promise<BenchLine & Required<Measured>> {
  const out = join(BENCH_FOLDER, "scoring-out");
  await mkdir(out, { recursive: true });
  const script = join(__dirname, "support", "scoring-child.ts");
  const folders = [lake, out, inputs.baseline, inputs.models, inputs.evaluation];
  try {
    const args = ["--import", "tsx", script, ...folders, orders ? "orders" : "forecasts"];
    const child = await runChild(process.execPath, args);
    const report = JSON.parse(lineOf(child, /^\{/).text) as ScoreReport & { readonly orderLines: number };
    const { tables, sums, trends, forecasts } = report.seconds;
    const passes = [`tables ${tables.toFixed(1)}`, `sums ${sums.toFixed(1)}`, `trends ${trends.toFixed(1)}`];
    const note = `${passes.join(", ")}, forecasts ${forecasts.toFixed(1)} s`;
    const what = orders
      ? `with ${report.orderLines.toLocaleString("en")} order lines`
      : `${report.forecasts.toLocaleString("en")} forecasts`;
    const rate = { rate: report.forecasts / child.seconds, rateUnit: "forecasts/s" };
    const { seconds, cpuSeconds, peakMegabytes } = child;
    return { what, seconds, cpuSeconds, peakMegabytes, ...rate, note };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/**
 * Batch scoring on two cores, from the daily history in Parquet to the forecasts (mean of champion, challenger, baseline and
 * seasonal naive, six quantiles) in Parquet, then the same with the order stage after it: seconds of the whole process and
 * its peak memory. The stages are those of `npm start`.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  const { lake, summary } = await scoringLake(size);
  const inputs = await scoringInputs(size);
  const forecasts = await runStages(lake, inputs, false);
  const orders = await runStages(lake, inputs, true);
  const history = `${(summary.rowCount / 1e6).toFixed(0)} million rows of history`;
  return {
    name: "batch-scoring",
    lines: [forecasts, orders],
    ratios: quick
      ? []
      : [
          { name: "forecasts, seconds", value: forecasts.seconds, target: "<= 60" },
          { name: "forecasts, peak GB", value: forecasts.peakMegabytes / 1000, target: "<= 0.7" },
          { name: "with orders, seconds", value: orders.seconds, target: "<= 120" },
          { name: "with orders, peak GB", value: orders.peakMegabytes / 1000, target: "<= 1" },
        ],
    notes: [
      `${size.stores} stores x ${size.skus} SKUs x 7 days, ${history}; per category a champion of 200 trees of depth 8 and the pipeline's challenger, all rounds.`,
      "The lake is generated once and kept; fitting and training are the weekly job and are not timed.",
    ],
    claims: [
      {
        what: `Batch scoring: ${size.stores} stores x ${size.skus.toLocaleString("en")} SKUs x 7 days`,
        ours: `${took(forecasts)}, ${gigabytes(forecasts.peakMegabytes)}`,
      },
      {
        what: "The same and the order stage, in a run of its own",
        ours: `${took(orders)}, ${gigabytes(orders.peakMegabytes)}`,
      },
    ],
  };
}
