import type { OutcomeRates } from "../../forecasting/simulation/outcome-rates";
import { type FrontierCurve, KPI_RATES } from "../ordering/simulation-result";
import { html, type Html, trusted } from "./html";
import { roundStep } from "./line-chart";

const WIDTH = 560;
const HEIGHT = 330;
const LEFT = 44;
const RIGHT = 8;
const TOP = 22;
const BOTTOM = 38;
/** What lies beyond so many times the KPI lines is cut off: the corner near them is what is looked at. */
const SHOWN_LINES = { stockOutRate: 5, wasteRate: 4 } as const;
const COLOURS = ["var(--soft)", "var(--accent)", "var(--ink)"] as const;

type Point = FrontierCurve["points"][number];

/** Where each practice stands. */
interface Stand {
  readonly today: OutcomeRates;
  readonly ours: OutcomeRates;
}

/** Stock-outs (across) against waste (upwards) for several practices, with the corner where both KPI lines are kept. */
export function frontierChart(curves: readonly FrontierCurve[], { today, ours }: Stand): Html {
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
  const [kpiX, kpiY] = [x(KPI_RATES.stockOutRate), y(KPI_RATES.wasteRate)];
  const kept =
    `<rect x="${LEFT}" y="${kpiY}" width="${(Number(kpiX) - LEFT).toFixed(1)}" height="${(HEIGHT - BOTTOM - Number(kpiY)).toFixed(1)}"` +
    ` fill="var(--good)" fill-opacity="0.13"/>` +
    `<text x="${LEFT + 6}" y="${HEIGHT - BOTTOM - 7}" style="fill:var(--good)">both KPI kept</text>`;
  const stands = [dot(today, "today", COLOURS[0], x, y), dot(ours, "our orders", COLOURS[1], x, y)];
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
      ${trusted([kept, ...grid(right, top, x, y), ...lines, ...stands].join(""))}
    </svg>
  </figure>`;
}

const isShown = ({ stockOutRate, wasteRate }: Point) =>
  stockOutRate <= SHOWN_LINES.stockOutRate * KPI_RATES.stockOutRate &&
  wasteRate <= SHOWN_LINES.wasteRate * KPI_RATES.wasteRate;

function dot(rates: OutcomeRates, label: string, colour: string, x: Scale, y: Scale): string {
  const [across, up] = [rates.stockOutRate.value, rates.wasteRate.value];
  if (across === null || up === null) return "";
  // Beyond what is shown there is only the margin.
  const [left, above] = [Number(x(across)), Number(y(up))];
  if (left > WIDTH - RIGHT || above < TOP) return "";
  return (
    `<circle cx="${left}" cy="${above}" r="4" fill="${colour}" stroke="var(--card)" stroke-width="1.5"/>` +
    `<text x="${left + 8}" y="${above - 6}" style="fill:${colour}">${label}</text>`
  );
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
      (share) => `<text x="${x(share)}" y="${HEIGHT - 22}" text-anchor="middle">${label(share)}</text>`,
    ),
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 5}" text-anchor="end">store x SKU x days with a stock-out</text>`,
    `<text x="4" y="12">delivered units wasted</text>`,
  ];
}
