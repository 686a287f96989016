import { DEFAULT_PLAN } from "../../forecasting/experiment/experiment";
import { evidenceText, type Standing } from "../../forecasting/experiment/standing";
import type { ReplayedComparison } from "../experiment/replay-comparison";
import { html, type Html, trusted } from "./html";

const WIDTH = 360;
const HEIGHT = 170;
const LEFT = 44;
const RIGHT = 6;
const TOP = 8;
const BOTTOM = 22;
/** Changes beyond are drawn at the edge: on the first evenings nothing is known yet. */
const WIDEST = 0.25;

const percent = (value: number) => `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)} %`;

/** Challenger against champion on the hold-out, evening by evening: what an experiment would have shown. */
export function comparisonSection(comparisons: readonly ReplayedComparison[]): Html {
  if (comparisons.length === 0) return html``;
  return html`
    <h2>Challenger against champion</h2>
    <p class="soft">
      An experiment replayed on days that neither model has seen: the change of the error (line) and where it
      lies with ${String(100 * (1 - DEFAULT_PLAN.alpha))} % certainty, however often one looks (band). A band
      below 0 is a better challenger; one above 0 would have been rolled back.
    </p>
    <div class="grid">${comparisons.map(figure)}</div>
  `;
}

function figure(comparison: ReplayedComparison): Html {
  const { category, storeCount, evenings, reason } = comparison;
  const last = evenings[evenings.length - 1];
  return html`<figure class="card">
    <h3>${category}</h3>
    <figcaption>
      ${last ? verdict(last.standing, storeCount) : `nothing can be said: ${reason ?? "no days"}`}
    </figcaption>
    ${last ? chart(comparison) : html``}
  </figure>`;
}

function verdict({ days, relative, lower, upper, eValue }: Standing, stores: number): string {
  const found = upper < 0 ? "better" : lower > 0 ? "worse" : "not told apart";
  return `${found} after ${days} days on ${stores} stores: ${percent(relative)}, between ${percent(lower)} and ${percent(upper)}, evidence ${evidenceText(eValue)}`;
}

function chart({ category, evenings }: ReplayedComparison): Html {
  const highest = Math.max(...evenings.flatMap(({ standing: { lower, upper } }) => [-lower, upper]));
  const reach = Math.min(WIDEST, Math.max(0.01, highest));
  const clip = (value: number) => Math.min(reach, Math.max(-reach, value));
  const x = (i: number) =>
    (LEFT + (i * (WIDTH - LEFT - RIGHT)) / Math.max(1, evenings.length - 1)).toFixed(1);
  const y = (value: number) =>
    (TOP + ((reach - clip(value)) / (2 * reach)) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const points = (of: (standing: Standing) => number) =>
    evenings.map(({ standing }, i) => `${x(i)},${y(of(standing))}`);
  const band = [...points(({ upper }) => upper), ...points(({ lower }) => lower).reverse()].join(" ");
  const ticks = [reach, 0, -reach].map(
    (value) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="var(--line)"/>` +
      `<text x="${LEFT - 5}" y="${Number(y(value)) + 4}" text-anchor="end">${percent(value)}</text>`,
  );
  const days = evenings.map(({ day }, i) =>
    i % 7 === 0
      ? `<text x="${x(i)}" y="${HEIGHT - 6}" text-anchor="${i === 0 ? "start" : "middle"}">${day.slice(5).replace("-", "/")}</text>`
      : "",
  );
  return html`<svg
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${category}: change of the error from champion to challenger, with its interval"
  >
    ${trusted(
      [
        ...ticks,
        ...days,
        `<polygon fill="var(--accent-soft)" points="${band}"/>`,
        `<polyline fill="none" stroke="var(--accent)" stroke-width="1.8" points="${points(({ relative }) => relative).join(" ")}"/>`,
      ].join(""),
    )}
  </svg>`;
}
