import { formatPercent } from "../../forecasting/metrics/metric";
import type { LevelAccuracy } from "../../forecasting/evaluation/accuracy-report";
import { accuracySection } from "./accuracy-section";
import { comparisonSection } from "./comparison-section";
import { driftSection } from "./drift-section";
import { selectionSection } from "./selection-section";
import { html, type Html, trusted } from "./html";
import { lineChart } from "./line-chart";
import { dataSection, importanceSection, provenanceSection } from "./provenance-section";
import { ordersSection, stockSection } from "./orders-section";
import type { ReportData } from "./report-data";
import { STYLE } from "./style";

const count = (value: number) => Math.round(value).toLocaleString("en");

/** One page that needs nothing else: no script, no font, no image, no network. */
export function buildReport(data: ReportData): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>SmartRetail forecast week ${data.forecastFrom}</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>Forecast week, ${data.forecastFrom} to ${data.forecastTo}</h1>
          <p class="soft">
            ${count(data.stores)} stores, ${count(data.skus)} SKUs,
            ${data.source === "generated" ? "generated data: the true mean of every cell is known" : "your own sales"}.
          </p>
          ${tiles(data)} ${warnings(data)} ${plots(data)}
          ${
            data.backtest
              ? accuracySection(data.backtest)
              : html`<h2>Accuracy</h2>
                  <p>Too little history for a backtest.</p>`
          }
          ${comparisonSection(data.comparisons ?? [])} ${selectionSection(data.selection)}
          ${driftSection(data.drift)} ${stockSection(data.simulation, data.currency)}
          ${ordersSection(data.orders, data.currency)} ${importanceSection(data)} ${dataSection(data)}
          ${provenanceSection(data)}
          <footer>Made by SmartRetail. This page is complete in itself and can be mailed or archived.</footer>
        </main>
      </body>
    </html>`;
  return `${page.text.replace(/^\s+/gm, "")}\n`;
}

interface Tile {
  readonly value: string;
  readonly label: string;
  readonly note: string;
}

const tile = ({ value, label, note }: Tile) =>
  html`<div class="card tile"><small>${label}</small><b>${value}</b><small>${note}</small></div>`;

function tiles(data: ReportData): Html {
  const levels = data.backtest?.levels ?? [];
  const cell = levels.find(({ level }) => level === "store x SKU x day");
  const storeDay = levels.find(({ level }) => level === "store x day");
  const fast = data.backtest?.segments.find(({ name }) => name.startsWith("sells at least"))?.accuracy;
  const stock = data.simulation?.parts[0]?.ours;
  const all: (Tile | undefined)[] = [
    { value: count(data.forecastRows), label: "Forecasts", note: "store x SKU x day, 7 days ahead" },
    cell && wapeTile("WAPE, store x SKU x day", cell),
    fast && wapeTile("WAPE, sells 5 a day or more", fast),
    storeDay && {
      value: figure(storeDay, "mape"),
      label: "MAPE, store x day",
      note: `seasonal naive ${figure(storeDay, "mape", "seasonal naive")}; KPI 15 %`,
    },
    stock && {
      value: formatPercent(stock.stockOutRate),
      label: "Stock-outs, simulated",
      note: `today ${formatPercent(data.simulation!.parts[0]!.today.stockOutRate)}; KPI 3 %`,
    },
    stock && {
      value: formatPercent(stock.wasteRate),
      label: "Waste, simulated",
      note: `today ${formatPercent(data.simulation!.parts[0]!.today.wasteRate)}; KPI 2 %`,
    },
    { value: count(data.orders.lines), label: "Orders", note: `${count(data.orders.units)} units` },
  ];
  return html`<div class="tiles">${all.flatMap((entry) => (entry ? [tile(entry)] : []))}</div>`;
}

function figure(level: LevelAccuracy, metric: "wape" | "mape", name = "champion"): string {
  const found = level.forecasters.find((entry) => entry.name === name);
  return found ? formatPercent(found[metric]) : "–";
}

function wapeTile(label: string, level: LevelAccuracy): Tile {
  const oracle = level.forecasters.some(({ name }) => name === "oracle");
  return {
    value: figure(level, "wape"),
    label,
    note: `naive ${figure(level, "wape", "seasonal naive")}, baseline ${figure(level, "wape", "SQL baseline")}${
      oracle ? `, oracle ${figure(level, "wape", "oracle")}` : ""
    }`,
  };
}

function warnings(data: ReportData): Html {
  if (data.warnings.length === 0) return html``;
  return html`<div class="card">
    <h3>What could not be learned or was taken as given</h3>
    <ul>
      ${data.warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  </div>`;
}

function plots(data: ReportData): Html {
  if (data.plots.length === 0) return html``;
  return html`
    <h2>Forecast against sales</h2>
    <div class="legend">
      <span><i></i>forecast</span><span><i class="band"></i>80 % interval</span
      ><span><i class="dot"></i>sold</span>
      <span>dashed: last day with sales</span>
    </div>
    <div class="grid">${data.plots.map(lineChart)}</div>
  `;
}
