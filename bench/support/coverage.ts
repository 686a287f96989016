import type { QuantileAccuracy } from "../../forecasting/evaluation/quantile-accuracy";
import type { BenchLine, BenchReport } from "../report";

/** The hold-out's share of cells in the champion's interval, and what its own distribution says of the same cells. */
export function coverageLine({ interval80, interval80Expected }: QuantileAccuracy, about = ""): BenchLine {
  const rate = 100 * (interval80.value ?? NaN);
  const note = `${about}${rate.toFixed(1)} % where counts let it hold ${(100 * interval80Expected).toFixed(1)} %`;
  return { what: "champion, 10-90 % interval", rate, rateUnit: "% inside", note };
}

export function coverageGap(
  { interval80, interval80Expected }: QuantileAccuracy,
  about = "",
): BenchReport["ratios"][number] {
  const gap = 100 * Math.abs((interval80.value ?? NaN) - interval80Expected);
  return { name: `${about}points between both shares of the 10-90 % interval`, value: gap, target: "<= 8" };
}
