import { addOutcomes, type OutcomeRates, outcomeRates } from "./outcome-rates";
import { isFresh, type Practice, type SimulatedSeries } from "./practices";
import { simulatePractice, type SimulationWindow } from "./simulate-practice";

export interface RateTargets {
  readonly stockOutRate: number;
  readonly wasteRate: number;
}

/** One parameter of a practice for fresh items and one for all others: staff order the two by different rules. */
export interface PracticeParameters {
  readonly fresh: number;
  readonly ambient: number;
}

export interface Calibration {
  readonly parameters: PracticeParameters;
  readonly reached: OutcomeRates;
}

const RANGE = { lowest: 0.2, highest: 6 } as const;
/** Values of a parameter that are tried in one pass, and passes: each is a tenth of the range before. */
const STEPS = 11;
const PASSES = 3;
const rate = (metric: { value: number | null }) => metric.value ?? 0;

/**
 * Parameters at which a simulated practice shows known rates. Waste comes from the fresh items and rises with their
 * parameter; the stock-out rate of all items falls with the other one. The two halves are independent: each is simulated
 * on its own, for all values of a pass at once.
 */
export function calibratePractice(
  all: readonly SimulatedSeries[],
  practice: Practice,
  targets: RateTargets,
  window: SimulationWindow,
): Calibration {
  const run = (fresh: boolean) => {
    const half = all.filter(({ terms }) => isFresh(terms) === fresh);
    return (parameters: readonly number[]) => simulatePractice(half, practice, parameters, window);
  };
  const [runFresh, runAmbient] = [run(true), run(false)];
  const [middling] = runAmbient([1]) as [OutcomeRates];
  const both = (a: OutcomeRates, b: OutcomeRates) => outcomeRates(addOutcomes(a.totals, b.totals));
  const fresh = search(
    (parameters) => runFresh(parameters).map((rates) => both(rates, middling)),
    ({ wasteRate }) => rate(wasteRate) > targets.wasteRate,
  );
  const [freshRates] = runFresh([fresh]) as [OutcomeRates];
  const ambient = search(
    (parameters) => runAmbient(parameters).map((rates) => both(freshRates, rates)),
    ({ stockOutRate }) => rate(stockOutRate) < targets.stockOutRate,
  );
  const [ambientRates] = runAmbient([ambient]) as [OutcomeRates];
  return { parameters: { fresh, ambient }, reached: both(freshRates, ambientRates) };
}

/** The largest parameter whose rates are not too high, found on a grid that each pass refines. */
function search(
  simulate: (parameters: readonly number[]) => OutcomeRates[],
  tooHigh: (rates: OutcomeRates) => boolean,
): number {
  let { lowest, highest }: { lowest: number; highest: number } = RANGE;
  for (let pass = 0; pass < PASSES; pass++) {
    const step = (highest - lowest) / (STEPS - 1);
    const parameters = Array.from({ length: STEPS }, (_, i) => lowest + i * step);
    const first = simulate(parameters).findIndex(tooHigh);
    if (first < 0) return highest;
    if (first === 0) return lowest;
    [lowest, highest] = [parameters[first - 1]!, parameters[first]!];
  }
  return (lowest + highest) / 2;
}

/** Rates of a practice with one parameter for fresh items and another for the rest. */
export function simulateWithParameters(
  all: readonly SimulatedSeries[],
  practice: Practice,
  { fresh, ambient }: PracticeParameters,
  window: SimulationWindow,
): OutcomeRates {
  const half = (isFreshHalf: boolean, parameter: number) =>
    simulatePractice(
      all.filter(({ terms }) => isFresh(terms) === isFreshHalf),
      practice,
      [parameter],
      window,
    )[0]!.totals;
  return outcomeRates(addOutcomes(half(true, fresh), half(false, ambient)));
}
