import type { QuantileLookup } from "./quantile-lookup";
import type { QuantileSteps } from "./quantile-steps";

const LOWEST_MEAN = 0.002;
/** Means beyond are of whole sale, and their quantiles nearly proportional. */
const HIGHEST_MEAN = 400;
/** Grid points per e-fold of the mean: those of QuantileLookup. */
const STEPS_PER_E = 256;

/** The steps of a level of `lookup` (position in its levels), on its grid. */
export function findQuantileSteps(lookup: QuantileLookup, level: number): QuantileSteps {
  const steps: number[] = [];
  const low = Math.log(LOWEST_MEAN);
  const points = Math.ceil((Math.log(HIGHEST_MEAN) - low) * STEPS_PER_E);
  for (let point = 0; point <= points; point++) {
    const value = lookup.of(Math.exp(low + point / STEPS_PER_E))[level]!;
    // A mean takes the value of the nearest point: half a grid step before it.
    const mean = Number(Math.exp(low + (point - 0.5) / STEPS_PER_E).toPrecision(5));
    while (steps.length < value) steps.push(mean);
  }
  return steps;
}
