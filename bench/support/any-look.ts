import { criticalValue, mixtureWeight } from "../../forecasting/experiment/confidence-sequence";
import { studentToNormal } from "../../forecasting/experiment/normal-tails";
import { PairedErrors } from "../../forecasting/experiment/paired-errors";
import { relativeError } from "../../forecasting/experiment/relative-error";
import { type ErrorWorld, simulateErrors } from "../../forecasting/experiment/simulated-errors";
import { type StoreError, unpairedError } from "../../forecasting/experiment/unpaired-error";
import { adjustByPast } from "../../forecasting/experiment/variance-reduction";
import { randomFor } from "../../forecasting/generator/random";

/** Ways to test, looked at on every evening: of each, on which day it first finds a change. */
export const METHODS = [
  "store-days as if independent, t",
  "clustered by store, t",
  "clustered by store, sequence",
  "clustered both ways, t",
  "clustered both ways, sequence",
  "chosen: both ways, autocorrelation, sequence",
  "chosen, first look on day 14",
  "only served stores (10 %), t",
  "only served stores (10 %), sequence",
  "only served stores, less their past, sequence",
] as const;
export type Method = (typeof METHODS)[number];

const ALPHA = 0.05;
const BOUNDARY = { alpha: ALPHA, plannedDays: 28 };
const FIRST_LOOK = 7;
const LATER_LOOK = 14;
/** Normal deviate that a test at 5 % needs when it is looked at once. */
const FIXED = 1.959963984540054;
/** Deviation of a store's past error around its level: the past explains three quarters of the stores' differences. */
const PAST_NOISE = 0.115;

/** One simulated experiment: the day on which each method first rejects, undefined where it never does. */
export function firstFindings(world: ErrorWorld, seed: number): Partial<Record<Method, number>> {
  const random = randomFor(seed, "experiment");
  const errors = simulateErrors(world, random.uniform);
  const served = Math.round(world.storeCount / 10);
  const sums = new PairedErrors(world.storeCount);
  const [a, b] = [new Float64Array(world.storeCount), new Float64Array(world.storeCount)];
  let past: number[] = [];
  const found: Partial<Record<Method, number>> = {};
  for (let day = 1; day <= world.dayCount; day++) {
    errors.nextDay(a, b);
    if (day === 1)
      past = Array.from(a, (x, s) => (x / errors.sales[s]!) * (1 + PAST_NOISE * random.normal()));
    sums.addDay(a, b);
    if (day < FIRST_LOOK) continue;
    const bound = criticalValue(mixtureWeight(BOUNDARY, day), ALPHA);
    const look = (method: Method, deviate: number, limit: number) => {
      if (Math.abs(deviate) > limit) found[method] ??= day;
    };
    pairedLooks(sums, look, bound, day);
    unpairedLooks(sums, errors.sales, served, past, look, bound, day);
  }
  return found;
}

type Look = (method: Method, deviate: number, limit: number) => void;

function pairedLooks(sums: PairedErrors, look: Look, bound: number, day: number): void {
  const found = relativeError(sums);
  if ("reason" in found) return;
  const { relative, variances, storeCount, degreesOfFreedom, z } = found;
  const { store, day: byDay, cell } = variances;
  const normal = (variance: number, df: number) => studentToNormal(relative / Math.sqrt(variance), df);
  const [byStore, bothWays] = [
    normal(store, storeCount - 1),
    normal(Math.max(store + byDay - cell, store, byDay), degreesOfFreedom),
  ];
  look("store-days as if independent, t", normal(cell, storeCount * day - 1), FIXED);
  look("clustered by store, t", byStore, FIXED);
  look("clustered by store, sequence", byStore, bound);
  look("clustered both ways, t", bothWays, FIXED);
  look("clustered both ways, sequence", bothWays, bound);
  look("chosen: both ways, autocorrelation, sequence", z, bound);
  if (day >= LATER_LOOK) look("chosen, first look on day 14", z, bound);
}

function unpairedLooks(
  { storeA, storeB }: PairedErrors,
  sales: Float64Array,
  served: number,
  past: readonly number[],
  look: Look,
  bound: number,
  day: number,
): void {
  const store = (errors: Float64Array, s: number): StoreError => ({
    absoluteError: errors[s]!,
    sales: sales[s]! * day,
  });
  const stores = Array.from(storeA, (_, s) => store(s < served ? storeB : storeA, s));
  const found = unpairedError(stores.slice(served), stores.slice(0, served));
  if (!found) return;
  const z = studentToNormal(found.logRatio / found.logStandardError, served - 1);
  look("only served stores (10 %), t", z, FIXED);
  look("only served stores (10 %), sequence", z, bound);
  const adjusted = adjustByPast(
    stores.map(({ absoluteError, sales: sold }) => absoluteError / sold),
    past,
  ).values;
  const [inB, inA] = [moments(adjusted.slice(0, served)), moments(adjusted.slice(served))];
  const t = (inB.mean - inA.mean) / Math.sqrt(inB.variance + inA.variance);
  look("only served stores, less their past, sequence", studentToNormal(t, served - 1), bound);
}

/** Mean, and its variance. */
function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((all, value) => all + value, 0) / values.length;
  const squares = values.reduce((all, value) => all + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) / values.length };
}
