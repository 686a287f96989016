import { addOutcomes, type OutcomeRates, outcomeRates } from "./outcome-rates";
import { isFresh, type Practice, type SimulatedSeries } from "./practices";
import { simulatePractice, type SimulationWindow } from "./simulate-practice";

export interface RateTargets {
  readonly stockOutRate: number;
  readonly wasteRate: number;
}

/** Dials of a practice for fresh items and for those that keep: people treat them differently. */
export interface PracticeDials {
  readonly fresh: number;
  readonly ambient: number;
}

export interface Calibration {
  readonly dials: PracticeDials;
  readonly reached: OutcomeRates;
}

const RANGE = { lowest: 0.2, highest: 6 } as const;
/** Values of a dial that are tried in one pass, and passes: each is a tenth of the range before. */
const STEPS = 11;
const PASSES = 3;
const rate = (metric: { value: number | null }) => metric.value ?? 0;

/**
 * Dials at which a simulated practice shows known rates. Waste comes from the fresh items and rises with their dial; the
 * stock-out rate of all items falls with the other one. The two halves do not touch each other: each is simulated on its
 * own, for all values of a pass at once.
 */
export function calibratePractice(
  all: readonly SimulatedSeries[],
  practice: Practice,
  targets: RateTargets,
  window: SimulationWindow,
): Calibration {
  const run = (fresh: boolean) => {
    const half = all.filter(({ terms }) => isFresh(terms) === fresh);
    return (dials: readonly number[]) => simulatePractice(half, practice, dials, window);
  };
  const [runFresh, runAmbient] = [run(true), run(false)];
  const [middling] = runAmbient([1]) as [OutcomeRates];
  const both = (a: OutcomeRates, b: OutcomeRates) => outcomeRates(addOutcomes(a.totals, b.totals));
  const fresh = search(
    (dials) => runFresh(dials).map((rates) => both(rates, middling)),
    ({ wasteRate }) => rate(wasteRate) > targets.wasteRate,
  );
  const [freshRates] = runFresh([fresh]) as [OutcomeRates];
  const ambient = search(
    (dials) => runAmbient(dials).map((rates) => both(freshRates, rates)),
    ({ stockOutRate }) => rate(stockOutRate) < targets.stockOutRate,
  );
  const [ambientRates] = runAmbient([ambient]) as [OutcomeRates];
  return { dials: { fresh, ambient }, reached: both(freshRates, ambientRates) };
}

/** The dial from which on rates are too high, by steps that become finer. */
function search(
  simulate: (dials: readonly number[]) => OutcomeRates[],
  tooHigh: (rates: OutcomeRates) => boolean,
): number {
  let { lowest, highest }: { lowest: number; highest: number } = RANGE;
  for (let pass = 0; pass < PASSES; pass++) {
    const step = (highest - lowest) / (STEPS - 1);
    const dials = Array.from({ length: STEPS }, (_, i) => lowest + i * step);
    const first = simulate(dials).findIndex(tooHigh);
    if (first < 0) return highest;
    if (first === 0) return lowest;
    [lowest, highest] = [dials[first - 1]!, dials[first]!];
  }
  return (lowest + highest) / 2;
}

/** Rates of a practice whose fresh items and others run by their own dials. */
export function simulateDials(
  all: readonly SimulatedSeries[],
  practice: Practice,
  { fresh, ambient }: PracticeDials,
  window: SimulationWindow,
): OutcomeRates {
  const half = (isFreshHalf: boolean, dial: number) =>
    simulatePractice(
      all.filter(({ terms }) => isFresh(terms) === isFreshHalf),
      practice,
      [dial],
      window,
    )[0]!.totals;
  return outcomeRates(addOutcomes(half(true, fresh), half(false, ambient)));
}
