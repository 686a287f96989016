import { type Dispersion, fitMoments, MINIMUM_CELLS } from "./dispersion";
import { fitByPinball, pinballLossOf } from "./pinball-fit";

/** Moments are kept as long as no other dispersion has quantiles that are better by more than this share. */
const WORSE_QUANTILES = 0.01;
/** Fewest cells for quantiles, two weeks of one series: a squared residual needs many more to mean anything. */
export const FEWEST_CELLS = 14;

/**
 * The spread of a category's errors. Moments are unbiased for the variance that sums of days need, but a single day of
 * 12,000 units decides them; where they imply worse quantiles than the best of a grid does, that one is taken, and where
 * the cells are too few for them. Await `distributionReady` first.
 */
export function fitDispersion(
  actual: ArrayLike<number>,
  mean: ArrayLike<number>,
  dayCorrelation = 0,
): Dispersion {
  const moments = fitMoments(actual, mean, dayCorrelation);
  if (moments.cells < FEWEST_CELLS) return moments;
  const loss = pinballLossOf(actual, mean);
  const robust = fitByPinball(loss, moments, meanOf(mean));
  if (moments.cells < MINIMUM_CELLS) return robust;
  return loss(moments) <= loss(robust) * (1 + WORSE_QUANTILES) ? moments : robust;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / Math.max(values.length, 1);
}
