import type { Exercise72 } from "../../forecasting/replay/exercise-7-2";
import type { HostingOption } from "../../forecasting/serving/hosting-advisor";
import type { TimePart } from "../../forecasting/serving/request-times";
import type { Colour } from "../terminal/colour";
import { table } from "../terminal/table";

const PART_NAMES: Readonly<Record<TimePart, string>> = {
  model: "the model computes",
  overhead: "overhead of every request",
  load: "loading the model",
  start: "starting a container",
  queue: "waiting for a busy container",
};

const OPTION_NAMES: Readonly<Record<HostingOption["kind"], string>> = {
  serverless: "serverless",
  provisioned: "serverless, kept warm",
  instances: "instances",
};

const milliseconds = (value: number) => `${Math.round(value).toLocaleString("en")} ms`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const usd = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)} USD` : "–");

/** What is slow, why, what helps, and what it costs. */
export function exercise72Lines(exercise: Exercise72, { bold, dim, green }: Colour): string[] {
  const { explanation, objectiveMilliseconds, advice } = exercise;
  return [
    bold("An endpoint that is fast on average and slow at its slowest"),
    dim(
      `${explanation.requests.toLocaleString("en")} simulated requests; objective: p99 under ${objectiveMilliseconds} ms`,
    ),
    "",
    `mean ${milliseconds(explanation.mean)}, p99 ${milliseconds(explanation.percentile)}; ${percent(explanation.affectedShare)} of the requests wait for: ${PART_NAMES[explanation.cause]}`,
    "",
    ...partTable(exercise),
    "",
    ...remedyTable(exercise),
    "",
    ...optionTable(exercise),
    "",
    ...curveLines(exercise),
    "",
    advice === undefined
      ? "Nothing meets the objective: the model itself is too slow."
      : green(
          `Do: ${OPTION_NAMES[advice.kind]}, ${advice.units} (${advice.reason}), ${usd(advice.monthlyUsd)} a month`,
        ),
  ];
}

const RIGHT = { align: "right" } as const;

function partTable({ explanation }: Exercise72): string[] {
  const rows = explanation.shares.map(({ part, milliseconds: value, share }) => [
    PART_NAMES[part],
    milliseconds(value),
    percent(share),
  ]);
  return table(
    [{ title: "p99 is made of" }, { title: "time", ...RIGHT }, { title: "share", ...RIGHT }],
    [...rows, ["together", milliseconds(explanation.percentile), "100.0 %"]],
  );
}

function remedyTable({ remedies }: Exercise72): string[] {
  return table(
    [
      { title: "What if" },
      { title: "mean", ...RIGHT },
      { title: "p99", ...RIGHT },
      { title: "cold", ...RIGHT },
      { title: "" },
    ],
    remedies.map(({ name, mean, p99, coldShare, meetsObjective }) => [
      name,
      milliseconds(mean),
      milliseconds(p99),
      percent(coldShare),
      meetsObjective ? "meets it" : "",
    ]),
  );
}

function optionTable({ options, load }: Exercise72): string[] {
  return table(
    [
      { title: `At ${Math.round(load.requestsPerMonth).toLocaleString("en")} requests a month` },
      { title: "a month", ...RIGHT },
      { title: "" },
      { title: "why" },
    ],
    options.map(({ kind, monthlyUsd, meetsObjective, reason }) => [
      OPTION_NAMES[kind],
      usd(monthlyUsd),
      meetsObjective ? "meets it" : "too slow",
      reason,
    ]),
  );
}

/** Characters of the widest bar; its length grows with the logarithm of the cost. */
const BAR = 36;
const MARKS: Readonly<Record<HostingOption["kind"], string>> = {
  serverless: "s",
  provisioned: "p",
  instances: "i",
};

function curveLines({ curve }: Exercise72): string[] {
  const costs = curve
    .flatMap(({ options }) => options.map(({ monthlyUsd }) => monthlyUsd))
    .filter(Number.isFinite);
  const [low, high] = [Math.log10(Math.max(0.1, Math.min(...costs))), Math.log10(Math.max(...costs))];
  const at = (cost: number) =>
    Math.round((BAR * (Math.log10(Math.max(0.1, cost)) - low)) / (high - low || 1));
  const rows = curve.map(({ requestsPerMonth, options }) => {
    const line = new Array<string>(BAR + 1).fill("·");
    for (const { kind, monthlyUsd } of [...options].reverse()) {
      if (Number.isFinite(monthlyUsd)) line[at(monthlyUsd)] = MARKS[kind];
    }
    const best = options.find(({ meetsObjective }) => meetsObjective);
    return [
      requestsPerMonth.toLocaleString("en"),
      line.join(""),
      best === undefined ? "none meets it" : `${OPTION_NAMES[best.kind]}, ${usd(best.monthlyUsd)}`,
    ];
  });
  const scale = `cost, ${usd(10 ** low)} to ${usd(10 ** high)} (log)`;
  return table(
    [{ title: "requests a month", ...RIGHT }, { title: scale }, { title: "cheapest that meets it" }],
    rows,
  );
}
