import { statisticsReady } from "../forecasting/experiment/normal-tails";
import { DEFAULT_ERROR_WORLD } from "../forecasting/experiment/simulated-errors";
import type { BenchLine, BenchReport } from "./report";
import { firstFindings, type Method, METHODS } from "./support/any-look";

/** Runs of a scenario: type-I errors need more of them than power. */
const RUNS = { full: { none: 10_000, some: 2000 }, quick: { none: 200, some: 100 } } as const;

/**
 * What the same methods found in NumPy, in percent (10,000 runs without a change, 2,000 to 3,000 with one; another generator
 * of the same description). Undefined where nobody looked.
 */
type Reference = readonly (number | undefined)[];

interface Scenario {
  readonly name: string;
  readonly change: number;
  readonly dayShock: number;
  readonly dayCorrelation: number;
  /** In the order of METHODS. */
  readonly numpy: Reference;
}

const shock = { dayShock: 0.02, dayCorrelation: 0.3 };
const _ = undefined;
const SCENARIOS: readonly Scenario[] = [
  {
    name: "no change, no day shock",
    change: 0,
    dayShock: 0,
    dayCorrelation: 0,
    numpy: [52.3, 10.7, 0.5, 6.6, 0.2, 0.1, 0.1, 10.2, 0.6, 1.2],
  },
  {
    name: "no change, shock, phi 0",
    change: 0,
    dayShock: 0.02,
    dayCorrelation: 0,
    numpy: [97.6, 73.5, 36.7, 16.7, 0.6, 0.6, 0.4, 11.3, 0.6, 1.5],
  },
  {
    name: "no change, shock, phi 0.3",
    change: 0,
    ...shock,
    numpy: [99.0, 83.8, 52.3, 32.5, 3.5, 1.6, 1.1, 11.0, 0.6, 1.8],
  },
  {
    name: "no change, shock, phi 0.5",
    change: 0,
    dayShock: 0.02,
    dayCorrelation: 0.5,
    numpy: [99.5, 89.3, 64.0, 48.4, 10.5, 4.4, 3.1, 12.1, 0.9, 2.7],
  },
  { name: "1 % better", change: -0.01, ...shock, numpy: [_, _, _, _, 25.9, 15.1, 13.7, 14.4, 1.3, 3.4] },
  { name: "2 % better", change: -0.02, ...shock, numpy: [_, _, _, _, 81.9, 62.1, 60.0, 17.0, 2.3, 10.1] },
  { name: "3 % better", change: -0.03, ...shock, numpy: [_, _, _, _, 99.1, 93.3, 92.8, 24.5, 4.2, 23.2] },
  { name: "5 % better", change: -0.05, ...shock, numpy: [_, _, _, _, 100, 99.9, 99.9, 38.5, 9.6, 61.0] },
  { name: "10 % worse", change: 0.1, ...shock, numpy: [_, _, _, _, 100, _, _, 79.6, 35.2, 99.6] },
];

/**
 * How often each way to test finds a change within 28 daily looks: where there is none it is wrong, where there is one it
 * should. 500 stores with errors of their own, heavy tails and days that all stores share.
 */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  await statisticsReady;
  const runs = RUNS[quick ? "quick" : "full"];
  const lines: BenchLine[] = [];
  const rates = new Map<string, number>();
  for (const [i, { name, numpy, ...world }] of SCENARIOS.entries()) {
    const count = world.change === 0 ? runs.none : runs.some;
    const started = performance.now();
    const days = new Map<Method, number[]>(METHODS.map((method) => [method, []]));
    for (let run = 0; run < count; run++) {
      const found = firstFindings({ ...DEFAULT_ERROR_WORLD, ...world }, i * 1_000_000 + run);
      for (const method of METHODS) if (found[method] !== undefined) days.get(method)!.push(found[method]);
    }
    lines.push({ what: name, seconds: (performance.now() - started) / 1000, note: `${count} runs` });
    for (const [m, method] of METHODS.entries()) {
      const rate = days.get(method)!.length / count;
      rates.set(`${name}/${method}`, rate);
      lines.push({
        what: `  ${method}`,
        note: noteOf(rate, count, median(days.get(method)!, count), numpy[m]),
      });
    }
  }
  const chosen = "chosen: both ways, autocorrelation, sequence";
  return {
    name: "experiment",
    lines,
    ratios: [
      {
        name: "wrong within 28 days, chosen method, phi 0.3",
        value: rates.get(`no change, shock, phi 0.3/${chosen}`)!,
        target: "below 0.05",
      },
      {
        name: "finds 3 % better within 28 days, chosen method",
        value: rates.get(`3 % better/${chosen}`)!,
        target: "above 0.9",
      },
    ],
    notes: [
      "shares of runs with a finding on any of the daily looks from day 7 to 28; error: one standard error",
      "served stores alone are shown and never decided on: ours takes Student's deviates of the served stores there, the reference the normal ones, which is half of what they differ by; the rest is not explained",
    ],
  };
}

function noteOf(rate: number, count: number, day: number | undefined, numpy: number | undefined): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const error = Math.sqrt((rate * (1 - rate)) / count);
  return [
    `${percent(rate)} ±${(100 * error).toFixed(1)}`,
    ...(numpy === undefined ? [] : [`NumPy ${numpy.toFixed(1)} %`]),
    ...(day === undefined ? [] : [`half of the runs by day ${day}`]),
  ].join(", ");
}

/** Day by which half of all runs have found something. */
function median(days: readonly number[], count: number): number | undefined {
  return [...days].sort((a, b) => a - b)[Math.ceil(count / 2) - 1];
}
