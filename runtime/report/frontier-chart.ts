import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import { type FrontierCurve, KPI_RATES } from "../ordering/simulation-result";
import { html, type Html, trusted } from "./html";
import { roundStep } from "./line-chart";

const WIDTH = 360;
const HEIGHT = 230;
const LEFT = 40;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 34;
/** What lies beyond so many times the KPI lines is cut off: the corner near them is what is looked at. */
const SHOWN_LINES = { stockOutRate: 5, wasteRate: 4 } as const;
const COLOURS = ["var(--soft)", "var(--accent)", "var(--ink)"] as const;

type Point = FrontierCurve["points"][number];

/** Stock-outs (across) against waste (upwards) for several practices, with the KPI point and where our orders stand. */
export function frontierChart(curves: readonly FrontierCurve[], ours: OutcomeRates): Html {
  const shown = curves.map(({ name, points }) => ({ name, points: points.filter(isShown) }));
  if (shown.every(({ points }) => points.length === 0)) return html``;
  const all = shown.flatMap(({ points }) => points);
  const right = Math.max(...all.map(({ stockOutRate }) => stockOutRate), KPI_RATES.stockOutRate) * 1.1;
  const top = Math.max(...all.map(({ wasteRate }) => wasteRate), KPI_RATES.wasteRate) * 1.1;
  const x = (share: number) => (LEFT + (share / right) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (share: number) => (TOP + (1 - share / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const lines = shown.map(({ points }, i) => {
    const path = points.map((point) => `${x(point.stockOutRate)},${y(point.wasteRate)}`).join(" ");
    return `<polyline fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="1.8" points="${path}"/>`;
  });
  const [kpiX, kpiY] = [Number(x(KPI_RATES.stockOutRate)), Number(y(KPI_RATES.wasteRate))];
  const cross = `<path d="M${kpiX - 5} ${kpiY}H${kpiX + 5}M${kpiX} ${kpiY - 5}V${kpiY + 5}" stroke="var(--ink)" stroke-width="2"/>`;
  return html`<figure class="card frontier">
    <h3>Stock-outs against waste</h3>
    <figcaption>
      ${shown.map(
        ({ name }, i) =>
          html`<span style="color:${COLOURS[i % COLOURS.length]}"
            >${name}${i + 1 < shown.length ? " · " : ""}</span
          >`,
      )}
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Stock-outs against waste by practice">
      ${trusted([...grid(right, top, x, y), ...lines, cross, dot(ours, x, y)].join(""))}
    </svg>
  </figure>`;
}

const isShown = ({ stockOutRate, wasteRate }: Point) =>
  stockOutRate <= SHOWN_LINES.stockOutRate * KPI_RATES.stockOutRate &&
  wasteRate <= SHOWN_LINES.wasteRate * KPI_RATES.wasteRate;

function dot({ stockOutRate, wasteRate }: OutcomeRates, x: Scale, y: Scale): string {
  if (stockOutRate.value === null || wasteRate.value === null) return "";
  return `<circle cx="${x(stockOutRate.value)}" cy="${y(wasteRate.value)}" r="3.5" fill="var(--accent)"/>`;
}

type Scale = (share: number) => string;

function grid(right: number, top: number, x: Scale, y: Scale): string[] {
  const ticks = (highest: number) => {
    const step = roundStep(highest * 100) / 100;
    return Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
  };
  const label = (share: number) => `${Math.round(share * 1000) / 10} %`;
  return [
    ...ticks(top).map(
      (share) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share)}" y2="${y(share)}" stroke="var(--line)"/>` +
        `<text x="${LEFT - 5}" y="${Number(y(share)) + 4}" text-anchor="end">${label(share)}</text>`,
    ),
    ...ticks(right).map(
      (share) => `<text x="${x(share)}" y="${HEIGHT - 18}" text-anchor="middle">${label(share)}</text>`,
    ),
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 4}" text-anchor="end">stock-out days; upwards: waste</text>`,
  ];
}
