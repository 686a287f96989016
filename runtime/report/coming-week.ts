import { HORIZON_DAYS } from "../../contracts/horizon";
import { columnAs } from "../engine/duckdb/columns";
import { type Database, quote } from "../engine/duckdb/database";
import type { ForecastPlot } from "../evaluation/plots";
import { allForecasts } from "../scoring/forecast-files";

/** The plots of the evaluation with the published forecasts of the coming week after them. */
export async function withComingWeek(
  database: Database,
  forecasts: string,
  plots: readonly ForecastPlot[],
): Promise<ForecastPlot[]> {
  const extended: ForecastPlot[] = [];
  for (const plot of plots) extended.push(await extend(database, forecasts, plot));
  return extended;
}

async function extend(database: Database, forecasts: string, plot: ForecastPlot): Promise<ForecastPlot> {
  const where = [
    ...(plot.storeCode === undefined ? [] : [`store_code = ${quote(plot.storeCode)}`]),
    ...(plot.skuCode === undefined ? [] : [`sku_code = ${quote(plot.skuCode)}`]),
  ];
  const batch = await database.columns(`
    SELECT day, sum(mean_units)::DOUBLE AS mean, max(q10)::DOUBLE AS low, max(q90)::DOUBLE AS high
    FROM ${allForecasts(forecasts)} ${where.length > 0 ? `WHERE ${where.join(" AND ")}` : ""}
    GROUP BY day ORDER BY day LIMIT ${HORIZON_DAYS}`);
  const doubles = (name: string) => [...columnAs(batch, name, Float64Array)];
  const days = [...columnAs(batch, "day", Int32Array)];
  return {
    ...plot,
    days: [...plot.days, ...days],
    actual: [...plot.actual, ...days.map(() => null)],
    mean: [...plot.mean, ...doubles("mean")],
    // A sum of quantiles is no quantile: only single series have an interval.
    ...(plot.low && plot.high
      ? { low: [...plot.low, ...doubles("low")], high: [...plot.high, ...doubles("high")] }
      : {}),
  };
}
