import { DRIFT_LIMITS } from "../contracts/metrics";
import { dayNumber, isoDate } from "../forecasting/calendar/day";
import { isTaken } from "../forecasting/drift/action-record";
import type { Action } from "../forecasting/drift/choose-action";
import { cumulativeSums, type CusumSettings, firstAlarm } from "../forecasting/drift/cusum";
import {
  earthMoversDistance,
  jensenShannonDistance,
  largestDistributionGap,
} from "../forecasting/drift/distances";
import { demandRatio } from "../forecasting/drift/input-drift";
import { referenceBins, binCounts, stabilityIndex } from "../forecasting/drift/reference-bins";
import { negativeBinomialTable } from "../forecasting/generator/negative-binomial";
import { randomFor } from "../forecasting/generator/random";
import type { Scenario } from "../forecasting/generator/scenario";
import { quarterWorld, replayWorld } from "../forecasting/replay/quarter-scenario";
import type { Replay } from "../forecasting/replay/replay-quarter";
import type { BenchLine, BenchReport } from "./report";
import { adaptiveWindowAlarm, pageHinkleyAlarm, USUAL_PAGE_HINKLEY } from "./support/stream-detectors";

/** Quarters begin all over the year, so that holidays of every kind are among them. */
const SIZE = { stores: 12, skus: 240 } as const;
const QUARTERS = { full: 200, quick: 6 } as const;
/** Day of the quarter on which something happens. */
const START = 30;

/** What is replayed, and the action that is right; none for a quarter in which nothing happens. */
const CASES: readonly {
  readonly name: string;
  readonly right?: Action;
  readonly scenario: (from: string) => Scenario;
}[] = [
  {
    name: "nothing happens",
    scenario: () => ({ launch: { ...ALONE, count: 1, from: LONG_AGO, to: LONG_AGO } }),
  },
  {
    name: "one SKU in 25 is new",
    right: "cold-start",
    scenario: (from) => ({
      launch: { ...ALONE, count: 10, from: after(from, START), to: after(from, START + 20) },
    }),
  },
  {
    name: "a quarter of the SKUs on an unplanned sale",
    right: "promotion-features",
    scenario: (from) => ({
      sale: { from: after(from, START), to: after(from, 91), skuShare: 0.25, discount: 0.25 },
    }),
  },
  {
    name: "customers come on other weekdays",
    right: "retrain",
    scenario: (from) => ({ habits: { from: after(from, START), strength: 0.3 } }),
  },
];
const LONG_AGO = "2020-01-01";
const ALONE = { alone: LONG_AGO, logPopularity: 0.8 } as const;

const after = (from: string, days: number) => isoDate(dayNumber(from) + days);

/** How often the shipped defaults are wrong in a quarter, how often they find what is there, and what other detectors do. */
export async function run({ quick }: { quick: boolean }): Promise<BenchReport> {
  const quarters = quick ? QUARTERS.quick : QUARTERS.full;
  const days = quick ? 20_000 : 400_000;
  return {
    name: "drift",
    lines: [
      ...CASES.flatMap((each) => quartersOf(each, quarters)),
      ...runLengths(days),
      ...streams(quick ? 50 : 200),
      ...detectors(quick ? 20 : 200),
    ],
    ratios: [],
    notes: [
      `${quarters} quarters each of ${SIZE.stores} stores x ${SIZE.skus} SKUs; four categories are judged every night of 92`,
      "a quarter counts once for an alarm, and for each action that was taken in it",
      "in every quarter some offers are called off and others begin unplanned: an alarm on errors is not always false",
      "detectors: daily units of a cell are negative binomial (dispersion 4) around a log-normal level, and 5 % of every day is common",
      "weeks are sums of seven days; drawn as one number with a day's dispersion, the demand ratio finds the sale in one of three",
      "run lengths: mean days to a false alarm, lag-one correlation of the standardised errors in front",
    ],
  };
}

function quartersOf({ name, right, scenario }: (typeof CASES)[number], count: number): BenchLine[] {
  const taken: Record<string, number> = {};
  const delays: Record<string, number[]> = {};
  let alarms = 0;
  const alarmDelays: number[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const from = after("2025-01-01", (seed * 37) % 365);
    const [replay] = replayWorld(quarterWorld({ ...SIZE, seed, from, scenario: scenario(from) }), [true]);
    const begins = right === undefined ? from : after(from, START);
    const night = (day: string) => dayNumber(day) - dayNumber(begins);
    const actions = replay!.records.filter(isTaken).filter(({ day }) => day >= begins);
    for (const action of new Set(actions.map((record) => record.action))) {
      taken[action] = (taken[action] ?? 0) + 1;
      const first = actions.find((record) => record.action === action)!;
      (delays[action] ??= []).push(night(first.day));
    }
    const rung = alarmsOf(replay!).filter((day) => day >= begins);
    alarms += rung.length;
    if (rung.length > 0) alarmDelays.push(night(rung[0]!));
  }
  const share = (quarters: number) => (100 * quarters) / count;
  const nights = (of: readonly number[]) => (of.length > 0 ? `, after ${medianOf(of)} nights (median)` : "");
  return [
    {
      what: `${name}: alarm on errors`,
      rate: share(alarmDelays.length),
      rateUnit: "%",
      note: `${(alarms / count).toFixed(1)} a quarter${right === undefined ? "" : nights(alarmDelays)}`,
    },
    ...(["cold-start", "promotion-features", "recalibrate", "retrain"] as const).map((action) => ({
      what: `${name}: ${action}`,
      rate: share(taken[action] ?? 0),
      rateUnit: "%",
      note: action === right ? `right${nights(delays[action] ?? [])}` : "wrong",
    })),
  ];
}

/** Days on which people are told that the errors of a category have risen: when its sum goes over the limit. */
function alarmsOf({ nights }: Replay): string[] {
  const wasHigh = new Set<string>();
  return nights.flatMap(({ day, result }) =>
    result.findings.flatMap(({ category, cusum }) => {
      if (cusum <= DRIFT_LIMITS.ErrorCusum) {
        wasHigh.delete(category);
        return [];
      }
      if (wasHigh.has(category)) return [];
      wasHigh.add(category);
      return [isoDate(day)];
    }),
  );
}

const medianOf = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Mean days to a false alarm of the cumulative sum, for the textbook's allowance and ours. */
function runLengths(days: number): BenchLine[] {
  const settings: readonly CusumSettings[] = [
    { allowance: 0.5, limit: 5 },
    { allowance: 1, limit: 5 },
  ];
  return settings.flatMap((setting) =>
    [0, 0.3, 0.5].map((correlation) => {
      const random = randomFor(11, `run length ${correlation}`);
      let before = 0;
      const values = Array.from({ length: days }, () => {
        before = correlation * before + Math.sqrt(1 - correlation ** 2) * random.normal();
        return before;
      });
      let alarms = 0;
      for (let start = 0; start < days;) {
        const at = firstAlarm(cumulativeSums(values.slice(start, start + 20_000), setting), setting);
        if (at < 0) start += 20_000;
        else {
          alarms++;
          start += at + 1;
        }
      }
      return {
        what: `CUSUM allowance ${setting.allowance}, limit ${setting.limit}, correlation ${correlation}`,
        rate: days / Math.max(1, alarms),
        rateUnit: "days",
        note: `${alarms} alarms`,
      };
    }),
  );
}

/** Daily WAPE of three months at 15, 18 and 25 %, each day 1.5 points around it: when does who notice the 18 %? */
function streams(trials: number): BenchLine[] {
  const MONTH = 30;
  const standardised = { allowance: 0.5, limit: 10, fewest: 1, memory: 1 };
  const detect: Readonly<Record<string, (wapes: readonly number[]) => number>> = {
    "Page-Hinkley as river ships it": (wapes) => pageHinkleyAlarm(wapes, USUAL_PAGE_HINKLEY),
    "ADWIN, delta 0.002": (wapes) => adaptiveWindowAlarm(wapes),
    "Page-Hinkley (0.5, 10) on standardised ln WAPE": (wapes) =>
      pageHinkleyAlarm(scores(wapes.slice(0, MONTH), wapes), standardised),
    "CUSUM (1, 5) on standardised ln WAPE (ours)": (wapes) =>
      firstAlarm(cumulativeSums(scores(wapes.slice(0, MONTH), wapes))),
    "mean of the month over 1.1 times the first": (wapes) =>
      meanOf(wapes.slice(MONTH, 2 * MONTH)) > 1.1 * meanOf(wapes.slice(0, MONTH)) ? 2 * MONTH - 1 : -1,
  };
  const courses = Array.from({ length: trials }, (_, trial) => {
    const random = randomFor(trial, "streams");
    return [0.15, 0.18, 0.25].flatMap((level) =>
      Array.from({ length: MONTH }, () => Math.max(0.01, level + 0.015 * random.normal())),
    );
  });
  return Object.entries(detect).map(([name, alarm]) => {
    const found = courses.map(alarm);
    const delays = found.filter((at) => at >= MONTH).map((at) => at - MONTH + 1);
    const early = found.filter((at) => at >= 0 && at < MONTH).length;
    const median = delays.length > 0 ? medianOf(delays) : undefined;
    return {
      what: `15 -> 18 -> 25 %: ${name}`,
      rate: (100 * delays.length) / trials,
      rateUnit: "% found",
      note: `${median === undefined ? "never" : `day ${median} of the rise (median)`}, ${early} of ${trials} before it`,
    };
  });
}

function scores(reference: readonly number[], wapes: readonly number[]): number[] {
  const logs = Float64Array.from(reference, Math.log);
  const [mean, deviation] = [meanOf([...logs]), deviationOf(logs)];
  return wapes.map((wape) => (Math.log(wape) - mean) / deviation);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const CELLS = 5000;
const DAY_DEVIATION = 0.05;
/** Median of what a cell sells on a day, and the deviation of its logarithm from cell to cell. */
const DAILY = { units: 2, deviation: 0.8 } as const;
/** Cells of 50 new SKUs among 3,050, and what one sells against an old one. */
const NEW = { share: 50 / 3050, factor: 0.2 } as const;

interface Sample {
  readonly day: Float64Array;
  readonly week: Float64Array;
  readonly ratios: Float64Array;
}

type Alarms = Readonly<Record<string, (reference: Sample, current: Sample) => boolean>>;

const indexOf = (a: Float64Array, b: Float64Array) => {
  const { edges, counts } = referenceBins(a);
  return stabilityIndex(counts, binCounts(edges, b));
};

const jensenShannonOf = (a: Float64Array, b: Float64Array) => {
  const { edges, counts } = referenceBins(a);
  return jensenShannonDistance(counts, binCounts(edges, b));
};

/** Alarms on raw units, which `of` takes from a sample. */
const rawAlarms = (of: (sample: Sample) => Float64Array): Alarms => ({
  "KS test, p < 0.05, raw demand": (a, b) =>
    largestDistributionGap(of(a), of(b)) > 1.358 * Math.sqrt(2 / CELLS),
  "Wasserstein / deviation >= 0.1, raw demand": (a, b) =>
    earthMoversDistance(of(a), of(b)) / deviationOf(of(a)) >= 0.1,
  "stability index >= 0.1, raw demand": (a, b) => indexOf(of(a), of(b)) >= 0.1,
  "Jensen-Shannon >= 0.1, raw demand": (a, b) => jensenShannonOf(of(a), of(b)) >= 0.1,
});
const ON_DAYS = rawAlarms(({ day }) => day);
const ON_WEEKS: Alarms = {
  ...rawAlarms(({ week }) => week),
  "stability index >= 0.1, demand ratio (ours)": (a, b) => indexOf(a.ratios, b.ratios) >= 0.1,
};

/**
 * Alarm rates of detectors on 5,000 cells. A week is the sum of seven days' draws: drawn as one number with the dispersion of
 * a day it is far noisier than weeks are, and the ratio then shows a sale in one week of three only.
 */
function detectors(trials: number): BenchLine[] {
  const { draw } = negativeBinomialTable(4);
  const situations: readonly [string, Alarms, (cell: number) => number][] = [
    ["ordinary day", ON_DAYS, () => 1],
    ["ordinary week", ON_WEEKS, () => 1],
    ["day of 30 % of SKUs x 1.8", ON_DAYS, (cell) => (cell % 10 < 3 ? 1.8 : 1)],
    ["week of 30 % of SKUs x 1.8", ON_WEEKS, (cell) => (cell % 10 < 3 ? 1.8 : 1)],
    ["week of 30 % of SKUs x 1.3", ON_WEEKS, (cell) => (cell % 10 < 3 ? 1.3 : 1)],
    ["week of 50 new SKUs of 3,050", ON_WEEKS, (cell) => (cell < NEW.share * CELLS ? NEW.factor : 1)],
  ];
  const alarms = new Map<string, number>();
  for (let trial = 0; trial < trials; trial++) {
    const random = randomFor(trial, "detectors");
    const levels = Float64Array.from(
      { length: CELLS },
      () => Math.log(DAILY.units) + DAILY.deviation * random.normal(),
    );
    const sell = (factor: (cell: number) => number) => {
      const week = new Float64Array(CELLS);
      let day = week;
      for (let i = 0; i < 7; i++) {
        const common = DAY_DEVIATION * random.normal();
        day = levels.map((level, cell) =>
          draw(level + common + Math.log(factor(cell)), random.uniform() * 2 ** 32, random.uniform()),
        );
        day.forEach((units, cell) => (week[cell]! += units));
      }
      return { day, week };
    };
    const [first, second, third, fourth, fifth] = Array.from({ length: 5 }, () => sell(() => 1));
    const sampleOf = (sold: ReturnType<typeof sell>, before: readonly ReturnType<typeof sell>[]): Sample => ({
      ...sold,
      ratios: sold.week.map((units, cell) =>
        demandRatio(
          units,
          before.reduce((sum, { week }) => sum + week[cell]!, 0),
        ),
      ),
    });
    const reference = sampleOf(fifth!, [first!, second!, third!, fourth!]);
    for (const [situation, all, factor] of situations) {
      const current = sampleOf(sell(factor), [second!, third!, fourth!, fifth!]);
      for (const [name, isAlarm] of Object.entries(all)) {
        const key = `${name}: ${situation}`;
        alarms.set(key, (alarms.get(key) ?? 0) + (isAlarm(reference, current) ? 1 : 0));
      }
    }
  }
  return [...alarms].map(([what, count]) => ({ what, rate: (100 * count) / trials, rateUnit: "% alarms" }));
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
