import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accuracyOf, type LevelAccuracy } from "../forecasting/evaluation/accuracy-report";
import type { ReportData } from "../runtime/report/report-data";
import { DEFAULT_SIZE } from "../scripts/forecast-options";
import { runForecastWeek } from "../scripts/forecast-week";
import type { BenchLine, BenchReport } from "./report";
import { coverageGap, coverageLine } from "./support/coverage";
import { accuracyOnData } from "./support/data-accuracy";

/** Seeds of the generated chains; none of them was used to choose a setting. */
const SEEDS = { full: [101, 202, 303], quick: [101] } as const;
const QUICK_SIZE = { stores: 6, skus: 100, days: 420 } as const;
const CELL = "store x SKU x day";
const FORECASTERS = ["champion", "challenger", "SQL baseline", "seasonal naive", "oracle"] as const;

/** Accuracy of a whole forecast week on the user's files or on generated chains, forecasters side by side on the very same cells. */
export async function run(options: { quick: boolean; data?: string }): Promise<BenchReport> {
  if (options.data !== undefined) return accuracyOnData(options.data);
  const size = options.quick ? QUICK_SIZE : DEFAULT_SIZE;
  const weeks: ReportData[] = [];
  for (const seed of options.quick ? SEEDS.quick : SEEDS.full) {
    const folder = await mkdtemp(join(tmpdir(), "accuracy-"));
    try {
      const out = join(folder, "week");
      weeks.push((await runForecastWeek({ ...size, seed, out, quiet: true })).report);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    name: "accuracy",
    lines: weeks.flatMap(linesOf),
    ratios: weeks.flatMap(ratiosOf),
    claims: [
      {
        what: `WAPE per ${CELL}, generated data of seeds ${listed(weeks.map(({ seed }) => String(seed)))}`,
        ours: listed(weeks.map((week) => percent(levelsOf(week), "champion"))),
        peer: PEERS.map(
          (name) => `${name}: ${listed(weeks.map((week) => percent(levelsOf(week), name)))}`,
        ).join("; "),
      },
    ],
    notes: [
      `${size.stores} stores x ${size.skus} SKUs x ${size.days} days; 28 hold-out days, 4 weekly origins; stock-outs and closed days are left out`,
      "oracle: the true mean of every cell as far as it can be known seven days ahead; its WAPE is the noise floor",
      "peak memory is the process's so far: later seeds include earlier ones",
    ],
  };
}

/** What a forecast is worth shows between what everybody has and the best that can be. */
const PEERS = ["SQL baseline", "seasonal naive", "oracle"] as const;

const percent = (levels: readonly LevelAccuracy[], name: string) =>
  `${(100 * wapeOf(levels, name)).toFixed(2)} %`;
const listed = (texts: readonly string[]) => texts.join(", ");

const levelsOf = (week: ReportData): readonly LevelAccuracy[] => week.backtest?.levels ?? [];

const fastMovers = (week: ReportData): readonly LevelAccuracy[] =>
  week.backtest?.segments
    .filter(({ name }) => name.startsWith("sells at least"))
    .map(({ accuracy }) => accuracy) ?? [];

const quantilesOf = (week: ReportData) => (week.backtest ? [week.backtest.quantiles] : []);

const wapeOf = (levels: readonly LevelAccuracy[], name: string) =>
  accuracyOf(levels, CELL, name).wape.value ?? NaN;

function linesOf(week: ReportData): BenchLine[] {
  const wape = (levels: readonly LevelAccuracy[], name: string) => 100 * wapeOf(levels, name);
  const note = `seed ${week.seed}`;
  return [
    { what: "whole week, data to report", seconds: week.seconds, peakMegabytes: week.peakMegabytes, note },
    ...FORECASTERS.map((name) => ({
      what: `${name}, ${CELL}`,
      rate: wape(levelsOf(week), name),
      rateUnit: "% WAPE",
      note: `${note}: ${wape(levelsOf(week), name).toFixed(2)} %; sells 5 a day: ${wape(fastMovers(week), name).toFixed(2)} %`,
    })),
    ...quantilesOf(week).map((quantiles) => coverageLine(quantiles, `${note}: `)),
  ];
}

function ratiosOf(week: ReportData): BenchReport["ratios"] {
  const ratio = (levels: readonly LevelAccuracy[], reference: string) =>
    wapeOf(levels, "champion") / wapeOf(levels, reference);
  const seed = `seed ${week.seed}`;
  return [
    {
      name: `${seed}: WAPE / oracle, sells 5 a day`,
      value: ratio(fastMovers(week), "oracle"),
      target: "<= 1.10, aim 1.05",
    },
    { name: `${seed}: WAPE / oracle, all cells`, value: ratio(levelsOf(week), "oracle"), target: "reported" },
    {
      name: `${seed}: WAPE / seasonal naive`,
      value: ratio(levelsOf(week), "seasonal naive"),
      target: "<= 0.85",
    },
    {
      name: `${seed}: WAPE points under the SQL baseline`,
      value: 100 * (wapeOf(levelsOf(week), "SQL baseline") - wapeOf(levelsOf(week), "champion")),
      target: "> 0",
    },
    ...quantilesOf(week).map((quantiles) => coverageGap(quantiles, `${seed}: `)),
  ];
}
