import { DRIFT_LIMITS } from "../../contracts/metrics";
import type { DriftCourse } from "../monitoring/drift-course";
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
export function driftSection(courses: readonly DriftCourse[]): Html {
  if (courses.length === 0) return html``;
  return html`
    <h2>Drift</h2>
    <p class="soft">
      The monitor's evenings on days that the models have not seen; the days before are its reference.
      Holidays are drawn and not judged. A sum over ${String(DRIFT_LIMITS.ErrorCusum)} is an alarm; ▲ marks an
      action.
    </p>
    <div class="grid">${courses.map(figure)}</div>
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

const xOf = ({ days }: DriftCourse, i: number) =>
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
