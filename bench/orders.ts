import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isoDate, weekdayOf } from "../forecasting/calendar/day";
import { negativeBinomialTable } from "../forecasting/generator/negative-binomial";
import { mixAll, randomFor } from "../forecasting/generator/random";
import { runForecastWeek } from "../scripts/forecast-week";
import type { BenchLine, BenchReport, Measured } from "./report";
import { runChild } from "./support/child-process";
import { took } from "./support/words";
import { BENCH_FOLDER } from "./support/training-rows";

const SIZES = { quick: { series: 120, days: 200 }, full: { series: 829, days: 478 } } as const;
const MEAN_UNITS = 20;
const DISPERSION = 8;
const SERIES_PER_STORE = 104;
/** 2025-08-01. */
const FIRST_DAY = 20_301;
const ENTRY = join(__dirname, "../runtime/entry/processing.ts");

/** Category, shelf life and lead time in days: half of the items perish, which is what a simulation spends its time on. */
const TERMS = [
  ["food", 2, 1],
  ["food", 3, 1],
  ["food", 7, 1],
  ["food", 20, 1],
  ["drinks", 90, 2],
  ["confectionery", 60, 2],
  ["daily", 365, 3],
] as const;

/** Sales of items that sell well: means around MEAN_UNITS, busier at weekends. */
async function writeShops(folder: string, { series, days }: { series: number; days: number }): Promise<void> {
  const noise = negativeBinomialTable(DISPERSION);
  const random = randomFor(1, "orders");
  const sales = ["date,store,sku,quantity,price"];
  const products = ["sku,name,category,price,cost,shelf_life_days,pack_size,lead_time_days,minimum_display"];
  for (let sku = 0; sku < SERIES_PER_STORE; sku++) {
    const [category, shelfLife, leadTime] = TERMS[sku % TERMS.length]!;
    products.push(`K${sku},Item ${sku},${category},200,130,${shelfLife},1,${leadTime},1`);
  }
  for (let i = 0; i < series; i++) {
    const [store, sku] = [Math.floor(i / SERIES_PER_STORE), i % SERIES_PER_STORE];
    const mean = MEAN_UNITS * Math.exp(0.3 * random.normal());
    for (let day = 0; day < days; day++) {
      const weekend = weekdayOf(FIRST_DAY + day) > 5 ? 1.3 : 0.9;
      const units = noise.draw(Math.log(mean * weekend), mixAll(1, i, day), random.uniform());
      if (units > 0) sales.push(`${isoDate(FIRST_DAY + day)},S${store},K${sku},${units},200`);
    }
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "pos.csv"), `${sales.join("\n")}\n`);
  await writeFile(join(folder, "products.csv"), `${products.join("\n")}\n`);
}

/** One stage in a process of its own, start-up included. */
async function stage(
  name: string,
  out: string,
  folders: Readonly<Record<string, string>>,
): Promise<BenchLine & Measured> {
  const options = Object.entries(folders).flatMap(([option, path]) => [`--${option}`, path]);
  const child = await runChild(process.execPath, [
    "--import",
    "tsx",
    ENTRY,
    name,
    ...options,
    "--output",
    out,
  ]);
  const { seconds, cpuSeconds, peakMegabytes } = child;
  return { what: name, seconds, cpuSeconds, peakMegabytes };
}

/** Simulating both practices and ordering for a chain's best-selling items: the slowest case of these two stages. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const size = quick ? SIZES.quick : SIZES.full;
  await mkdir(BENCH_FOLDER, { recursive: true });
  const folder = await mkdtemp(join(BENCH_FOLDER, "orders-"));
  try {
    const [data, week] = [join(folder, "data"), join(folder, "week")];
    await writeShops(data, size);
    await runForecastWeek({ data, out: week, quiet: true });
    const at = (name: string) => join(week, name);
    const inputs = { lake: at("lake"), evaluation: at("evaluation"), forecasts: at("forecasts") };
    const simulation = join(folder, "simulation");
    const simulate = await stage("simulate", simulation, inputs);
    const order = await stage("order", join(folder, "orders"), { ...inputs, simulation });
    return {
      name: "orders",
      lines: [simulate, order],
      ratios: [
        { name: "simulate + order, seconds", value: simulate.seconds + order.seconds, target: "< 15" },
      ],
      notes: [
        `${size.series} series of ${size.days} days that sell ${MEAN_UNITS} a day on average; four of seven items perish within 20 days`,
      ],
      claims: [
        {
          what: `Simulating and ordering ${size.series} series of ${size.days} days that sell ${MEAN_UNITS} a day`,
          ours: took({
            seconds: simulate.seconds + order.seconds,
            cpuSeconds: simulate.cpuSeconds + order.cpuSeconds,
          }),
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
