import type { BuildFeaturesOptions } from "../../runtime/features/build-features";
import { readLake } from "../../runtime/lake/read-lake";
import { generateLake } from "../../runtime/generate/generate";
import { ingest } from "../../runtime/ingest/ingest";
import { buildAllFeatures } from "./all-features";

/** One measured run of ours in a process of its own: features, generate or ingest, and their arguments. */
async function main([what, ...args]: string[]): Promise<void> {
  const started = performance.now();
  const rowCount = await (what === "generate" ? generate : what === "ingest" ? ingestFiles : features)(args);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage();
  const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(JSON.stringify({ rowCount, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes }));
}

async function features([lake = "", out = "", engine = "kernel"]: string[]): Promise<number> {
  const { firstDay, cutoff } = await readLake(lake);
  const report = await buildAllFeatures({
    lake,
    out,
    from: firstDay,
    to: cutoff,
    engine: engine as BuildFeaturesOptions["engine"],
  });
  return report.rowCount;
}

async function ingestFiles([input = "", lake = ""]: string[]): Promise<number> {
  const report = await ingest({ input, lake, today: "2026-11-23" });
  return report.readCount;
}

async function generate([out = "", ...sizes]: string[]): Promise<number> {
  const [stores = 1, skus = 1, days = 1] = sizes.map(Number);
  const summary = await generateLake({ out, stores, skus, days, seed: 1, truth: false });
  return summary.rowCount;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
