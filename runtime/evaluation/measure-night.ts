import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CATEGORIES } from "../../contracts/categories";
import { ALL_CATEGORIES, METRICS, type MetricName } from "../../contracts/metrics";
import { type NightMetrics, RUN_DOCUMENTS } from "../../contracts/run-documents";
import { bias, skill, wape } from "../../forecasting/metrics/wape";
import { columnAs } from "../engine/duckdb/columns";
import { replaceFolder } from "../engine/files/replace-folder";
import { withLake } from "../lake/lake-views";
import { readSimulation } from "../ordering/simulate-orders";
import { allForecasts } from "../scoring/forecast-files";

export interface MeasureNightOptions {
  /** With the days that have come since. */
  readonly lake: string;
  /** Of an earlier night. */
  readonly forecasts: string;
  /** Folder of `simulateOrders`. @default nothing is said of waste */
  readonly simulation?: string;
  /** Folder of metrics.json; replaced as a whole. */
  readonly out: string;
}

const MEMORY_MEGABYTES = 700;

/**
 * How good an earlier night was on the days that have come since: category x store x day, which is what a night's figures
 * are said at. Days that were closed or ran out tell nothing about demand and are left out on both sides.
 */
export async function measureNight(options: MeasureNightOptions): Promise<NightMetrics> {
  const { lake, forecasts, simulation, out } = options;
  return replaceFolder(out, (folder) =>
    withLake(lake, { memoryMegabytes: MEMORY_MEGABYTES }, async (database) => {
      const batch = await database.columns(`
        SELECT f.day, list_position([${CATEGORIES.map((name) => `'${name}'`).join(", ")}], f.category) - 1 AS category,
          sum(d.units)::DOUBLE AS units, sum(f.mean_units)::DOUBLE AS mean, sum(f.naive_units)::DOUBLE AS naive
        FROM ${allForecasts(forecasts)} f
        JOIN stores s USING (store_code) JOIN products p USING (sku_code)
        JOIN daily d ON d.store_id = s.store_id AND d.sku_id = p.sku_id AND d.day = f.day
        WHERE NOT d.is_closed AND NOT d.is_stocked_out AND coalesce(NOT isnan(f.naive_units), false)
        GROUP BY f.day, f.category, f.store_code ORDER BY ALL`);
      const days = await database.rows<{ day: string }>(
        `SELECT DISTINCT day::VARCHAR AS day FROM ${allForecasts(forecasts)}
         WHERE day <= (SELECT max(day) FROM daily) ORDER BY day`,
      );
      const kpis = await database.rows<CategoryKpis>(`
        SELECT category, CAST(avg(abs(mean - units) / units) AS DOUBLE) AS mape,
          CAST(sum(ran_out) / sum(open) AS DOUBLE) AS "stockOuts"
        FROM (
          SELECT f.day, f.category, count(*) AS open, sum(d.is_stocked_out::INTEGER) AS ran_out,
            sum(d.units) FILTER (NOT d.is_stocked_out) AS units,
            sum(f.mean_units) FILTER (NOT d.is_stocked_out) AS mean
          FROM ${allForecasts(forecasts)} f
          JOIN stores s USING (store_code) JOIN products p USING (sku_code)
          JOIN daily d ON d.store_id = s.store_id AND d.sku_id = p.sku_id AND d.day = f.day
          WHERE NOT d.is_closed GROUP BY f.day, f.category HAVING units > 0
        ) GROUP BY category`);
      const categories = columnAs(batch, "category", Int32Array);
      const [units, mean, naive] = ["units", "mean", "naive"].map((name) =>
        columnAs(batch, name, Float64Array),
      );
      const metrics = CATEGORIES.flatMap((category, code) => {
        const pick = (values: Float64Array) => values.filter((_, row) => categories[row] === code);
        const figures = metricsOf(pick(units!), pick(mean!), pick(naive!));
        return [...figures, ...kpis.filter((kpi) => kpi.category === category).flatMap(ofDays)].map(
          (metric) => ({ category, ...metric }),
        );
      });
      const waste = simulation === undefined ? [] : await wasteOf(simulation);
      const measured: NightMetrics = {
        days: days.map(({ day }) => day),
        metrics: [...metrics, ...waste],
      };
      await writeFile(join(folder, RUN_DOCUMENTS.metrics), `${JSON.stringify(measured, undefined, 2)}\n`);
      return measured;
    }),
  );
}

/** None where a figure has no value: nothing was sold, or nothing could be compared. */
function metricsOf(units: Float64Array, mean: Float64Array, naive: Float64Array) {
  const figures: [MetricName, number | null][] = [
    ["Wape", wape(units, mean).value],
    ["Bias", bias(units, mean).value],
    ["SkillOverSeasonalNaive", skill(units, mean, naive).value],
  ];
  return figures.flatMap(([name, value]) => percentOf(name, value));
}

interface CategoryKpis extends Record<string, unknown> {
  readonly category: string;
  readonly mape: number | null;
  readonly stockOuts: number | null;
}

const ofDays = ({ mape, stockOuts }: CategoryKpis) => [
  ...percentOf("Mape", mape),
  ...percentOf("StockOutRate", stockOuts),
];

/** What is thrown away nobody reports: the simulation of the same orders says it, for all categories together. */
async function wasteOf(simulation: string): Promise<NightMetrics["metrics"]> {
  const [all] = (await readSimulation(simulation))?.parts ?? [];
  const share = all?.ours.wasteRate.value ?? null;
  return percentOf("WasteRate", share).map((metric) => ({ category: ALL_CATEGORIES, ...metric }));
}

const percentOf = (name: MetricName, share: number | null) =>
  share === null ? [] : [{ name, unit: METRICS[name].unit, value: 100 * share }];
