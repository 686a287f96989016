import type { Exercise72 } from "../../forecasting/replay/exercise-7-2";
import type { HostingOption } from "../../forecasting/serving/hosting-advisor";

const WIDTH = 760;
const HEIGHT = 380;
const LEFT = 70;
const RIGHT = 44;
const TOP = 44;
const BOTTOM = 46;
/** USD a month between which the scale lies; what is cheaper is drawn at the lower edge. */
const LOWEST_USD = 0.1;

const LOOK: Readonly<Record<HostingOption["kind"], { readonly name: string; readonly colour: string }>> = {
  serverless: { name: "serverless", colour: "#78c7e8" },
  provisioned: { name: "serverless, kept warm", colour: "#7fd6a8" },
  instances: { name: "instances", colour: "#e8c46b" },
};
const KINDS = Object.keys(LOOK) as HostingOption["kind"][];

/** What each way of hosting costs over traffic, both in powers of ten: a full line where it meets the objective. */
export function hostingCurvePicture({ curve, load, advice, objectiveMilliseconds }: Exercise72): string {
  const costs = curve.flatMap(({ options }) => options.map(({ monthlyUsd }) => monthlyUsd));
  const highest = 10 ** Math.ceil(Math.log10(Math.max(...costs.filter(Number.isFinite))));
  const requests = curve.map(({ requestsPerMonth }) => requestsPerMonth);
  const x = logScale([requests[0]!, requests.at(-1)!], [LEFT, WIDTH - RIGHT]);
  const y = logScale([LOWEST_USD, highest], [HEIGHT - BOTTOM, TOP]);
  const text = (at: readonly [number, number], words: string, anchor = "middle", more = "") =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" text-anchor="${anchor}" ${more}>${words}</text>`;
  const rule = (from: readonly [number, number], to: readonly [number, number]) =>
    `<path d="M${from.join(" ")}L${to.join(" ")}" stroke="#323b47" fill="none"/>`;
  const grid = [
    ...powersOfTen(requests[0]!, requests.at(-1)!).flatMap((count) => [
      rule([x(count), TOP], [x(count), HEIGHT - BOTTOM]),
      text([x(count), HEIGHT - BOTTOM + 18], count.toLocaleString("en")),
    ]),
    ...powersOfTen(LOWEST_USD, highest).flatMap((usd) => [
      rule([LEFT, y(usd)], [WIDTH - RIGHT, y(usd)]),
      text([LEFT - 8, y(usd) + 4], usd.toLocaleString("en"), "end"),
    ]),
  ];
  const lines = KINDS.flatMap((kind) => {
    const points = curve.flatMap(({ requestsPerMonth, options }) => {
      const option = options.find((each) => each.kind === kind)!;
      if (!Number.isFinite(option.monthlyUsd)) return [];
      return [{ at: `${x(requestsPerMonth).toFixed(1)},${y(option.monthlyUsd).toFixed(1)}`, option }];
    });
    return points.slice(1).map(({ at, option }, i) => {
      const before = points[i]!;
      const isFull = option.meetsObjective && before.option.meetsObjective;
      const dash = isFull ? "" : ` stroke-dasharray="2 5"`;
      return `<polyline points="${before.at} ${at}" fill="none" stroke="${LOOK[kind].colour}" stroke-width="2.4"${dash}/>`;
    });
  });
  const legend = KINDS.map((kind, i) =>
    text([LEFT + 190 * i, 26], LOOK[kind].name, "start", `fill="${LOOK[kind].colour}"`),
  );
  const chosen = advice && [x(load.requestsPerMonth), y(advice.monthlyUsd)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui,sans-serif" font-size="12" fill="#d8dee6">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#161b22"/>`,
    ...legend,
    text([WIDTH - RIGHT, 26], `dotted: p99 over ${objectiveMilliseconds} ms`, "end"),
    ...grid,
    ...lines,
    chosen === undefined
      ? ""
      : `<circle cx="${chosen[0]!.toFixed(1)}" cy="${chosen[1]!.toFixed(1)}" r="5" fill="#ff8b82"/>`,
    text(
      [(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8],
      "requests a month; upwards: USD a month; red: the exercise",
    ),
    "</svg>",
    "",
  ].join("\n");
}

function logScale([from, to]: readonly [number, number], [start, end]: readonly [number, number]) {
  const share = (value: number) => Math.log(Math.max(value, from) / from) / Math.log(to / from);
  return (value: number) => start + share(value) * (end - start);
}

function powersOfTen(from: number, to: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number((10 ** (first + i)).toPrecision(1)));
}
