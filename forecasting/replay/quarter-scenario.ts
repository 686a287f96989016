import { dayNumber, isoDate } from "../calendar/day";
import { applyScenario, type Scenario } from "../generator/scenario";
import { makeWorld, type World } from "../generator/world";
import { drawSales } from "./sales-matrix";
import { type Replay, replayQuarter } from "./replay-quarter";

/** Days of sales before the training ends, of the reference of its version, and of the quarter that is watched. */
const DAYS = { warmUp: 42, reference: 42, quarter: 92 } as const;

export interface QuarterOptions {
  readonly stores: number;
  readonly skus: number;
  readonly seed: number;
  /** ISO date of the quarter's first day. */
  readonly from: string;
  readonly scenario: Scenario;
  /** Whether decisions change the model. */
  readonly acts: boolean;
}

/** The last day of the quarter that begins on this ISO date. */
export const quarterEnd = (from: string): string => isoDate(dayNumber(from) + DAYS.quarter - 1);

/** The world of a quarter with its scenario. */
export function quarterWorld({ stores, skus, seed, from, scenario }: Omit<QuarterOptions, "acts">): World {
  const days = DAYS.warmUp + DAYS.reference + DAYS.quarter;
  return applyScenario(makeWorld({ stores, skus, seed, days, lastDay: quarterEnd(from) }), scenario);
}

/** Replays the quarter in a world of `quarterWorld`; once for each of `acts`, on the very same sales. */
export function replayWorld(world: World, acts: readonly boolean[]): Replay[] {
  const sales = drawSales(world);
  const trainedTo = DAYS.warmUp;
  const monitoredFrom = DAYS.warmUp + DAYS.reference;
  return acts.map((each) => replayQuarter({ sales, trainedTo, monitoredFrom, acts: each }));
}
