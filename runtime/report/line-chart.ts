import { isoDate } from "../../forecasting/calendar/day";
import type { ForecastPlot } from "../evaluation/plots";
import { html, type Html, trusted } from "./html";

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 34;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 22;
const GRID_LINES = 4;

/** A round step (1, 2 or 5 times a power of ten) that parts 0..highest into at most GRID_LINES. */
export function roundStep(highest: number): number {
  const rough = Math.max(highest, 1e-9) / GRID_LINES;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

const short = (value: number) =>
  value >= 10_000 ? `${Math.round(value / 1000)}k` : String(Math.round(value * 10) / 10);
const monthDay = (day: number) => isoDate(day).slice(5).replace("-", "/");

interface Scale {
  readonly x: (i: number) => string;
  readonly y: (value: number) => string;
  /** Values of the horizontal lines. */
  readonly ticks: readonly number[];
}

function scaleOf(plot: ForecastPlot): Scale {
  const sold = plot.actual.filter((value) => value !== null);
  const highest = Math.max(...plot.mean, ...(plot.high ?? []), ...sold, 1);
  const step = roundStep(highest);
  const top = Math.ceil(highest / step) * step;
  const span = Math.max(1, plot.days.length - 1);
  return {
    x: (i) => (LEFT + (i * (WIDTH - LEFT - RIGHT)) / span).toFixed(1),
    y: (value) => (TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1),
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step),
  };
}

function axes(plot: ForecastPlot, { x, y, ticks }: Scale): string[] {
  const firstFuture = plot.days.findIndex((day) => day > plot.cutoff);
  const border = firstFuture > 0 ? x(firstFuture - 0.5) : undefined;
  return [
    ...ticks.map(
      (value) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="var(--line)"/>` +
        `<text x="${LEFT - 5}" y="${Number(y(value)) + 4}" text-anchor="end">${short(value)}</text>`,
    ),
    ...plot.days.map((day, i) => {
      const anchor = i === 0 ? "start" : "middle";
      return i % 7 === 0
        ? `<text x="${x(i)}" y="${HEIGHT - 6}" text-anchor="${anchor}">${monthDay(day)}</text>`
        : "";
    }),
    border === undefined
      ? ""
      : `<line x1="${border}" x2="${border}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="var(--soft)" stroke-dasharray="3 3"/>`,
  ];
}

function curves(plot: ForecastPlot, { x, y }: Scale): string[] {
  const points = (series: readonly number[]) => series.map((value, i) => `${x(i)},${y(value)}`);
  const band =
    plot.low && plot.high
      ? `<polygon fill="var(--accent-soft)" points="${[...points(plot.high), ...points(plot.low).reverse()].join(" ")}"/>`
      : "";
  return [
    band,
    `<polyline fill="none" stroke="var(--accent)" stroke-width="1.8" points="${points(plot.mean).join(" ")}"/>`,
    ...plot.actual.map((value, i) =>
      value === null ? "" : `<circle cx="${x(i)}" cy="${y(value)}" r="2.3" fill="var(--ink)"/>`,
    ),
  ];
}

/** Forecast (line), 80 % interval (band) and sales (dots), drawn to be read at 340 pixels. */
export function lineChart(plot: ForecastPlot): Html {
  const scale = scaleOf(plot);
  return html`<figure class="card">
    <h3>${plot.title}</h3>
    <figcaption>${plot.subtitle}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${plot.title}: forecast against sales">
      ${trusted([...axes(plot, scale), ...curves(plot, scale)].join(""))}
    </svg>
  </figure>`;
}
