import { DRIFT_LIMITS, STORE_KINDS, type StoreKind } from "../../contracts/metrics";
import type { DriftCourse, DriftPicture, StoreKindCourse } from "../monitoring/drift-course";
import { html, type Html, trusted } from "./html";

const WIDTH = 360;
const LEFT = 44;
const RIGHT = 6;
const TOP = 8;
const PANEL = 62;
const GAP = 18;
const HEIGHT = TOP + 3 * (PANEL + GAP) + 14;

type Day = DriftCourse["days"][number];

interface Panel {
  readonly label: string;
  readonly colour: string;
  readonly of: (day: Day) => number | null;
  readonly limit?: number;
  readonly shown: (value: number) => string;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

const PANELS: readonly Panel[] = [
  { label: "error (WAPE)", colour: "var(--accent)", of: ({ wape }) => wape, shown: percent },
  { label: "skill against last week", colour: "var(--oracle)", of: ({ skill }) => skill, shown: percent },
  {
    label: "cumulative sum; dashed: alarm",
    colour: "var(--naive)",
    of: ({ cusum }) => cusum,
    limit: DRIFT_LIMITS.ErrorCusum,
    shown: (value) => value.toFixed(0),
  },
];

/** What the drift monitor would have shown on the days of the hold-out: the dashboard's lines, and what was decided. */
export function driftSection({ courses, storeKinds }: DriftPicture = { courses: [] }): Html {
  if (courses.length === 0) return html``;
  return html`
    <h2>Drift</h2>
    <p class="soft">
      The monitor's evenings on days that the models have not seen; the days before are its reference.
      Holidays are drawn and not judged. A sum over ${String(DRIFT_LIMITS.ErrorCusum)} is an alarm; ▲ marks an
      action.
    </p>
    <div class="grid">${courses.map(figure)}</div>
    ${storeKinds === undefined ? undefined : kindsFigure(storeKinds)}
  `;
}

function figure(course: DriftCourse): Html {
  const { category, actions } = course;
  return html`<figure class="card">
    <h3>${category}</h3>
    <figcaption>
      ${
        actions.length === 0
          ? "nothing was to be done"
          : actions.map(
              ({ day, action, words }, i) =>
                html`<span title="${words}">${day} ${action}${i + 1 < actions.length ? ", " : ""}</span>`,
            )
      }
    </figcaption>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${category}: error, skill and cumulative sum by day"
    >
      ${trusted([...PANELS.flatMap((panel, i) => panelLines(course, panel, TOP + i * (PANEL + GAP))), ...marks(course)].join(""))}
    </svg>
  </figure>`;
}

const xOf = ({ days }: { readonly days: readonly unknown[] }, i: number) =>
  (LEFT + (i * (WIDTH - LEFT - RIGHT)) / Math.max(1, days.length - 1)).toFixed(1);

function panelLines(course: DriftCourse, { label, colour, of, limit, shown }: Panel, top: number): string[] {
  const values = course.days.map(of);
  const known = values.filter((value) => value !== null);
  const highest = Math.max(...known, limit ?? 0, 1e-9);
  const lowest = Math.min(...known, 0);
  const y = (value: number) => (top + ((highest - value) / (highest - lowest)) * PANEL).toFixed(1);
  const rule = (value: number, style: string) =>
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" ${style}/>`;
  const tick = (value: number) =>
    `<text x="${LEFT - 5}" y="${Number(y(value)) + 4}" text-anchor="end">${shown(value)}</text>`;
  return [
    rule(0, `stroke="var(--line)"`),
    ...[highest, 0].map(tick),
    limit === undefined ? "" : rule(limit, `stroke="var(--bad)" stroke-dasharray="3 3"`),
    ...runsOf(values).map((run) => {
      const points = run.map(([i, value]) => `${xOf(course, i)},${y(value)}`).join(" ");
      return `<polyline fill="none" stroke="${colour}" stroke-width="1.6" points="${points}"/>`;
    }),
    `<text x="${WIDTH - RIGHT}" y="${top + PANEL + 11}" text-anchor="end">${label}</text>`,
  ];
}

/** Neighbouring days with a value: a line does not bridge what is not known. */
function runsOf(values: readonly (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = [];
  let isOpen = false;
  values.forEach((value, i) => {
    if (value === null) isOpen = false;
    else if (isOpen) runs.at(-1)!.push([i, value]);
    else {
      runs.push([[i, value]]);
      isOpen = true;
    }
  });
  return runs;
}

const KIND_COLOURS: Readonly<Record<StoreKind, string>> = {
  office: "var(--accent)",
  residential: "var(--naive)",
  station: "var(--oracle)",
  roadside: "var(--baseline)",
  tourist: "var(--bad)",
  other: "var(--soft)",
};
const KINDS_HEIGHT = 170;
const KINDS_BOTTOM = 22;

/** The dashboard's lines by kind of store, all categories together, and the parts of the change, which add up. */
function kindsFigure({ change, days }: StoreKindCourse): Html {
  const present = STORE_KINDS.filter((kind) => change.kinds.some((each) => each.kind === kind));
  const highest = Math.max(...days.flatMap(({ wapes }) => Object.values(wapes)), 1e-9);
  const y = (value: number) => (TOP + (1 - value / highest) * (KINDS_HEIGHT - TOP - KINDS_BOTTOM)).toFixed(1);
  const border = days.findIndex(({ isJudged }) => isJudged);
  const label = (i: number, anchor: string) =>
    `<text x="${xOf({ days }, i)}" y="${KINDS_HEIGHT - 6}" text-anchor="${anchor}">${days[i]!.day.slice(5).replace("-", "/")}</text>`;
  const lines = [
    ...[highest, highest / 2, 0].map(
      (value) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="var(--line)"/>` +
        `<text x="${LEFT - 5}" y="${Number(y(value)) + 4}" text-anchor="end">${percent(value)}</text>`,
    ),
    border <= 0
      ? ""
      : `<line x1="${xOf({ days }, border)}" x2="${xOf({ days }, border)}" y1="${TOP}" y2="${KINDS_HEIGHT - KINDS_BOTTOM}" stroke="var(--soft)" stroke-dasharray="3 3"/>`,
    ...present.flatMap((kind) =>
      runsOf(days.map(({ wapes }) => wapes[kind] ?? null)).map((run) => {
        const points = run.map(([i, value]) => `${xOf({ days }, i)},${y(value)}`).join(" ");
        return `<polyline fill="none" stroke="${KIND_COLOURS[kind]}" stroke-width="1.6" points="${points}"/>`;
      }),
    ),
    label(0, "start"),
    label(days.length - 1, "end"),
  ];
  return html`<figure class="card">
    <h3>By kind of store</h3>
    <figcaption>
      Error (WAPE) at SKU x day of each kind, all categories; dashed: the first evening.
      ${change.carrier === undefined ? "" : `Most of the rise is in one kind: ${change.carrier}.`}
    </figcaption>
    <div class="grid">
      <svg viewBox="0 0 ${WIDTH} ${KINDS_HEIGHT}" role="img" aria-label="error by kind of store and day">
        ${trusted(lines.join(""))}
      </svg>
      ${kindsTable(change)}
    </div>
  </figure>`;
}

function kindsTable({ kinds, before, after, change }: StoreKindCourse["change"]): Html {
  const share = (value: number | null) => (value === null ? "–" : `${(100 * value).toFixed(1)} %`);
  const points = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(2)}`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>store</th>
          <th>of sales</th>
          <th>reference</th>
          <th>evenings</th>
          <th>points of the change</th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(
          (each) =>
            html`<tr>
              <td>
                <span class="legend"
                  ><span
                    ><i ${trusted(`style="background:${KIND_COLOURS[each.kind]}"`)}></i>${each.kind}</span
                  ></span
                >
              </td>
              <td>${share(each.salesShare)}</td>
              <td>${share(each.before)}</td>
              <td>${share(each.after)}</td>
              <td>${points(each.change)}</td>
            </tr>`,
        )}
        <tr class="ours">
          <td>all</td>
          <td></td>
          <td>${share(before)}</td>
          <td>${share(after)}</td>
          <td>${points(change)}</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

function marks(course: DriftCourse): string[] {
  const { days, actions } = course;
  const label = (i: number, anchor: string) =>
    `<text x="${xOf(course, i)}" y="${HEIGHT - 3}" text-anchor="${anchor}">${days[i]!.day.slice(5).replace("-", "/")}</text>`;
  return [
    label(0, "start"),
    label(days.length - 1, "end"),
    ...actions.flatMap(({ day }) => {
      const i = days.findIndex((entry) => entry.day === day);
      if (i < 0) return [];
      return [
        `<text class="mark" x="${xOf(course, i)}" y="${HEIGHT - 3}" text-anchor="middle" style="fill:var(--bad)">▲</text>`,
      ];
    }),
  ];
}
