import type { SimulatedSeries } from "../../../../forecasting/simulation/practices";

/** Items whose demand swings by weekday; the forecast knows the weekday's mean, the naive one repeats last week. */
export function exampleSeries(
  count: number,
  shelfLifeDaysOf: (i: number) => number | undefined = (i) => (i % 5 === 0 ? 2 : undefined),
): SimulatedSeries[] {
  return Array.from({ length: count }, (_, i) => {
    const mean = (day: number) => (2 + (i % 7)) * (day % 7 >= 5 ? 1.5 : 1);
    const noise = (day: number) => 1 + 0.3 * Math.sin(day * 12.9898 + i * 78.233);
    const units = (day: number) => Math.round(mean(day) * noise(day));
    const days = Array.from({ length: 35 }, (_, day) => day);
    return {
      terms: {
        priceYen: 150,
        costYen: 90,
        leadTimeDays: 1,
        reviewDays: 1,
        packSize: 1,
        shelfLifeDays: shelfLifeDaysOf(i),
      },
      demand: Float64Array.from(days.slice(0, 28), units),
      forecastMeans: Float64Array.from(days, mean),
      forecastDeviations: Float64Array.from(days, (day) => 0.25 * mean(day)),
      dayCorrelation: 0,
      naive: Float64Array.from(days, (day) => units(day - 7)),
    };
  });
}
