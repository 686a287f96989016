import { dayNumber, isoDate } from "../forecasting/calendar/day";
import { isTaken } from "../forecasting/drift/action-record";
import type { Action } from "../forecasting/drift/choose-action";
import { cumulativeSums, type CusumSettings, firstAlarm } from "../forecasting/drift/cusum";
import { earthMoversDistance, largestDistributionGap } from "../forecasting/drift/distances";
import { demandRatio } from "../forecasting/drift/input-drift";
import { referenceBins, binCounts, stabilityIndex } from "../forecasting/drift/reference-bins";
import { negativeBinomialTable } from "../forecasting/generator/negative-binomial";
import { randomFor } from "../forecasting/generator/random";
import type { Scenario } from "../forecasting/generator/scenario";
import { quarterWorld, replayWorld } from "../forecasting/replay/quarter-scenario";
import type { BenchLine, BenchReport } from "./report";

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
      ...detectors(quick ? 20 : 100),
    ],
    ratios: [],
    notes: [
      `${quarters} quarters each of ${SIZE.stores} stores x ${SIZE.skus} SKUs; four categories are judged every night of 92`,
      "a quarter counts once for each action that was taken in it",
      "run lengths: mean days to a false alarm, lag-one correlation of the standardised errors in front",
    ],
  };
}

function quartersOf({ name, right, scenario }: (typeof CASES)[number], count: number): BenchLine[] {
  const taken: Record<string, number> = {};
  let delays = 0;
  for (let seed = 1; seed <= count; seed++) {
    const from = after("2025-01-01", (seed * 37) % 365);
    const [replay] = replayWorld(quarterWorld({ ...SIZE, seed, from, scenario: scenario(from) }), [true]);
    const actions = replay!.records
      .filter(isTaken)
      .filter(({ day }) => right === undefined || day >= after(from, START));
    for (const action of new Set(actions.map((record) => record.action)))
      taken[action] = (taken[action] ?? 0) + 1;
    const first = actions.find(({ action }) => action === right);
    if (first) delays += dayNumber(first.day) - dayNumber(from) - START;
  }
  const share = (action: string) => (100 * (taken[action] ?? 0)) / count;
  return (["cold-start", "promotion-features", "retrain"] as const).map((action) => {
    const isRight = action === right;
    const delay =
      isRight && taken[action] ? `, after ${(delays / taken[action]).toFixed(0)} days on average` : "";
    return {
      what: `${name}: ${action}`,
      rate: share(action),
      rateUnit: "%",
      note: (isRight ? "right" : "wrong") + delay,
    };
  });
}

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

const CELLS = 5000;
const DAY_DEVIATION = 0.05;

/** Alarm rates of detectors on raw demand of 5,000 cells and on demand ratios, on ordinary weeks and in a sale. */
function detectors(trials: number): BenchLine[] {
  const { draw } = negativeBinomialTable(4);
  const rates = (hasSale: boolean) => {
    const alarms = { ks: 0, wasserstein: 0, rawIndex: 0, ratioIndex: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const random = randomFor(trial, "detectors");
      const unit = () => random.uniform() * 2 ** 32;
      const levels = Float64Array.from({ length: CELLS }, () => Math.log(14) + 0.8 * random.normal());
      const week = (factor: (cell: number) => number) => {
        const common = DAY_DEVIATION * random.normal();
        return levels.map((level, cell) =>
          draw(level + common + Math.log(factor(cell)), unit(), random.uniform()),
        );
      };
      const [reference, ...others] = Array.from({ length: 5 }, () => week(() => 1));
      const current = week((cell) => (hasSale && cell % 10 < 3 ? 1.8 : 1));
      const before = week(() => 1);
      const mean4 = (cell: number) =>
        [reference!, ...others.slice(0, 3)].reduce((sum, units) => sum + units[cell]!, 0);
      const ratios = (units: Float64Array) => units.map((value, cell) => demandRatio(value, mean4(cell)));
      const index = (a: Float64Array, b: Float64Array) => {
        const { edges, counts } = referenceBins(a);
        return stabilityIndex(counts, binCounts(edges, b));
      };
      const critical = 1.358 * Math.sqrt(2 / CELLS);
      if (largestDistributionGap(reference!, current) > critical) alarms.ks++;
      if (earthMoversDistance(reference!, current) / deviationOf(reference!) >= 0.1) alarms.wasserstein++;
      if (index(reference!, current) >= 0.1) alarms.rawIndex++;
      if (index(ratios(before), ratios(current)) >= 0.1) alarms.ratioIndex++;
    }
    return alarms;
  };
  const [calm, sale] = [rates(false), rates(true)];
  const names = {
    ks: "KS test, p < 0.05, raw demand",
    wasserstein: "Wasserstein / deviation >= 0.1, raw demand",
    rawIndex: "stability index >= 0.1, raw demand",
    ratioIndex: "stability index >= 0.1, demand ratio (ours)",
  };
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((key) => [
    { what: `${names[key]}: ordinary week`, rate: (100 * calm[key]) / trials, rateUnit: "% alarms" },
    { what: `${names[key]}: 30 % of SKUs x 1.8`, rate: (100 * sale[key]) / trials, rateUnit: "% alarms" },
  ]);
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
