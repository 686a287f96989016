import type { OutcomeRates } from "./outcome-rates";
import type { PolicyParameters } from "./simulate-policy";

export interface RateTargets {
  readonly stockOutRate: number;
  readonly wasteRate: number;
}

export interface Calibration {
  readonly parameters: PolicyParameters;
  readonly reached: OutcomeRates;
}

type Simulate = (parameters: PolicyParameters) => OutcomeRates;

/** Halvings of the parameter's range: 2^-10 of it is finer than a pack. */
const STEPS = 10;
const rate = (metric: { value: number | null }) => metric.value ?? 0;

/**
 * Parameters at which a simulated practice shows known rates. Waste comes from the fresh items and rises with their parameter;
 * the stock-out rate of all items falls with the other one: two bisections, the second with the first held.
 */
export function calibratePractice(
  simulate: Simulate,
  targets: RateTargets,
  range: { readonly lowest: number; readonly highest: number } = { lowest: 0.2, highest: 6 },
): Calibration {
  const bisect = (tooHigh: (parameter: number) => boolean) => {
    let { lowest, highest } = range;
    for (let step = 0; step < STEPS; step++) {
      const middle = (lowest + highest) / 2;
      if (tooHigh(middle)) highest = middle;
      else lowest = middle;
    }
    return (lowest + highest) / 2;
  };
  let ambient = 1;
  const fresh = bisect(
    (parameter) => rate(simulate({ fresh: parameter, ambient }).wasteRate) > targets.wasteRate,
  );
  ambient = bisect(
    (parameter) => rate(simulate({ fresh, ambient: parameter }).stockOutRate) < targets.stockOutRate,
  );
  const parameters = { fresh, ambient };
  return { parameters, reached: simulate(parameters) };
}

/**
 * The goodwill multiples whose worse KPI (rate over its limit) is smallest on the given window. Both KPI lines count
 * alike: under both limits, the pair with the larger distance to them wins.
 */
export function chooseParameters(
  simulate: Simulate,
  grid: readonly number[],
  limits: RateTargets,
): Calibration {
  const score = (rates: OutcomeRates) =>
    Math.max(rate(rates.stockOutRate) / limits.stockOutRate, rate(rates.wasteRate) / limits.wasteRate);
  let best: Calibration | undefined;
  for (const fresh of grid) {
    for (const ambient of grid) {
      const reached = simulate({ fresh, ambient });
      if (!best || score(reached) < score(best.reached)) best = { parameters: { fresh, ambient }, reached };
    }
  }
  if (!best) throw new RangeError("the grid of goodwill multiples is empty");
  return best;
}
