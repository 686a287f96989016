import type { LevelAccuracy } from "../../forecasting/evaluation/accuracy-report";
import { formatPercent, type Metric } from "../../forecasting/metrics/metric";
import type { BacktestResult } from "../evaluation/accuracy";
import { bars, colourOf } from "./bars";
import { html, type Html } from "./html";

/** MAPE below this mean says more about small numbers than about the forecast. */
const MAPE_MINIMUM_UNITS = 30;
const MAPE_LINE = 0.15;

const count = (value: number) => Math.round(value).toLocaleString("en");
const signed = (metric: Metric) =>
  metric.value === null ? "–" : `${metric.value > 0 ? "+" : ""}${(metric.value * 100).toFixed(1)} %`;

export function accuracySection(backtest: BacktestResult): Html {
  return html`
    <h2>Accuracy by level</h2>
    <p class="soft">
      ${backtest.origins.length} weekly forecasts (origins ${backtest.origins.join(", ")}) against
      ${backtest.days} days that no model saw. Every figure names its level; all forecasters are measured on
      the very same cells. ${count(backtest.unobservedCells)} cells that were closed or sold out are left out:
      their demand is unknown. WAPE is the sum of absolute errors over the sum of sales; bias is signed.
    </p>
    <div class="card scroll">${levelTable(backtest.levels)}</div>
    <h3>
      With days that ran out
      <span class="soft">${count(backtest.openDays.ranOutCells)} cells as they sold</span>
    </h3>
    <div class="card scroll">${levelTable(backtest.openDays.levels)}</div>
    ${everyDay(backtest)}
    <div class="grid">${backtest.levels.map(levelBars)}</div>
    ${mapeNote(backtest.levels)}
    <h2>Where the error sits <span class="soft">store x SKU x day, WAPE (bias)</span></h2>
    <div class="card scroll">${segmentTable(backtest)}</div>
    ${seriesTable(backtest)}
  `;
}

/** Without a closed cell it is the table before it. */
function everyDay({ allDays }: BacktestResult): Html {
  if (allDays.closedCells === 0)
    return html`<p class="soft">No cell was closed: on every day the figures are the same.</p>`;
  return html`<h3>Every day <span class="soft">${count(allDays.closedCells)} closed cells as 0</span></h3>
    <div class="card scroll">${levelTable(allDays.levels)}</div>`;
}

function levelTable(levels: readonly LevelAccuracy[]): Html {
  const names = levels[0]?.forecasters.map(({ name }) => name) ?? [];
  return html`<table>
    <thead>
      <tr>
        <th>Level</th>
        ${names.map((name) => html`<th>${name}</th>`)}
        <th>Skill vs naive</th>
        <th>Bias</th>
        <th>MAPE</th>
        <th>Cells</th>
        <th>Mean units</th>
      </tr>
    </thead>
    <tbody>
      ${levels.map((level) => {
        const champion = level.forecasters.find(({ name }) => name === "champion");
        return html`<tr>
          <td>${level.level}</td>
          ${level.forecasters.map(
            ({ name, wape }) =>
              html`<td class="${name === "champion" ? "ours" : ""}">${formatPercent(wape)}</td>`,
          )}
          <td>${champion ? formatPercent(champion.skill) : "–"}</td>
          <td>${champion ? signed(champion.bias) : "–"}</td>
          <td>${mapeCell(level)}</td>
          <td>${count(level.cells)}</td>
          <td>${level.meanUnits.toFixed(level.meanUnits < 10 ? 2 : 0)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** MAPE only where a cell sells enough for a percentage to mean something. */
function mapeCell(level: LevelAccuracy): Html {
  const champion = level.forecasters.find(({ name }) => name === "champion");
  if (!champion || champion.mape.value === null) return html`–`;
  if (level.meanUnits < MAPE_MINIMUM_UNITS) return html`<span class="soft">n/a</span>`;
  const good = champion.mape.value < MAPE_LINE;
  return html`<span class="${good ? "good" : ""}">${formatPercent(champion.mape)}</span>`;
}

/** Without zero, whose error is all there is: beside it the others look alike. */
function levelBars(level: LevelAccuracy): Html {
  const others = level.forecasters.filter(({ name }) => name !== "zero");
  const rows = others.map(({ name, wape }) => ({
    label: name,
    value: wape.value ?? undefined,
    shown: formatPercent(wape),
    colour: colourOf(name),
  }));
  return html`<div class="card">
    <h3>${level.level}</h3>
    ${bars(rows)}
  </div>`;
}

function mapeNote(levels: readonly LevelAccuracy[]): Html {
  const shown = levels.filter(({ meanUnits }) => meanUnits >= MAPE_MINIMUM_UNITS);
  const under = shown.filter(
    ({ forecasters }) => (forecasters.find(({ name }) => name === "champion")?.mape.value ?? 1) < MAPE_LINE,
  );
  const oracle = levels[0]?.forecasters.find(({ name }) => name === "oracle");
  return html`<p>
    MAPE leaves out cells without sales and is shown from ${MAPE_MINIMUM_UNITS} units a cell on
    (${count(levels[0]?.zeroCells ?? 0)} of ${count(levels[0]?.cells ?? 0)} cells at the finest level sold
    nothing).
    ${
      under.length > 0
        ? html`It is under 15 % at: <b>${under.map(({ level }) => level).join(", ")}</b>.`
        : html`It is not under 15 % at any level of this data.`
    }
    ${
      oracle
        ? html`Noise floor: a forecaster that knows the true mean of every cell, as far as it can be known
            seven days ahead, still has a WAPE of <b>${formatPercent(oracle.wape)}</b> at store x SKU x day;
            the rest is chance.`
        : false
    }
  </p>`;
}

function segmentTable(backtest: BacktestResult): Html {
  const parts = [
    ...backtest.segments,
    ...backtest.weeks.map(({ origin, accuracy }) => ({ name: `week after ${origin}`, accuracy })),
  ];
  // Zero is wrong by all that was sold, in every part.
  const shown = parts.map(({ name, accuracy }) => ({
    name,
    accuracy: { ...accuracy, forecasters: accuracy.forecasters.filter((entry) => entry.name !== "zero") },
  }));
  const names = shown[0]?.accuracy.forecasters.map(({ name }) => name) ?? [];
  return html`<table>
    <thead>
      <tr>
        <th>Part</th>
        ${names.map((name) => html`<th>${name}</th>`)}
        <th>Cells</th>
        <th>Mean units</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ name, accuracy }) =>
          html`<tr>
            <td>${name}</td>
            ${accuracy.forecasters.map(
              (entry) =>
                html`<td class="${entry.name === "champion" ? "ours" : ""}">
                  ${formatPercent(entry.wape)} <span class="soft">(${signed(entry.bias)})</span>
                </td>`,
            )}
            <td>${count(accuracy.cells)}</td>
            <td>${accuracy.meanUnits.toFixed(2)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const figure = (metric: Metric) => (metric.value === null ? "–" : metric.value.toFixed(3));

function seriesTable(backtest: BacktestResult): Html {
  return html`<div class="grid">${scaledErrors(backtest)} ${quantileTable(backtest)}</div>`;
}

function scaledErrors({ series }: BacktestResult): Html {
  return html`<div class="card scroll">
    <h3>Per series, weighted by revenue</h3>
    <figcaption>
      RMSSE and MASE of ${count(series[0]?.series ?? 0)} store x SKU series over the hold-out; 1 is the error
      of repeating the day before (RMSSE) or the week before (MASE). ${count(series[0]?.skippedSeries ?? 0)}
      series without variation in their history are left out.
    </figcaption>
    <table>
      <thead>
        <tr>
          <th>Forecaster</th>
          <th>WRMSSE</th>
          <th>MASE</th>
        </tr>
      </thead>
      <tbody>
        ${series.map(
          ({ name, weightedRmsse, weightedMase }) =>
            html`<tr>
              <td class="${name === "champion" ? "ours" : ""}">${name}</td>
              <td>${figure(weightedRmsse)}</td>
              <td>${figure(weightedMase)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function quantileTable({ quantiles }: BacktestResult): Html {
  return html`<div class="card scroll">
    <h3>Quantiles, champion</h3>
    <figcaption>
      Share of observed store x SKU x day cells at or under each published quantile. Counts jump, so the
      shares lie at or above the levels: the 10-90 % interval holds ${formatPercent(quantiles.interval80)} of
      the cells where its distribution says ${(quantiles.interval80Expected * 100).toFixed(1)} %.
    </figcaption>
    <table>
      <thead>
        <tr>
          <th>Quantile</th>
          <th>Cells under</th>
          <th>Pinball loss</th>
        </tr>
      </thead>
      <tbody>
        ${quantiles.levels.map(
          ({ level, coverage, pinball }) =>
            html`<tr>
              <td>${(level * 100).toFixed(0)} %</td>
              <td>${formatPercent(coverage)}</td>
              <td>${figure(pinball)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
