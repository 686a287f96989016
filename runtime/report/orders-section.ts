import { formatPercent, formatPercentBeside, type Metric } from "../../forecasting/metrics/metric";
import { counted } from "../engine/text/counted";
import { KPI_RATES, type SimulationResult, TODAY_RATES } from "../ordering/simulation-result";
import { bars } from "./bars";
import { frontierChart } from "./frontier-chart";
import { html, type Html } from "./html";
import type { OrderLine, OrdersSummary } from "../ordering/order-week";

const count = (value: number) => Math.round(value).toLocaleString("en");

export function stockSection(simulation: SimulationResult | undefined, currency: string): Html {
  if (!simulation) {
    return html`<h2>Stock-outs and waste</h2>
      <p>Too little history to hold days back, so ordering could not be simulated.</p>`;
  }
  const all = simulation.parts[0]!;
  return html`
    <h2>Stock-outs and waste</h2>
    <p class="soft">
      Both practices run day by day over the demand of ${simulation.days} hold-out days for
      ${count(simulation.series)} store x SKU pairs. Today's practice repeats last week times a habit factor,
      set on earlier days to the chain's ${percent(TODAY_RATES.stockOutRate)} stock-outs and
      ${percent(TODAY_RATES.wasteRate)} waste as near as this assortment allows; ours orders by forecast and
      cost. The line is the KPI.
    </p>
    <div class="grid">
      ${rateCard("Stock-outs: share of store x SKU x days with unmet demand", all.today.stockOutRate, all.ours.stockOutRate, KPI_RATES.stockOutRate)}
      ${rateCard("Waste: share of delivered units that expired", all.today.wasteRate, all.ours.wasteRate, KPI_RATES.wasteRate)}
    </div>
    <p>${verdict(all.ours.stockOutRate, all.ours.wasteRate)}</p>
    ${moneyTable(simulation, currency)}
    <div class="card scroll">${partsTable(simulation)}</div>
    ${frontierChart(simulation.frontier.curves, all)}
    <p class="soft">
      Each curve is one practice on ${count(simulation.frontier.series)} of the series, from careful with
      waste to careful with stock-outs; in the corner both KPI lines are kept
      (${percent(KPI_RATES.stockOutRate)}, ${percent(KPI_RATES.wasteRate)}). Our orders weigh a stock-out day
      as ${simulation.multiplier} wasted units of the item, the same for every item: no other choice of levels
      wastes less for as few stock-outs.
    </p>
    <ul class="soft">
      ${simulation.warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  `;
}

const percent = (value: number) => `${(value * 100).toFixed(0)} %`;

function rateCard(title: string, today: Metric, ours: Metric, line: number): Html {
  const rows = [
    {
      label: "today's practice",
      value: today.value ?? undefined,
      shown: formatPercent(today),
      colour: "c-naive",
    },
    { label: "recommended", value: ours.value ?? undefined, shown: formatPercent(ours) },
  ];
  return html`<div class="card">
    <h3>${title}</h3>
    <figcaption>KPI: at most ${percent(line)}</figcaption>
    ${bars(rows, { mark: line })}
  </div>`;
}

/** Says for each KPI line whether it is kept; a missed line is called missed. */
function verdict(stockOut: Metric, waste: Metric): Html {
  const verdictOn = (name: string, metric: Metric, line: number) => {
    if (metric.value === null) return html`${name}: not known (${metric.reason}). `;
    const kept = metric.value <= line;
    return html`<span class="${kept ? "good" : "bad"}"
      >${name} ${formatPercentBeside(metric, line)}: the KPI of ${percent(line)} is
      ${kept ? "kept" : "missed"}.
    </span>`;
  };
  return html`${verdictOn("Stock-outs", stockOut, KPI_RATES.stockOutRate)}${verdictOn("Waste", waste, KPI_RATES.wasteRate)}`;
}

/** Money beside the rates: the simulated days, and the chain's own month if its losses shrink in proportion. */
function moneyTable({ days, yen }: SimulationResult, currency: string): Html {
  const moneyOrNone = (value: number | undefined) => (value === undefined ? "–" : count(value));
  const rows = [
    { name: `simulated ${counted(days, "day")}`, ...yen },
    // Counted in yen: of another currency it says nothing.
    ...(currency === "JPY" ? [{ name: "the chain's month, in proportion", ...yen.chainMonth }] : []),
  ];
  return html`<div class="card scroll">
    <table>
      <thead>
        <tr>
          <th>${currency}</th>
          <th>Lost sales, today</th>
          <th>recommended</th>
          <th>Waste, today</th>
          <th>recommended</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, today, ours }) =>
            html`<tr>
              <td>${name}</td>
              <td>${count(today.lost)}</td>
              <td class="ours">${moneyOrNone(ours.lost)}</td>
              <td>${count(today.waste)}</td>
              <td class="ours">${moneyOrNone(ours.waste)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function partsTable({ parts, calibrated }: SimulationResult): Html {
  const rows = [...parts, { name: "all items, days of the setting", ...calibrated }];
  return html`<table>
    <thead>
      <tr>
        <th>Items</th>
        <th>Practice</th>
        <th>Stock-out days</th>
        <th>Waste</th>
        <th>Units lost</th>
        <th>Stock, days</th>
      </tr>
    </thead>
    <tbody>
      ${rows.flatMap(({ name, today, ours }) =>
        [
          { practice: "today", rates: today },
          { practice: "recommended", rates: ours },
        ].map(
          ({ practice, rates }) =>
            html`<tr>
              <td>${name}</td>
              <td>${practice}</td>
              <td>${formatPercent(rates.stockOutRate)}</td>
              <td>${formatPercent(rates.wasteRate)}</td>
              <td>${formatPercent(rates.lostRate)}</td>
              <td>${rates.stockDays.value?.toFixed(1) ?? "–"}</td>
            </tr>`,
        ),
      )}
    </tbody>
  </table>`;
}

export function ordersSection(orders: OrdersSummary, currency: string): Html {
  return html`
    <h2>Orders of this morning</h2>
    <p>
      ${count(orders.lines)} of ${counted(orders.considered, "store x SKU pair")} order:
      ${counted(orders.units, "unit")} for ${count(orders.costYen)} ${currency}.
      <span class="soft">Stock: ${orders.stockSource}.</span>
    </p>
    <div class="grid">
      <div class="card">
        <h3>Why this quantity</h3>
        ${bars(
          orders.reasons.map(({ reason, count: value }) => ({ label: reason, value, shown: count(value) })),
          { wide: true },
        )}
        ${
          orders.assumed.length > 0
            ? html`<p class="soft">
                Masters lacked:
                ${orders.assumed.map(({ field, skus }) => `${field} (${counted(skus, "SKU")})`).join(", ")};
                defaults were taken.
              </p>`
            : false
        }
      </div>
    </div>
    <div class="card scroll">${ordersTable(orders.largest, currency)}</div>
    <p class="soft">The largest orders by cost; orders.csv beside this page has all of them.</p>
  `;
}

function ordersTable(lines: readonly OrderLine[], currency: string): Html {
  return html`<table>
    <thead>
      <tr>
        <th>Store</th>
        <th class="text">Item</th>
        <th>Order</th>
        <th>In packs</th>
        <th>Stock</th>
        <th>Expected</th>
        <th>For days</th>
        <th>P(stock-out)</th>
        <th class="text">Why</th>
        <th>${currency}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td>${line.store}</td>
            <td class="text">${line.name} <span class="soft">${line.sku}</span></td>
            <td class="ours">${line.units}</td>
            <td>${line.packs}</td>
            <td>${line.position}</td>
            <td>${line.expectedUnits.toFixed(1)}</td>
            <td>${line.protectionDays}</td>
            <td>${percent(line.stockOutProbability)}</td>
            <td class="text">${line.reason}</td>
            <td>${count(line.costYen)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
