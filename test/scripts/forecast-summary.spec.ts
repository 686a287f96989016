import assert from "node:assert/strict";
import { NOTHING, outcomeRates } from "../../forecasting/simulation/outcome-rates";
import type { SimulationResult } from "../../runtime/ordering/simulation-result";
import type { ReportData } from "../../runtime/report/report-data";
import { weekLines } from "../../scripts/forecast-summary";

const NO_RATES = outcomeRates(NOTHING);

function simulation(): SimulationResult {
  const [today, ours] = [
    { lost: 900, waste: 70 },
    { lost: 300, waste: 1 },
  ];
  const month = { lost: 200_000_000, waste: 40_000_000 };
  return {
    days: 1,
    series: 1,
    todayParameters: { fresh: 1, ambient: 1 },
    multiplier: 1,
    calibrated: { today: NO_RATES, ours: NO_RATES },
    parts: [{ name: "all items", today: NO_RATES, ours: NO_RATES }],
    frontier: { series: 1, curves: [] },
    yen: { today, ours, chainMonth: { today: month, ours: month } },
    warnings: [],
  };
}

function reportIn(currency: string): ReportData {
  return {
    source: "ingested",
    firstDay: "2026-01-01",
    cutoff: "2026-01-10",
    stores: 1,
    skus: 1,
    rows: 1200,
    currency,
    forecastRows: 7,
    forecastFrom: "2026-01-11",
    forecastTo: "2026-01-17",
    selection: [],
    plots: [],
    importance: [],
    models: [],
    simulation: simulation(),
    orders: {
      considered: 1,
      lines: 1,
      units: 1,
      costYen: 5400,
      stockSource: "counted",
      reasons: [],
      largest: [],
      assumed: [],
    },
    steps: [],
    seconds: 1,
    peakMegabytes: 1,
    nodeVersion: "20",
    warnings: [],
  };
}

describe("the summary of a week", () => {
  const text = (currency: string) => weekLines({ report: reportIn(currency) }, "report.html").join("\n");

  it("names the money of the data, and the chain's month only in the chain's own", () => {
    assert.match(text("JPY"), /1 unit, 5,400 yen/);
    assert.match(text("JPY"), /today 900 yen, recommended 300 yen; waste: today 70 yen, recommended 1 yen/);
    assert.match(text("JPY"), /in the chain's month that is 200 million of 200 million yen lost/);

    assert.match(text("EUR"), /today 900 EUR, recommended 300 EUR; waste: today 70 EUR, recommended 1 EUR/);
    assert.doesNotMatch(text("EUR"), /yen|chain's month/);
  });

  it("counts one as one", () => {
    assert.match(text("JPY"), /1 store, 1 SKU, 1,200 store x SKU x days from/);
    assert.match(text("JPY"), /orders: 1 of 1 store x SKU pair, /);
    assert.match(text("JPY"), /lost sales in 1 day: /);
  });
});
